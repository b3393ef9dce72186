"""The lobby screen's composition root: `python -m lobby_display`, or `jiaohao lobby`."""

from __future__ import annotations

import math
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.address import DeviceAddressError
from hardware.voice.loudspeaker import Loudspeaker
from hardware.voice.opening import SILENT, open_player
from lobby_display.announcer import Announcer
from lobby_display.hall_signs import HallSigns, Signs, signs_of
from lobby_display.lobby_view import LobbyView, Place
from lobby_display.remote_commands import remote_commands
from lobby_display.spoken_call import CallWording
from lobby_display.voice import SilentVoice, SpokenVoice
from shared.domain.clock import machine_clock
from shared.domain.device_health import DeviceKind
from shared.hall import open_hall
from shared.hall.late_hall import LateHall
from shared.qt import remote_control, startup
from shared.qt.change_feed import ChangeFeed
from shared.qt.device_reporter import DeviceReporter, beat_for
from shared.qt.fonts import load_fonts
from shared.qt.lanes import Lane
from shared.qt.nightly_learning import NightlyLearning
from shared.qt.qml_window import open_qml
from shared.qt.remote_control import RemoteControl
from shared.qt.sizes import MM_PER_INCH
from shared.qt.sound_process import sound_command
from shared.qt.store_care import StoreCare
from shared.settings import Settings, SettingsError
from shared.words import Language, Words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from PySide6.QtGui import QGuiApplication

PROGRAM = "lobby"
QML = Path(__file__).with_name("qml")
USUAL_SIZE = (1920, 1080)
USUAL_INCHES = 55.0
VOICE_STOP_S = 0.5

_CREDIBLE_INCHES = range(10, 151)
"""Many television sets report a picture of 16 by 9 centimetres, or none at all."""


def run(argv: Sequence[str]) -> int:
    """Run the lobby screen until it is closed; 2 when the settings make no sense."""
    options = _parser().parse_args(argv)
    try:
        settings = startup.settings_for(options)
        loudspeaker = _loudspeaker(options.voice or settings.voice, settings.clip_folder)
        signs = signs_of(settings.signs, settings.summary_sign, Words(Language.ZH))
    except (SettingsError, DeviceAddressError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - before there is a log or a window, this is where a person looks
        return 2
    startup.log_to_file(PROGRAM)
    app = startup.make_app(PROGRAM, widgets=False)
    return _run_window(app, options, settings, loudspeaker, signs)


def _parser() -> argparse.ArgumentParser:
    parser = startup.option_parser(PROGRAM, "The lobby screen: calls, waiting, counters, notices.")
    parser.add_argument("--name", help="name of this screen; it keeps its place in the announcements by it")
    parser.add_argument("--voice", metavar="URL", help="loudspeaker: voice:, voice:PROGRAM or none")
    remote_control.add_option(parser)
    return parser


def _loudspeaker(url: str, pack: Path | None) -> Loudspeaker | None:
    """Return the loudspeaker at a URL. Raises DeviceAddressError."""
    if url == SILENT:
        return None
    return Loudspeaker(open_player(url, qt_command=sound_command()), pack)


def _run_window(
    app: QGuiApplication,
    options: argparse.Namespace,
    settings: Settings,
    loudspeaker: Loudspeaker | None,
    signs: Signs,
) -> int:
    clock = machine_clock()
    hall = LateHall(lambda: open_hall(settings.database_url, settings.hall, clock=clock))
    lane, voice_lane = Lane("store"), Lane("voice")
    place = Place(
        _inches(app, options, settings), settings.farthest_seat_m, load_fonts(), moves=settings.motion
    )
    view = LobbyView(Words(settings.language), place, clock)
    screen = options.name or settings.lobby
    reporter = DeviceReporter(hall.get, lane, lambda: screen, beat_ms=beat_for(clock), parent=view)
    voice: SilentVoice | SpokenVoice = SilentVoice()
    if loudspeaker is not None:
        voice = SpokenVoice(loudspeaker, voice_lane)
        voice.heard.connect(
            partial(reporter.note, "voice", DeviceKind.VOICE, options.voice or settings.voice)
        )
    announcer = Announcer(
        hall.get,
        screen,
        lane=lane,
        voice=voice,
        wording=CallWording(settings, view.languages_of, view.time_in_hall),
        clock=clock,
        worth_saying=timedelta(minutes=settings.voice_minutes),
    )
    announcer.begun.connect(view.flash)
    announcer.ended.connect(view.end_flash)
    feed = ChangeFeed(hall, clock=clock)
    hall_signs = HallSigns(signs, reporter, view)
    feed.news.connect(hall_signs.take_news)
    feed.news.connect(view.take_news)
    feed.news.connect(announcer.look)
    feed.stale.connect(view.lose_touch)
    learning = NightlyLearning(hall.get, settings.database_url)
    feed.news.connect(learning.take_news)
    care = StoreCare(settings)
    window = open_qml(QML / "Hall" / "Lobby" / "LobbyWindow.qml", {"view": view}, import_paths=[QML])
    if options.remote_control:
        RemoteControl(remote_commands(view, window.window), parent=view).start()
    window.window.resize(*(options.geometry or USUAL_SIZE))
    startup.show(window.window, options)
    view.start()
    voice.warm_up()
    feed.start()
    care.start()
    exit_code = app.exec()
    view.stop()
    announcer.stop()
    hall_signs.stop()
    reporter.stop()
    feed.stop()
    learning.stop()
    care.stop()
    lane.stop()
    voice_lane.stop(VOICE_STOP_S)
    hall.close()
    window.close()
    return exit_code


def _inches(app: QGuiApplication, options: argparse.Namespace, settings: Settings) -> float:
    """Return the diagonal: as the installer measured it, else as the screen reports, else the usual one.

    A window that does not fill the screen is drawn as the usual screen would be.
    """
    if settings.screen_inches or not options.fullscreen:
        return settings.screen_inches or USUAL_INCHES
    size = app.primaryScreen().physicalSize()
    reported = math.hypot(size.width(), size.height()) / MM_PER_INCH
    return reported if round(reported) in _CREDIBLE_INCHES else USUAL_INCHES


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
