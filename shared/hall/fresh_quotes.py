"""Keeps a hall's quotes up with its log, while no command waits for it."""

from __future__ import annotations

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

    def note(self, picture: DayPicture, reader: DayReader, now: datetime) -> None:
        """A screen has read the hall: its quotes go by the same log."""
        self._predictor.follow(picture.day, picture.seq, reader.events_after)
        self._read_at = now

    def refresh(self, fresh_for: timedelta = FRESH_FOR) -> None:
        """Read the log, unless that was done within this time by the hall's clock.

        Raises:
            StoreUnavailable: the store cannot answer now.
        """
        now = self._clock.now()
        if self._read_at is not None and abs(now - self._read_at) < fresh_for:
            return
        with reading(self._engine) as connection:
            reader = DayReader(connection, self._runner.hall_id, self._runner.today(connection))
            day, seq = reader.day, reader.last_seq()
        self._predictor.follow(day, seq, partial(self._events_after, day))
        self._read_at = now

    def _events_after(self, day: date, seq: int) -> tuple[Event, ...]:
        # A transaction of its own: to think a long day through takes a slow machine seconds, and no transaction may
        # rest so long.
        with reading(self._engine) as connection:
            return DayReader(connection, self._runner.hall_id, day).events_after(seq)
