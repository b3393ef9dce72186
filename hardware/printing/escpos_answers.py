"""Take what a printer says apart into answers, also when it talks unasked in between.

Epson chose the fixed bits so that a listener can tell by the first byte what begins: an answer to `DLE EOT`
(0xx1xx10), to `GS r` (0xx0xxxx), four bytes of automatic status (0xx1xx00), or a block that starts with 37 hex, as
`GS ( H` answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hardware.lines.line import Line

_AUTO_STATUS_BYTES = 4
_BLOCK_HEADER = 0x37
_LONGEST_BLOCK = 64
_FLOW_CONTROL = (0x11, 0x13)


class AnswerKind(StrEnum):
    """What an answer is to."""

    REALTIME = "DLE EOT"
    SENSOR = "GS r"
    AUTO_STATUS = "ASB"
    BLOCK = "block"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, its bytes as received; a block's without header and final zero."""

    kind: AnswerKind
    data: bytes


class AnswerReader:
    """Reads byte by byte, and never keeps more than one unfinished answer."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def is_midway(self) -> bool:
        """Whether an answer has begun and not ended."""
        return bool(self._pending)

    def feed(self, byte: int) -> Answer | None:
        """The answer that this byte completes."""
        if not self._pending and byte in _FLOW_CONTROL:
            return None
        self._pending += bytes((byte,))
        answer = self._completed()
        if answer is not None:
            self._pending = b""
        return answer

    def _completed(self) -> Answer | None:
        first, last = self._pending[0], self._pending[-1]
        if first == _BLOCK_HEADER:
            return self._block(last)
        if first & 0x93 == 0x10:
            return self._auto_status(last)
        if first & 0x93 == 0x12:
            return Answer(AnswerKind.REALTIME, self._pending)
        return Answer(AnswerKind.GARBAGE if first & 0x90 else AnswerKind.SENSOR, self._pending)

    def _block(self, last: int) -> Answer | None:
        if last == 0:
            return Answer(AnswerKind.BLOCK, self._pending[1:-1])
        return Answer(AnswerKind.GARBAGE, self._pending) if len(self._pending) > _LONGEST_BLOCK else None

    def _auto_status(self, last: int) -> Answer | None:
        if len(self._pending) > 1 and last & 0x90:
            return Answer(AnswerKind.GARBAGE, self._pending)
        whole = len(self._pending) == _AUTO_STATUS_BYTES
        return Answer(AnswerKind.AUTO_STATUS, self._pending) if whole else None


class Listener:
    """Waits on a line for answers. `monotonic` counts seconds."""

    def __init__(self, line: Line, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._monotonic = monotonic
        self._reader = AnswerReader()

    def next(self, wait_s: float) -> Answer | None:
        """The next answer within `wait_s`, None when there is only silence; half an answer is garbage.

        Raises LineError.
        """
        give_up = self._monotonic() + wait_s
        while (left := give_up - self._monotonic()) > 0:
            byte = self._line.read(1, left)
            if not byte:
                break
            if answer := self._reader.feed(byte[0]):
                return answer
        return Answer(AnswerKind.GARBAGE, b"") if self._reader.is_midway else None
