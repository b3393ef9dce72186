"""Plays WAV files by Qt Multimedia in a process of its own: `python -m shared.qt.sound_process`.

A line on standard input names a file; `played` or `failed: …` answers it. A process of its own, because a sound server
that hangs would hang the window, and because importing Qt Multimedia fails where libpulse is missing.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal

from hardware.voice.resident_player import FAILED, PLAYED, READY

if TYPE_CHECKING:
    from collections.abc import Iterator


def sound_command() -> tuple[str, ...] | None:
    """Return the command that starts this program; None when Qt Multimedia is not installed."""
    try:
        found = importlib.util.find_spec("PySide6.QtMultimedia")
    except ImportError:
        return None
    return None if found is None else (sys.executable, "-m", "shared.qt.sound_process")


class _Files(QObject):
    """Brings the names of files from standard input to the thread that plays."""

    named = Signal(str)
    over = Signal()

    def read(self) -> None:
        for name in _lines():
            self.named.emit(name)
        self.over.emit()


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\n")


def main() -> int:
    """Play until standard input ends; 1 when Qt Multimedia cannot be loaded or there is no output."""
    try:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
    except ImportError as error:
        _answer(f"{FAILED}: {error}")
        return 1
    app = QCoreApplication([])
    if QMediaDevices.defaultAudioOutput().isNull():
        _answer(f"{FAILED}: no sound device")
        return 1
    # Not QMediaPlayer, which tells the end of a sound two seconds late (6.11 with PulseAudio, measured).
    effect = QSoundEffect(app)

    def play(name: str) -> None:
        effect.setSource(QUrl.fromLocalFile(name))
        effect.play()

    def follow_status() -> None:
        if effect.status() is QSoundEffect.Status.Error:
            _answer(f"{FAILED}: the file cannot be played")

    def follow_sound() -> None:
        if not effect.isPlaying():
            effect.setSource(QUrl())
            _answer(PLAYED)

    effect.statusChanged.connect(follow_status)
    effect.playingChanged.connect(follow_sound)
    files = _Files()
    files.named.connect(play, Qt.ConnectionType.QueuedConnection)
    files.over.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    threading.Thread(target=files.read, name="files", daemon=True).start()
    _answer(READY)
    return app.exec()


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
