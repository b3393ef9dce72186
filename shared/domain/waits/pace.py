"""How fast a queue moves while somebody waits in it: by half-hour of the day, and today against that.

Only the time in which somebody waits counts: an idle counter says nothing about how fast it serves.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final

from shared.domain.waits.twin import twin

SLOT_MINUTES: Final = 30
SLOTS: Final = 48
LONGEST_MINUTES: Final = 600.0
"""No forecast looks further ahead."""

_NIGHTLY_MEMORY: Final = 0.93
"""What a day's evidence weighs one day later: a pace of two weeks ago counts a third."""

_PRIOR_CALLS: Final = 4.0
"""A half-hour is believed over the whole day's mean once it has seen this many calls."""

_NEIGHBOUR: Final = 0.3
_TODAY_PRIOR_CALLS: Final = 3.0
_RELAX_A_SLOT: Final = 0.8
"""How much of today's deviation is expected to be left half an hour later."""

MEMORIES: Final = (8.0, 25.0, 80.0)
"""Busy minutes after which today's evidence has faded to 1/e: three lengths, the learner picks."""

QUICK, MIDDLE, SLOW = range(len(MEMORIES))
"""Their places."""


class Pace:
    """Calls per minute of one queue while somebody waits, learned over days and compared with today.

    `typical_gap` (minutes between two calls) is believed until the queue has calls of its own.
    """

    def __init__(self, typical_gap: float) -> None:
        self.typical_gap = typical_gap
        self.slot_calls = [0.0] * SLOTS
        self.slot_minutes = [0.0] * SLOTS
        self.calls = 0.0
        self.minutes = 0.0
        self.rates = [1 / typical_gap] * SLOTS
        self.start_day()

    def start_day(self) -> None:
        """Fades older evidence, fixes the rates expected today, and forgets yesterday's deviation."""
        self.calls *= _NIGHTLY_MEMORY
        self.minutes *= _NIGHTLY_MEMORY
        for slot in range(SLOTS):
            self.slot_calls[slot] *= _NIGHTLY_MEMORY
            self.slot_minutes[slot] *= _NIGHTLY_MEMORY
        self.rates = self._expected_rates()
        self.busy_today = 0.0
        self.calls_today = 0.0
        self.expected_today = 0.0
        self.recent_calls = [0.0] * len(MEMORIES)
        self.recent_expected = [0.0] * len(MEMORIES)

    def _expected_rates(self) -> list[float]:
        mean = self.mean_rate()
        rates = []
        for slot in range(SLOTS):
            before, after = (slot - 1) % SLOTS, (slot + 1) % SLOTS
            calls = self.slot_calls[slot] + _NEIGHBOUR * (self.slot_calls[before] + self.slot_calls[after])
            minutes = self.slot_minutes[slot] + _NEIGHBOUR * (
                self.slot_minutes[before] + self.slot_minutes[after]
            )
            rates.append((calls + _PRIOR_CALLS) / (minutes + _PRIOR_CALLS / mean))
        return rates

    def mean_rate(self) -> float:
        """Calls per minute over all hours and days, shrunk to the typical gap while evidence is thin."""
        return (self.calls + 1) / (self.minutes + self.typical_gap)

    def pass_time(self, since: float, minutes: float) -> None:
        """Somebody has waited for `minutes` since the moment `since` (minutes, see `minute_of`)."""
        slot = int(since // SLOT_MINUTES) % SLOTS
        expected = self.rates[slot] * minutes
        self.slot_minutes[slot] += minutes
        self.minutes += minutes
        self.busy_today += minutes
        self.expected_today += expected
        # Written out: this is done for every line of a hall with each event of its log.
        quick, middle, slow = _fades(minutes)
        calls, due = self.recent_calls, self.recent_expected
        self.recent_calls = [calls[QUICK] * quick, calls[MIDDLE] * middle, calls[SLOW] * slow]
        self.recent_expected = [
            due[QUICK] * quick + expected,
            due[MIDDLE] * middle + expected,
            due[SLOW] * slow + expected,
        ]

    def call(self, at: float) -> None:
        """Somebody is called now."""
        self.slot_calls[int(at // SLOT_MINUTES) % SLOTS] += 1
        self.calls += 1
        self.calls_today += 1
        quick, middle, slow = self.recent_calls
        self.recent_calls = [quick + 1, middle + 1, slow + 1]

    def today(self, memory: int) -> float:
        """Today's pace as a multiple of the usual one, by the memory with this index, shrunk towards 1."""
        return (self.recent_calls[memory] + _TODAY_PRIOR_CALLS) / (
            self.recent_expected[memory] + _TODAY_PRIOR_CALLS
        )

    def copy(self) -> Pace:
        """A pace on which time may pass without touching this one; it takes no calls."""
        other = twin(self)
        other.slot_minutes = list(self.slot_minutes)
        return other

    def whole_day(self) -> float:
        """The same for all of today so far."""
        return (self.calls_today + 5) / (self.expected_today + 5)

    def minutes_for(self, calls: float, at: float, today: float = 1.0) -> float:
        """Minutes until `calls` calls from now, at the hours' usual rates times `today`, which fades to 1."""
        clock, passed, left, factor, rates = at % (SLOTS * SLOT_MINUTES), 0.0, calls, today, self.rates
        slot = int(clock // SLOT_MINUTES)
        # What is left of this half-hour, and then whole ones.
        span = (slot + 1) * SLOT_MINUTES - clock
        while passed < LONGEST_MINUTES:
            rate = rates[slot % SLOTS] * factor
            called = rate * span
            if called >= left:
                return passed + left / rate
            left -= called
            passed += span
            slot += 1
            span = SLOT_MINUTES
            factor = 1 + (factor - 1) * _RELAX_A_SLOT
        return LONGEST_MINUTES

    def to_json(self) -> dict[str, Any]:
        """What is known of past days."""
        return {
            "typical_gap": self.typical_gap,
            "slot_calls": [round(value, 3) for value in self.slot_calls],
            "slot_minutes": [round(value, 3) for value in self.slot_minutes],
            "calls": self.calls,
            "minutes": self.minutes,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Pace:
        """The pace that told this by `to_json`, at the beginning of a day."""
        pace = cls(told["typical_gap"])
        pace.calls, pace.minutes = told["calls"], told["minutes"]
        pace.slot_calls, pace.slot_minutes = list(told["slot_calls"]), list(told["slot_minutes"])
        pace.rates = pace._expected_rates()
        return pace


@lru_cache(maxsize=4)
def _fades(minutes: float) -> tuple[float, float, float]:
    """What is left of the evidence after so many minutes, by memory. All lines of a hall ask for the same ones."""
    quick, middle, slow = (math.exp(-minutes / memory) for memory in MEMORIES)
    return quick, middle, slow
