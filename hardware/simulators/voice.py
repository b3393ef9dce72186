"""A simulated loudspeaker: what it plays becomes numbered WAV files in a folder, at once and in silence."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hardware.status import OK, Cause, DeviceStatus, down
from hardware.voice.sound import Sound


class RecordingPlayer:
    """Plays into a folder, as `0001.wav`; without a folder it keeps the sounds in `played`."""

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.name = name
        self.played: list[Sound] = []
        self._folder = folder

    def warm_up(self) -> DeviceStatus:
        """It is always ready."""
        return OK

    def play(self, sound: Sound) -> DeviceStatus:
        """Keep the sound; it takes no time."""
        if self._folder is None:
            self.played.append(sound)
            return OK
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder, sound.wav)
        except OSError as error:
            return down(Cause.WRITE_FAILED, str(error))
        return OK

    def stop(self) -> None:
        """Nothing plays on."""


def _write(folder: Path, wav: bytes) -> None:
    """A file appears whole, under the next free number."""
    for number in count(1):
        path = folder / f"{number:04}.wav"
        if path.exists():
            continue
        part = path.with_suffix(".part")
        part.write_bytes(wav)
        part.replace(path)
        return
