"""A code scanner that types like a keyboard: what it types in one breath, up to Enter, is one code."""

from __future__ import annotations

_LONGEST_CODE = 512
_ENDS = "\r\n\t"


class ScanLines:
    """Collects typed characters into codes. A person types slower than `gap_s` between characters, a scanner never.

    So what somebody typed before a scan does not become part of the code.
    """

    def __init__(self, gap_s: float = 0.1, shortest: int = 3) -> None:
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
