"""Keeps a hall's quotes up with its log, while no command waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Engine

from shared.domain.clock import Clock
from shared.domain.event import Event
from shared.domain.quote import WaitPredictor
from shared.hall.command_runner import CommandRunner
from shared.store.day_picture import DayPicture
from shared.store.day_reader import DayReader
from shared.store.engine import reading

FRESH_FOR: Final = timedelta(seconds=5)
"""A ticket is quoted by what the log said at most so long ago; a program with a screen reads every change anyway."""

EVENTS_AT_ONCE: Final = 250
"""A ticket waits for so much news to be thought through, some ten milliseconds; the next one goes on from there."""

_SHARE_AT_ONCE: Final = 8
"""Or for this part of the news, if that is more: however fast a log grows, a program never falls back for good."""

LONG_SILENCE: Final = timedelta(minutes=2)
"""A picture reads the news itself, unless they may be long: a program that begins, or could not read for a while."""


class FreshQuotes:
    """Reads the log for a hall's predictor outside every command: nobody else's command waits for that."""

    def __init__(self, engine: Engine, runner: CommandRunner, clock: Clock, predictor: WaitPredictor) -> None:
        self._engine = engine
        self._runner = runner
        self._clock = clock
        self._predictor = predictor
        self._read_at: datetime | None = None
        self._followed: tuple[date, int] | None = None

    def note(self, picture: DayPicture, reader: DayReader, now: datetime) -> None:
        """A screen has read the hall: its quotes go by the same log."""
        self._predictor.follow(picture.day, picture.seq, reader.events_after)
        self._read_at, self._followed = now, (picture.day, picture.seq)

    def refresh(self) -> None:
        """For a ticket: read the log, or the next part of it, unless it was read to its end a moment ago.

        Raises:
            StoreUnavailable: the store cannot answer now.
        """
        self._read(FRESH_FOR, self._next_stop)

    def catch_up(self) -> None:
        """For a picture, which reads what is news itself: read the log to its end if it was not read for long.

        Raises:
            StoreUnavailable: the store cannot answer now.
        """
        self._read(LONG_SILENCE, lambda _day, last: last)

    def _read(self, fresh_for: timedelta, stop: Callable[[date, int], int]) -> None:
        now = self._clock.now()
        if self._read_at is not None and abs(now - self._read_at) < fresh_for:
            return
        with reading(self._engine) as connection:
            reader = DayReader(connection, self._runner.hall_id, self._runner.today(connection))
            day, last = reader.day, reader.last_seq()
        seq = stop(day, last)
        self._predictor.follow(day, seq, partial(self._events_after, day, up_to=seq))
        self._followed = day, seq
        if seq == last:
            self._read_at = now

    def _next_stop(self, day: date, last: int) -> int:
        """How far to follow the log now; a day that is new to this program is thought through at once."""
        if self._followed is None or self._followed[0] != day:
            return last
        seq = self._followed[1]
        return min(last, seq + max(EVENTS_AT_ONCE, (last - seq) // _SHARE_AT_ONCE))

    def _events_after(self, day: date, seq: int, up_to: int) -> tuple[Event, ...]:
        # A transaction of its own: to think a long day through takes a slow machine seconds, and no transaction may
        # rest so long.
        with reading(self._engine) as connection:
            return DayReader(connection, self._runner.hall_id, day).events_after(seq, up_to)
