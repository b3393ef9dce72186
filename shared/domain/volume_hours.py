"""How loud a hall speaks by the time of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s+(\d{1,3})%?")


@dataclass(frozen=True, slots=True)
class VolumeHours:
    """The usual loudness in per cent, and spans of the day (from, until, per cent) that have their own.

    A span may go over midnight.
    """

    usual: int
    spans: tuple[tuple[time, time, int], ...] = ()

    @classmethod
    def parse(cls, text: str, usual: int) -> VolumeHours:
        """Read `12:00-14:00 40, 17:30-18:00 60`. Raises ValueError, saying how a span is written."""
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return cls(usual, tuple(_span(part) for part in parts))

    def at(self, moment: time) -> int:
        """The loudness at a time of day; of spans that overlap the first counts."""
        for begins, ends, volume in self.spans:
            within = begins <= moment < ends if begins < ends else moment >= begins or moment < ends
            if within:
                return volume
        return self.usual


def _span(text: str) -> tuple[time, time, int]:
    match = _SPAN.fullmatch(text)
    if match is not None:
        hour, minute, last_hour, last_minute, volume = map(int, match.groups())
        if max(hour, last_hour) < 24 and max(minute, last_minute) < 60 and volume <= 100:
            return time(hour, minute), time(last_hour, last_minute), volume
    raise ValueError(f"{text!r} is no span; write it like 12:00-14:00 40, which is 40 per cent")
