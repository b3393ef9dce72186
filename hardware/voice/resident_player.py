"""A player that stays: a program that is told the names of WAV files, a line each, and answers when each was played.

Qt Multimedia is used so: it takes a second to load, and a sound server that hangs would hang the program around it.
"""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hardware.status import OK, Cause, DeviceStatus, down
from hardware.voice.player import PATIENCE_S
from hardware.voice.sound import Sound

READY, PLAYED, FAILED = "ready", "played", "failed"
"""How the program's lines begin; a reason may follow FAILED."""

START_S = 10.0
_ENDING_S = 1.0


class ResidentPlayer:
    """Starts the program at the first sound, and again when it was lost."""

    def __init__(
        self, name: str, command: Sequence[str], *, patience_s: float = PATIENCE_S, start_s: float = START_S
    ) -> None:
        self.name = name
        self._command = tuple(command)
        self._patience_s = patience_s
        self._start_s = start_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._refusal = ""

    def warm_up(self) -> DeviceStatus:
        """Start the program."""
        try:
            if self._running() is not None:
                return OK
        except OSError as error:
            self._refusal = str(error)
        self.stop()
        return down(Cause.NO_SOUND, f"{self.name} does not start: {self._refusal}")

    def play(self, sound: Sound) -> DeviceStatus:
        """Name the file and wait for the answer, no longer than the sound and some patience."""
        try:
            with tempfile.TemporaryDirectory(prefix="jiaohao-voice-") as folder:
                file = Path(folder) / "call.wav"
                file.write_bytes(sound.wav)
                return self._ask(file, sound)
        except OSError as error:
            self.stop()
            return down(Cause.NO_SOUND, f"{self.name}: {error}")

    def stop(self) -> None:
        """End the program."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _ask(self, file: Path, sound: Sound) -> DeviceStatus:
        process = self._running()
        if process is None or process.stdin is None:
            self.stop()
            return down(Cause.NO_SOUND, f"{self.name} does not start: {self._refusal}")
        process.stdin.write(f"{file}\n")
        process.stdin.flush()
        try:
            answer = self._answers.get(timeout=sound.seconds + self._patience_s)
        except queue.Empty:
            self.stop()
            return down(Cause.TIMEOUT, f"{self.name} was not done after {sound.seconds:.1f} s of sound")
        if answer == PLAYED:
            return OK
        self.stop()
        return down(Cause.NO_SOUND, f"{self.name}: {_reason(answer)}")

    def _running(self) -> subprocess.Popen[str] | None:
        """The program, ready to play; None when it does not get there, as without libpulse."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return self._process
        self.stop()
        answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        with self._lock:
            self._process, self._answers = process, answers
        reader = threading.Thread(
            target=_read, args=(process, answers), name=f"voice-{self.name}", daemon=True
        )
        reader.start()
        try:
            answer = answers.get(timeout=self._start_s)
        except queue.Empty:
            self._refusal = f"not ready after {self._start_s:.0f} s"
            return None
        self._refusal = _reason(answer)
        return process if answer == READY else None


def _reason(answer: str) -> str:
    return answer.removeprefix(FAILED).removeprefix(":").strip() or "it ended"


def _read(process: subprocess.Popen[str], answers: queue.SimpleQueue[str]) -> None:
    """Pass each line on; an empty one when the program is gone."""
    if process.stdout is not None:
        # Closed by `stop` from another thread while it reads.
        with suppress(ValueError, OSError):
            for line in process.stdout:
                answers.put(line.strip())
    answers.put("")
