"""What a forecaster sees of a hall: happenings in the order in which they happen, and questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001
MINUTES_A_DAY = 1440


class HappeningKind(IntEnum):
    """What can happen to a ticket, in the order in which happenings of one moment count.

    A counter that frees itself and a customer who walks away are seen before the next call, and all of them before
    the next ticket is issued.
    """

    FINISHED = 0
    LEFT = 1
    CALLED = 2
    ISSUED = 3
    BACK = 4
    """Somebody who was called or set aside before waits again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A customer stands before the ticket machine and wants to know how long it will take.

    `at` is local wall-clock time without a time zone. `people_ahead` and `counters_open` are what the hall itself
    knows at this moment; None where it does not know. An appointment (`booked`) is called by its own time: it counts
    as a person, but nothing is forecast for it or learned from it.
    """

    at: datetime
    service: str
    priority: str = ""
    people_ahead: int | None = None
    counters_open: int | None = None
    booked: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to one ticket. `ask` belongs to `ISSUED` and `BACK`, `counter` to `CALLED`."""

    at: datetime
    kind: HappeningKind
    ticket: str
    ask: Ask | None = None
    counter: str = ""


@dataclass(frozen=True, slots=True)
class QuoteRange:
    """Whole minutes to tell. `low_minutes` 0 means "at once or up to", and is told as "within `high_minutes`"."""

    low_minutes: int
    high_minutes: int


@dataclass(frozen=True, slots=True)
class WaitRange:
    """A forecast in minutes: as likely too long as too short, and the range that should hold 8 times in 10.

    `high` is meant to be kept 9 times in 10. `measured` tells that the range comes from this hall's own errors; a
    range that does not is a guess and nothing to promise. `told` is what people are told: a range of round numbers
    with a calibration of its own; None where there is nothing to tell.
    """

    minutes: float
    low: float
    high: float
    measured: bool
    told: QuoteRange | None = None


def minute_of(moment: datetime) -> float:
    """Minutes of local wall-clock time since a fixed midnight, so that a day starts at each multiple of 1440."""
    return (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / 60
