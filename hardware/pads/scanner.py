"""Code scanners: on a line of their own, or typing like a keyboard, where one breath up to Enter is one code."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.lines.line import Line
from hardware.pads.listener import Listener

_LONGEST_CODE = 512
_SHORTEST_CODE = 3
_ENDS = "\r\n\t"
BREATH_S = 0.1
"""Between two characters a person takes longer, a scanner never."""

_QUIET_S = 0.3
"""A scanner sends a code in one go: after this nothing more belongs to it."""


class CodeDecoder:
    """Codes that end with CR, LF or Tab, or, from a scanner that is set to no end mark, with a pause."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """The codes completed by `data`; longer ones than any ticket's are dropped up to their end."""
        codes: list[str] = []
        for byte in data:
            if chr(byte) in _ENDS:
                codes.extend(self.pause())
            elif len(self._pending) <= _LONGEST_CODE:
                self._pending.append(byte)
        return codes

    def pause(self) -> list[str]:
        """The code that was not ended by a mark, if there is one."""
        text = self._pending.decode("utf-8", errors="replace").strip()
        longest = len(self._pending) > _LONGEST_CODE
        self._pending.clear()
        if longest or len(text) < _SHORTEST_CODE or not text.isprintable():
            return []
        return [text]


class CodeScanner(Listener[str]):
    """A scanner on a line, used from one thread at a time; `on_code` is called from within `poll`."""

    def __init__(
        self, line: Line, on_code: Callable[[str], None], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__("scanner", line, CodeDecoder(), on_code, quiet_s=_QUIET_S, monotonic=monotonic)


class ScanLines:
    """Collects typed characters into codes. A person types slower than `gap_s` between characters, a scanner never.

    So what somebody typed before a scan does not become part of the code.
    """

    def __init__(self, gap_s: float = BREATH_S, shortest: int = _SHORTEST_CODE) -> None:
        self._gap_s = gap_s
        self._shortest = shortest
        self._typed = ""
        self._at = 0.0

    def feed(self, text: str, now: float) -> tuple[str, ...]:
        """The codes completed by `text`, typed at `now` in monotonic seconds. Unprintable characters are dropped."""
        if now - self._at > self._gap_s:
            self._typed = ""
        self._at = now
        codes: list[str] = []
        for character in text:
            if character in _ENDS:
                if self._shortest <= len(self._typed) <= _LONGEST_CODE:
                    codes.append(self._typed)
                self._typed = ""
            elif character.isprintable() and len(self._typed) <= _LONGEST_CODE:
                self._typed += character
        return tuple(codes)
