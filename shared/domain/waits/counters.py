"""How many counters work on a line: now, lately, and at the coming half-hours as past days had it.

Counters go to lunch and close one after the other; that they will is seen in the days before.
"""

from __future__ import annotations

import math
from typing import Any, Final

from shared.domain.waits.happening import MINUTES_A_DAY
from shared.domain.waits.twin import twin

_SLOT_MINUTES: Final = 30
_SLOTS: Final = MINUTES_A_DAY // _SLOT_MINUTES
_NIGHTLY_MEMORY: Final = 0.85
_PRIOR_MINUTES: Final = 20.0
"""A half-hour is believed over the whole day's mean once it was seen for so long."""

_LATELY_MINUTES: Final = 40.0
"""Busy minutes after which what was seen today has faded to 1/e."""


class CountersAtWork:
    """Counters of one line while somebody waits in it. Moments are minutes (`minute_of`)."""

    def __init__(self) -> None:
        self.slot_counters = [0.0] * _SLOTS
        self.slot_minutes = [0.0] * _SLOTS
        """Counter minutes and minutes in which somebody waited, by half-hour."""

        self._expected: list[float] | None = None
        self._counters_today = self._minutes_today = self._expected_today = 0.0

    def start_day(self) -> None:
        """Fades older days, fixes what is expected today, and forgets yesterday."""
        self.slot_counters = [value * _NIGHTLY_MEMORY for value in self.slot_counters]
        self.slot_minutes = [value * _NIGHTLY_MEMORY for value in self.slot_minutes]
        self._expect()
        self._counters_today = self._minutes_today = self._expected_today = 0.0

    def _expect(self) -> None:
        minutes = sum(self.slot_minutes)
        if not minutes:
            return
        mean = sum(self.slot_counters) / minutes
        self._expected = [
            (counters + _PRIOR_MINUTES * mean) / (minutes + _PRIOR_MINUTES)
            for counters, minutes in zip(self.slot_counters, self.slot_minutes, strict=True)
        ]

    def pass_time(self, since: float, minutes: float, counters: int) -> None:
        """So many counters have worked for `minutes` since the moment `since`."""
        slot = int(since // _SLOT_MINUTES) % _SLOTS
        self.slot_counters[slot] += counters * minutes
        self.slot_minutes[slot] += minutes
        fade = math.exp(-minutes / _LATELY_MINUTES)
        self._counters_today = self._counters_today * fade + counters * minutes
        self._expected_today = self._expected_today * fade + minutes * (
            counters if self._expected is None else self._expected[slot]
        )
        self._minutes_today = self._minutes_today * fade + minutes

    def lately(self) -> float | None:
        """Mean number of counters lately; None before the first minute of a day."""
        return self._counters_today / self._minutes_today if self._minutes_today else None

    def against_usual(self) -> float:
        """How many counters there were lately for each that is usual at this time of day."""
        return (self._counters_today + _PRIOR_MINUTES) / (self._expected_today + _PRIOR_MINUTES)

    def expected(self, at: float, minutes: float = 0.0) -> float | None:
        """Mean number of counters usual from the moment `at` on, for so many minutes; None on the first day."""
        if self._expected is None:
            return None
        first = int(at % MINUTES_A_DAY // _SLOT_MINUTES)
        last = int((at % MINUTES_A_DAY + minutes) // _SLOT_MINUTES)
        if first == last:
            return self._expected[first]
        total = sum(self._expected[slot % _SLOTS] for slot in range(first, last + 1))
        return total / (last - first + 1)

    def copy(self) -> CountersAtWork:
        """The same, on which time may pass without touching this one."""
        other = twin(self)
        other.slot_counters = list(self.slot_counters)
        other.slot_minutes = list(self.slot_minutes)
        return other

    def to_json(self) -> list[list[float]]:
        """What is known of past days, as JSON values."""
        return [[round(value, 3) for value in slots] for slots in (self.slot_counters, self.slot_minutes)]

    @classmethod
    def from_json(cls, told: list[Any]) -> CountersAtWork:
        """What told this by `to_json`, at the beginning of a day."""
        counters = cls()
        counters.slot_counters, counters.slot_minutes = list(told[0]), list(told[1])
        counters._expect()
        return counters
