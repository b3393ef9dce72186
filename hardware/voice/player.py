"""Programs that play a WAV file, one after another until one works."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from hardware.status import OK, Cause, DeviceStatus, Health, down
from hardware.voice.sound import Sound

PATIENCE_S = 5.0
"""A player may take so much longer than the sound; then it is jammed, and ended."""

_ENDING_S = 1.0
_BEFORE_FIRST_WORD_S = 0.8
"""A player that failed this soon was not heard: another may try. Later, the hall would hear the call twice."""


class Player(Protocol):
    """Plays sounds, used from one thread; `stop` comes from another. Nothing here raises for what the world does."""

    @property
    def name(self) -> str:
        """What to call it in the log."""
        ...

    def warm_up(self) -> DeviceStatus:
        """Load what takes long, so that the first sound begins at once; down when that did not work."""
        ...

    def play(self, sound: Sound) -> DeviceStatus:
        """Play to the end and say how it went."""
        ...

    def stop(self) -> None:
        """Fall silent now; `play` then returns."""
        ...


class CommandPlayer:
    """A program that is given the WAV file's name: `paplay`, `pw-play`, `aplay`, `afplay` or any other."""

    def __init__(self, command: Sequence[str], patience_s: float = PATIENCE_S) -> None:
        self.name = Path(command[0]).name
        self._command = tuple(command)
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def warm_up(self) -> DeviceStatus:
        """Nothing takes long: the program starts anew for each sound."""
        return OK

    def play(self, sound: Sound) -> DeviceStatus:
        """Run the program and wait for it, no longer than the sound and some patience."""
        try:
            with tempfile.TemporaryDirectory(prefix="jiaohao-voice-") as folder:
                return self._run(Path(folder), sound)
        except OSError as error:
            return down(Cause.NO_SOUND, f"{self.name}: {error}")

    def stop(self) -> None:
        """End the program."""
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def _run(self, folder: Path, sound: Sound) -> DeviceStatus:
        file, complaints = folder / "call.wav", folder / "complaints"
        file.write_bytes(sound.wav)
        with complaints.open("wb") as errors:
            process = subprocess.Popen(
                [*self._command, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        with self._lock:
            self._process = process
        try:
            code = process.wait(sound.seconds + self._patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_ENDING_S)
            return down(Cause.TIMEOUT, f"{self.name} was not done after {sound.seconds:.1f} s of sound")
        finally:
            with self._lock:
                self._process = None
        if code:
            last_words = complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            detail = last_words[-1] if last_words else f"exit code {code}"
            return down(Cause.NO_SOUND, f"{self.name}: {detail}")
        return OK


class WindowsPlayer:
    """Windows' own player, from memory."""

    name = "winsound"

    def warm_up(self) -> DeviceStatus:
        """Nothing takes long."""
        return OK

    def play(self, sound: Sound) -> DeviceStatus:
        """Play and wait."""
        import winsound

        try:
            winsound.PlaySound(sound.wav, winsound.SND_MEMORY | winsound.SND_NODEFAULT)  # type: ignore[attr-defined,unused-ignore]
        except RuntimeError as error:
            return down(Cause.NO_SOUND, f"winsound: {error}")
        return OK

    def stop(self) -> None:
        """Windows plays a sound from memory to its end."""


class FirstThatWorks:
    """Plays by the first player that can; the one that could goes first from then on."""

    def __init__(self, players: Sequence[Player], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._players = list(players)
        self._monotonic = monotonic

    @property
    def name(self) -> str:
        """The player whose turn it is."""
        return self._players[0].name if self._players else "no player"

    def warm_up(self) -> DeviceStatus:
        """Warm up the first that can be; those before it are tried last. The first sound will tell of a trouble."""
        for player in tuple(self._players):
            if player.warm_up().health is not Health.DOWN:
                break
            self._players.remove(player)
            self._players.append(player)
        return OK

    def play(self, sound: Sound) -> DeviceStatus:
        """Try one after another, as long as nothing was heard."""
        complaints: list[str] = []
        status = down(Cause.NO_SOUND, "no program that plays sound was found")
        for player in tuple(self._players):
            began = self._monotonic()
            status = player.play(sound)
            if status.health is not Health.DOWN:
                self._players.remove(player)
                self._players.insert(0, player)
                return status
            complaints.append(status.detail)
            if self._monotonic() - began > _BEFORE_FIRST_WORD_S:
                self._players.remove(player)
                self._players.append(player)
                break
        return down(status.cause or Cause.NO_SOUND, "; ".join(complaints) or status.detail)

    def stop(self) -> None:
        """Silence whichever plays."""
        for player in tuple(self._players):
            player.stop()
