"""The clock that every use case is given, so that tests and the demo can own the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands until it is moved: for tests and for a demo that runs faster than life."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment: give the datetime a time zone")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment the clock was last set to."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock (backwards too, as a real clock can be) and return the new moment."""
        self._now += by
        return self._now

    def set(self, to: datetime) -> None:
        """Set the clock to an aware moment."""
        if to.tzinfo is None:
            raise ValueError("a clock is set to an aware moment: give the datetime a time zone")
        self._now = to.astimezone(UTC)
