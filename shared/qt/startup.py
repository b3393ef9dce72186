"""How every program with a screen starts and ends: options, log file, application, signals, first window."""

from __future__ import annotations

import argparse
import logging
import re
import signal
import socket
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from shared.qt import screenshot
from shared.qt.garbage_rounds import GarbageRounds
from shared.qt.life_sign import LifeSign
from shared.settings import Settings, load_settings
from shared.words import Language

if TYPE_CHECKING:
    from types import FrameType, TracebackType

log = logging.getLogger(__name__)

_LOG_BYTES = 2_000_000
_LOG_FILES = 5
SWITCH_SECONDS = 0.001
"""A thread that computes gives way after this when another waits, so that the one that draws waits a fifth of what is
Python's custom: each of the hundred small things of one redrawing may have to wait once."""

_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def option_parser(program: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with the options that all programs share; add your own to it."""
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument(
        "--database", metavar="URL", help="where the hall is stored, e.g. sqlite:////var/lib/hall.db"
    )
    parser.add_argument("--hall", metavar="ID", help="which hall, when the database holds several")
    parser.add_argument(
        "--language", choices=[str(language) for language in Language], help="language to start in"
    )
    parser.add_argument("--geometry", metavar="WxH", type=_size, help="window size in pixels, e.g. 1080x1920")
    parser.add_argument(
        "--position", metavar="X,Y", type=_position, help="where the window opens, in pixels, e.g. 0,40"
    )
    parser.add_argument("--fullscreen", action="store_true", help="fill the screen, without a frame")
    parser.add_argument(
        "--screenshot", metavar="FILE", type=Path, help="write a picture of the window and end"
    )
    return parser


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,5})[xX](\d{2,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it like 1920x1080")
    return int(match[1]), int(match[2])


def _position(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(-?\d{1,5}),(-?\d{1,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no position; write it like 0,40")
    return int(match[1]), int(match[2])


def settings_for(options: argparse.Namespace) -> Settings:
    """Return the machine's settings with the command line on top. SettingsError says what to do."""
    return load_settings(database=options.database, hall=options.hall, language=options.language)


def log_to_file(program: str) -> Path:
    """Send the log to a rotating file of the user's log folder, and warnings to the terminal too."""
    folder = Path(platformdirs.user_log_dir("jiaohao", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{program}.log"
    to_file = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    to_terminal = logging.StreamHandler()
    to_terminal.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, handlers=[to_file, to_terminal], force=True)
    return path


def make_app(program: str, *, widgets: bool) -> QGuiApplication:
    """Create the application.

    It sends unexpected errors to the log, ends cleanly on Ctrl+C and SIGTERM, and shows systemd that it lives.
    """
    app = QApplication([program]) if widgets else QGuiApplication([program])
    app.setApplicationName(program)
    sys.setswitchinterval(SWITCH_SECONDS)
    sys.excepthook = _log_unexpected
    _SignalQuitter(app)
    LifeSign(app)
    GarbageRounds(app)
    return app


def _log_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QCoreApplication.quit()
        return
    log.critical("unexpected error", exc_info=(kind, error, trace))


class _SignalQuitter(QObject):
    """Ends the event loop on SIGINT and SIGTERM.

    Python runs a signal's handler only when it gets to run at all, which in an idle event loop is never; so the
    signal's number comes as a byte through a socket, and Qt wakes for it.
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._reader, self._writer = socket.socketpair()
        self._reader.settimeout(0)
        self._writer.settimeout(0)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _leave_to_socket) for number in _ENDING_SIGNALS}
        app.aboutToQuit.connect(self._let_go)

    def _read(self) -> None:
        numbers = set(self._reader.recv(64)) & set(_ENDING_SIGNALS)
        if numbers:
            log.info("ending on signal %d", min(numbers))
            QCoreApplication.quit()

    def _let_go(self) -> None:
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()


def _leave_to_socket(_number: int, _frame: FrameType | None) -> None:
    """Stand in for the handler that would end Python at once."""


def _move(window: QWindow | QWidget, x: int, y: int) -> None:
    if isinstance(window, QWindow):
        window.setPosition(x, y)
    else:
        window.move(x, y)


def show(window: QWindow | QWidget, options: argparse.Namespace) -> None:
    """Show the first window at the asked size, and take the picture when one is asked for."""
    if options.geometry is not None:
        window.resize(*options.geometry)
    if options.position is not None:
        _move(window, *options.position)
    if options.fullscreen:
        window.showFullScreen()
    else:
        window.show()
    if options.screenshot is not None:
        screenshot.grab_and_quit(window, options.screenshot)
