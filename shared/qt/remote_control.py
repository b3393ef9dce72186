"""Working a program from its standard input, a line at a time: for end-to-end tests and for the demo.

A line is a command and its arguments, quoted as in a shell: ``login 1001 1234``. Each gets exactly one line
back on standard output: ``ok``, ``ok <JSON>`` or ``error <what is wrong>``. A program listens only when it is
started with ``--remote-control``; the end of the input ends the listening, not the program.
"""

from __future__ import annotations

import inspect
import json
import logging
import os
import shlex
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from shared.qt.stall_meter import StallMeter

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

_CHUNK_BYTES = 4096


class CommandError(Exception):
    """A command that makes no sense now; the message is the answer."""


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add `--remote-control`, off unless it is given."""
    parser.add_argument(
        "--remote-control",
        action="store_true",
        help="take commands from standard input, one a line (for tests and the demo)",
    )


class RemoteControl(QObject):
    """Carries out the commands of a pipe on the thread that made this object.

    A command is a callable of strings; what it returns (if not None) goes back as JSON. `stall` and `work`
    are understood by every program: its thread's longest stall, and its most processor time in one piece, in
    milliseconds, since it was last asked.
    """

    _line_read = Signal(str)

    def __init__(
        self,
        commands: Mapping[str, Callable[..., object]],
        *,
        read_from: int = 0,
        answer: Callable[[str], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        meter = StallMeter(self)
        self._commands = {"stall": meter.worst_ms, "work": meter.most_work_ms, **commands}
        self._read_from = read_from
        self._answer = answer or _print_answer
        self._line_read.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)
        # A blocked read cannot be interrupted everywhere, so the thread must not keep the program alive.
        self._thread = threading.Thread(target=self._read_lines, name="remote-control", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def wait_for_end(self, timeout_s: float) -> bool:
        """Wait until the other end has closed the pipe; whether it did in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def reply_to(self, line: str) -> str:
        """Carry out one line and return the answer to it."""
        try:
            name, *arguments = shlex.split(line)
            result = self._find(name, arguments)(*arguments)
        except (CommandError, ValueError) as error:
            return f"error {error}"
        return "ok" if result is None else f"ok {json.dumps(result, ensure_ascii=False)}"

    def _find(self, name: str, arguments: list[str]) -> Callable[..., object]:
        command = self._commands.get(name)
        if command is None:
            raise CommandError(f"unknown command {name!r}; there are: {', '.join(sorted(self._commands))}")
        try:
            inspect.signature(command).bind(*arguments)
        except TypeError as error:
            raise CommandError(f"{name}: {error}") from None
        return command

    @Slot(str)
    def _carry_out(self, line: str) -> None:
        self._answer(self.reply_to(line))

    def _read_lines(self) -> None:
        # os.read and not sys.stdin: a thread asleep in sys.stdin holds a lock that Python needs to end.
        unfinished = b""
        while chunk := self._read_chunk():
            *lines, unfinished = (unfinished + chunk).split(b"\n")
            for line in lines:
                text = line.decode("utf-8", errors="replace").strip()
                if text:
                    self._line_read.emit(text)

    def _read_chunk(self) -> bytes:
        try:
            return os.read(self._read_from, _CHUNK_BYTES)
        except OSError as error:
            log.warning("remote control cannot read its input: %s", error)
            return b""


def _print_answer(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
