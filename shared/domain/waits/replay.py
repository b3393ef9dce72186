"""Replays a hall's history event by event and asks every predictor for each ticket when it is issued.

Nothing later than the moment of issue is ever seen: a forecast is made before the ticket's own fate and before any
later happening is observed, and what a day taught is learned in the night after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Happening, HappeningKind, QuoteRange, WaitRange, minute_of
from shared.domain.waits.history import PastTicket, happenings_of
from shared.domain.waits.promises import Promises
from shared.domain.waits.readings import CLASSIC, Moment, classic_readings

_CLEARLY_MORE = 7 / 6
OURS = "ours"
TOLD = "ours_as_told"
"""Our forecast with the round range that people are told; only where one is."""

PREDICTORS = (OURS, TOLD, *CLASSIC)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was said of one ticket when it was issued, by predictor, and what came of it (None: never called)."""

    ticket: PastTicket
    ahead: int
    said: dict[str, WaitRange]

    @property
    def wait_minutes(self) -> float | None:
        """The wait in minutes."""
        return self.ticket.wait_minutes


class Replay:
    """One hall's history, replayed once. Without a forecaster, a new one learns as the days go by."""

    def __init__(self, history: Sequence[PastTicket], forecaster: HallForecaster | None = None) -> None:
        self._tickets = {ticket.id: ticket for ticket in history}
        self._happenings = happenings_of(history)
        self._forecaster = forecaster or HallForecaster()
        self._classic = {name: Promises(tells=False) for name in CLASSIC}
        self._readings: dict[str, float] = {}
        self._learned_from = 1

    def forecasts(self) -> Iterator[Forecast]:
        """A forecast for each ticket, in the order of issue."""
        today: date | None = None
        for happening in self._happenings:
            day = happening.at.date()
            if today is not None and day > today:
                self._learn()
                self._forget_old(happening)
            today = day
            forecast = self._take(happening)
            if forecast is not None:
                yield forecast

    def _learn(self) -> None:
        """A night: learns anew if there is clearly more to learn from than the last time, to save hours of replay."""
        if self._forecaster.lessons >= self._learned_from * _CLEARLY_MORE:
            self._forecaster.learn()
            self._learned_from = self._forecaster.lessons

    def _forget_old(self, happening: Happening) -> None:
        for promises in self._classic.values():
            promises.drop_before(minute_of(happening.at) - 180)

    def _take(self, happening: Happening) -> Forecast | None:
        at = minute_of(happening.at)
        if happening.kind is not HappeningKind.ISSUED or happening.ask is None:
            self._forecaster.observe(happening)
            self._settle(happening, at)
            return None
        said, grain = {}, self._forecaster.grain
        ours = self._forecaster.observe(happening, self._read)
        for name, promises in self._classic.items():
            promises.pass_time(at)
            said[name] = promises.promise(happening.ticket, at, self._readings[name], grain)
        if ours is None:
            return None
        told = {} if ours.told is None else {TOLD: _round(ours, ours.told)}
        everything = {OURS: ours, **told, **said}
        return Forecast(self._tickets[happening.ticket], self._forecaster.last_ahead, everything)

    def _read(self, moment: Moment) -> None:
        self._readings = classic_readings(moment)

    def _settle(self, happening: Happening, at: float) -> None:
        if happening.kind is HappeningKind.FINISHED:
            return
        for promises in self._classic.values():
            if happening.kind is HappeningKind.CALLED:
                promises.pass_time(at)
                promises.settle(happening.ticket, at)
            else:
                promises.drop(happening.ticket)


def _round(said: WaitRange, told: QuoteRange) -> WaitRange:
    return WaitRange(said.minutes, float(told.low_minutes), float(told.high_minutes), measured=True)
