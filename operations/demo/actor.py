"""One of the three programs as a process of the demo, told what to do a line at a time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any

ANSWER_SECONDS = 120.0
STOP_SECONDS = 30.0


class ActorError(Exception):
    """The program did not do what it was told, or is gone."""


class Actor:
    """A running program with its remote control."""

    def __init__(
        self,
        name: str,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        launcher: Sequence[str] = (),
    ) -> None:
        self.name = name
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [*launcher, sys.executable, "-m", module, *arguments, "--remote-control"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
        )
        self._reader = threading.Thread(target=self._read, name=f"demo-{name}", daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the program's process."""
        return self._process.pid

    def tell(self, *command: str, within: float = ANSWER_SECONDS) -> dict[str, Any]:
        """Send a command and return its answer's values.

        Raises:
            ActorError: the program refused, did not answer in time, or has ended.
        """
        line = " ".join(json.dumps(word, ensure_ascii=False) if " " in word else word for word in command)
        try:
            if self._process.stdin is None:
                raise ActorError(f"{self.name}: has no standard input")
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            answer = self._answers.get(timeout=within)
        except (OSError, queue.Empty):
            answer = None
        if answer is None:
            state = "does not answer" if self.alive else f"ended with {self._process.returncode}"
            raise ActorError(f"{self.name} {state} (told: {line})")
        verdict, _space, values = answer.partition(" ")
        if verdict != "ok":
            raise ActorError(f"{self.name}: {answer} (told: {line})")
        told = json.loads(values) if values else {}
        return told if isinstance(told, dict) else {"value": told}

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """End the program as its technician would, and return its exit code; kill it when it will not end."""
        if self.alive:
            self._process.terminate()
        try:
            code = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join(STOP_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code

    def _read(self) -> None:
        if self._process.stdout is None:
            return
        for line in self._process.stdout:
            self._answers.put(line.rstrip("\n"))
        self._answers.put(None)
