"""The clock that every use case is given, so that tests and the demo can own the time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
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


class StoreClock(SystemClock):
    """The machine's clock, set right by a database server's: of machines that differ by minutes, the server decides.

    A server tells its moment with each command (`note`), and the difference is kept. It is forgotten when the
    machine's clock is set by hand or the machine has slept, which its steady clock gives away, until the server speaks
    again. Further than `BELIEVED` from the machine's clock nobody is believed: then a person must look.
    """

    BELIEVED = timedelta(minutes=30)
    _STEP = timedelta(seconds=2)

    def __init__(self, mine: Clock | None = None, steady: Callable[[], float] = time.monotonic) -> None:
        self._mine = mine or SystemClock()
        self._steady = steady
        self._noted: tuple[timedelta, datetime, float] | None = None

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        mine, noted = self._mine.now(), self._noted
        if noted is None:
            return mine
        ahead, then, steady_then = noted
        passed = timedelta(seconds=self._steady() - steady_then)
        if abs(mine - then - passed) > self._STEP:
            self._noted = None
            return mine
        return mine + ahead

    def note(self, by_server: datetime) -> datetime:
        """Take in the server's present moment; the moment to work with: the server's, or one's own beyond belief."""
        mine = self._mine.now()
        ahead = by_server - mine
        if abs(ahead) > self.BELIEVED:
            self._noted = None
            return mine
        self._noted = (ahead, mine, self._steady())
        return by_server


class ScaledClock:
    """A clock that runs faster (or slower) than the machine's: for a hall day in minutes, in several programs alike.

    At the machine's moment `started` it shows `shows`, and from there it runs `factor` times as fast.
    """

    def __init__(self, started: datetime, shows: datetime, factor: float) -> None:
        if factor <= 0:
            raise ValueError(f"a clock runs forward: the factor is more than 0, not {factor}")
        self._started, self._shows, self._factor = started, shows.astimezone(UTC), factor

    def now(self) -> datetime:
        """The moment this clock shows now."""
        return self._shows + (datetime.now(UTC) - self._started) * self._factor

    @property
    def factor(self) -> float:
        """How many times faster than life it runs."""
        return self._factor

    def spec(self) -> str:
        """The clock as text for `CLOCK_VARIABLE`, so that another program can run by the same clock."""
        return f"scaled,{self._started.isoformat()},{self._shows.isoformat()},{self._factor}"


CLOCK_VARIABLE = "JIAOHAO_CLOCK"


def machine_clock(environment: Mapping[str, str] = os.environ) -> Clock:
    """The clock that a program runs by: the machine's own, set right by the store, unless the demo has set another.

    Raises:
        ValueError: the variable is set to something else than a `ScaledClock.spec`.
    """
    spec = environment.get(CLOCK_VARIABLE)
    if not spec:
        return StoreClock()
    try:
        kind, started, shows, factor = spec.split(",")
        if kind != "scaled":
            raise ValueError(kind)
        return ScaledClock(datetime.fromisoformat(started), datetime.fromisoformat(shows), float(factor))
    except ValueError:
        raise ValueError(f"{CLOCK_VARIABLE}={spec!r} is no clock; unset it") from None


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
