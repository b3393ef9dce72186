"""The hall's own forecaster: a plain estimate from the queue, corrected by what the hall's past days taught."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from shared.domain.waits.boosting import BoostingPlan
from shared.domain.waits.conformal import AdaptiveRange
from shared.domain.waits.correction import Correction, held
from shared.domain.waits.features import features_of, plain_estimate
from shared.domain.waits.happening import MINUTES_A_DAY, Ask, Happening, HappeningKind, WaitRange, minute_of
from shared.domain.waits.line import Line
from shared.domain.waits.promises import Promises
from shared.domain.waits.readings import Moment, Staff, classic_readings, simple_readings
from shared.domain.waits.usual import drawn_to_usual

STATE_VERSION: Final = 5
"""Of what `to_json` tells; raise it whenever a feature or a state changes its meaning."""

DEFAULT_GAP_MINUTES: Final = 5.0
"""Minutes between two calls of a service of which nothing is known."""

_GRAIN_SHARE: Final = 0.15
_FINEST_GRAIN: Final = 0.05
_COARSEST_GRAIN: Final = 1.0
_LONG_WAITS_COUNT: Final = 0.4
"""An example counts as its size to this power: long waits more, but not in proportion."""

_AT_WORK_MINUTES: Final = 20.0
_FORGOTTEN_AFTER: Final = 180.0
_SMALLEST_RATIO: Final = 1e-9


class _Example(NamedTuple):
    """A moment as the learner sees it: a plain estimate in minutes, and what may correct it."""

    base: float
    features: tuple[float, ...] | None
    """None while nothing corrects, and nothing is kept to learn from: they are most of a forecast's cost."""


class _Issued(NamedTuple):
    at: float
    service: str
    priority: str
    ahead: int
    hall_ahead: int
    example: _Example | None
    grain: float
    again: bool = False
    """Waits again after a call, or booked a time: takes a turn, but its wait says nothing about the line."""


class HallForecaster:
    """Observes one hall and forecasts waits; sees nothing but the past.

    `typical_gaps` are minutes between two calls by service (configured service minutes divided by the counters that
    usually offer it): the cold start. `trust_people_ahead` takes `Ask.people_ahead` for the truth, as a hall that
    counts by its own dispatch order should; else the forecaster counts those who wait for the same service. `rivals`
    are the services that compete for the same counters, by service, itself among them: they are one line of people
    (without it each service is a line of its own).

    Call `observe` for everything that happens, in order, `predict` whenever somebody wants to know, and `learn` once a
    night. Forecasters that observed the same say the same, to the last bit.
    """

    def __init__(
        self,
        typical_gaps: Mapping[str, float] | None = None,
        *,
        trust_people_ahead: bool = False,
        rivals: Mapping[str, Collection[str]] | None = None,
        plan: BoostingPlan | None = None,
    ) -> None:
        self._typical_gaps = dict(typical_gaps or {})
        self._set_rivals(rivals or {})
        self._trust = trust_people_ahead
        self.remember_every = 1
        """Learn from every n-th ticket only, and forecast for no other (`learning.learn_from`)."""

        self.correction = Correction(plan)
        self._lines: dict[str, Line] = {}
        self._hall = Line(min(self._typical_gaps.values(), default=DEFAULT_GAP_MINUTES))
        self._issued: dict[str, _Issued] = {}
        self._estimates: dict[str, float] = {}
        self._promises = Promises()
        self._at_work: dict[str, float] = {}
        self._serving: dict[str, str] = {}
        self._day: int | None = None
        self._now = -math.inf
        """A clock that was set back stands still here until it has caught up."""

        self._grain = _COARSEST_GRAIN
        self._seen = 0
        self.last_ahead = 0
        """People ahead of the ticket that was issued last."""

    @property
    def grain(self) -> float:
        """Minutes below which differences do not count in this hall."""
        return self._grain

    @property
    def lessons(self) -> int:
        """How many tickets with a known wait were learned from, or will be tonight."""
        return self.correction.count

    def predict(self, ask: Ask) -> WaitRange:
        """The wait of somebody who takes a ticket now. Changes nothing, so that asking changes no answer."""
        moment = self._look(ask)
        example = self._example(moment, with_features=self.correction.has_learned)
        return self._promises.range_of(self._minutes(moment, example), self._grain)

    def readings(self, ask: Ask) -> dict[str, float]:
        """What the classic predictors say to the same question, in minutes. Changes nothing."""
        return classic_readings(self._look(ask))

    def simple_readings(self, ask: Ask) -> dict[str, float]:
        """The two classic predictors that a hall's score names: `les` and `people_x_mean`. Changes nothing."""
        line, at = self._line(ask.service), self._minute(ask.at)
        return simple_readings(Moment(at, self._ahead(ask, line), line, self._hall, ask, self._staff(at)))

    def adopt(self, typical_gaps: Mapping[str, float], rivals: Mapping[str, Collection[str]]) -> None:
        """The hall has a new plan: lines that go on keep what they know."""
        self._typical_gaps = dict(typical_gaps)
        self._set_rivals(rivals)

    def pass_time(self, at: datetime) -> None:
        """Time has passed up to this local moment, and maybe a day with it."""
        self._move_to(self._minute(at))

    def observe(
        self, happening: Happening, witness: Callable[[Moment], None] | None = None
    ) -> WaitRange | None:
        """Takes in what happened; for an issued ticket, the forecast that was made for it (None if thinned out).

        A `witness` is shown the moment of an issue, before the ticket joins the line; it must not keep it.

        Raises:
            ValueError: an issued ticket without its `ask`.
        """
        at = self._now = self._minute(happening.at)
        self._move_to(at)
        if happening.kind is HappeningKind.ISSUED:
            return self._issue(happening, at, witness)
        if happening.kind is HappeningKind.CALLED:
            self._call(happening, at)
        elif happening.kind is HappeningKind.BACK:
            self._wait_again(happening, at)
        elif happening.kind is HappeningKind.LEFT:
            self._leave(happening.ticket, at)
        else:
            self._finish(happening.ticket, at)
        return None

    def learn(self) -> None:
        """Learns the corrections anew from what has been observed; for the night, a second or so."""
        self._grain = self._grain_now()
        self.correction.learn()

    def _grain_now(self) -> float:
        mean = self._hall.waits.value()
        if mean is None:
            return _COARSEST_GRAIN
        return min(max(_GRAIN_SHARE * mean, _FINEST_GRAIN), _COARSEST_GRAIN)

    def _minute(self, moment: datetime) -> float:
        return max(minute_of(moment), self._now)

    def _move_to(self, at: float) -> None:
        day = int(at // MINUTES_A_DAY)
        if self._day is None or day > self._day:
            if self._day is not None:
                self._start_day(at)
            self._day = day
        self._promises.pass_time(at)

    def _start_day(self, at: float) -> None:
        for line in (*self._lines.values(), self._hall):
            line.start_day(at)
        self._issued = {key: one for key, one in self._issued.items() if at - one.at < _FORGOTTEN_AFTER}
        self._estimates = {key: value for key, value in self._estimates.items() if key in self._issued}
        self._promises.drop_before(at - _FORGOTTEN_AFTER)
        self._serving = {
            ticket: counter for ticket, counter in self._serving.items() if ticket in self._issued
        }

    def _set_rivals(self, rivals: Mapping[str, Collection[str]]) -> None:
        self._rivals = {service: tuple(sorted(others)) for service, others in rivals.items()}
        self._lines_with: dict[str, tuple[str, ...]] = {
            service: tuple(sorted({other for other, taken in self._rivals.items() if service in taken}))
            for service in self._rivals
        }
        self._lines_of: dict[str, tuple[Line, ...]] = {}

    def _line_name(self, service: str) -> str:
        return "+".join(self._rivals.get(service, (service,)))

    def _line(self, service: str) -> Line:
        known = self._lines_of.get(service)
        if known is not None:
            return known[0]
        name = self._line_name(service)
        line = self._lines.get(name)
        if line is None:
            line = Line(self._typical_gaps.get(service, DEFAULT_GAP_MINUTES))
            self._lines[name] = line
        return line

    def _all_lines(self, service: str, at: float) -> tuple[Line, ...]:
        """Every line in which a ticket of this service takes a turn: its own, those of others, the hall."""
        lines = self._lines_of.get(service)
        if lines is None:
            others = (service, *self._lines_with.get(service, ()))
            names = {self._line_name(other): other for other in others}
            lines = self._lines_of[service] = (*map(self._line, names.values()), self._hall)
        for line in lines:
            line.move_clock(at)
        return lines

    def _look(self, ask: Ask) -> Moment:
        at = self._minute(ask.at)
        turns = self._day is not None and int(at // MINUTES_A_DAY) > self._day
        return self._moment(
            ask, self._line(ask.service).seen_at(at, day_turns=turns), self._hall.seen_at(at, day_turns=turns)
        )

    def _moment(self, ask: Ask, line: Line, hall: Line) -> Moment:
        at = self._minute(ask.at)
        line.move_clock(at)
        hall.move_clock(at)
        staff = self._staff(at)
        if ask.counters_open is not None:
            line.counters_open = ask.counters_open
        elif staff.at_work:
            line.counters_open = staff.at_work
        return Moment(at, self._ahead(ask, line), line, hall, ask, staff)

    def _ahead(self, ask: Ask, line: Line) -> int:
        given = ask.people_ahead if self._trust else None
        return len(line.waiting) if given is None else given

    def _staff(self, at: float) -> Staff:
        a_new_day = self._day is not None and int(at // MINUTES_A_DAY) > self._day
        serving = set() if a_new_day else set(self._serving.values())
        lately = {counter for counter, last in self._at_work.items() if at - last < _AT_WORK_MINUTES}
        return Staff(len(lately | serving), len(lately - serving))

    def _example(self, moment: Moment, *, with_features: bool) -> _Example:
        plain = plain_estimate(moment)
        features = features_of(moment, plain, self._estimates, self._grain) if with_features else None
        return _Example(plain.base, features)

    def _minutes(self, moment: Moment, example: _Example) -> float:
        """The plain estimate, corrected, and the longer the wait the more drawn to what is usual."""
        if example.features is None or not self.correction.has_learned:
            return example.base
        corrected = (example.base + self._grain) * math.exp(
            self.correction.of(example.features)
        ) - self._grain
        return drawn_to_usual(corrected, moment, self._grain)

    def _issue(
        self, happening: Happening, at: float, witness: Callable[[Moment], None] | None
    ) -> WaitRange | None:
        ask = happening.ask
        if ask is None:
            raise ValueError(f"ticket {happening.ticket} was issued without its question: set Happening.ask")
        moment = self._moment(ask, self._line(ask.service), self._hall)
        self.last_ahead = moment.ahead
        if witness is not None:
            witness(moment)
        ticket, told, example = happening.ticket, None, None
        self._seen += 1
        if self._seen % self.remember_every == 0 and not ask.booked:
            wanted = self.correction.has_learned or self.correction.keeps
            example = self._example(moment, with_features=wanted)
            self._estimates[ticket] = example.base
            told = self._promises.promise(ticket, at, self._minutes(moment, example), self._grain)
        hall_ahead = len(self._hall.waiting)
        self._issued[ticket] = _Issued(
            at, ask.service, ask.priority, moment.ahead, hall_ahead, example, self._grain, again=ask.booked
        )
        for line in self._all_lines(ask.service, at):
            line.join(ticket, at)
        return told

    def _wait_again(self, happening: Happening, at: float) -> None:
        ask = happening.ask
        if ask is None:
            raise ValueError(f"ticket {happening.ticket} is back without its question: set Happening.ask")
        self._leave(happening.ticket, at)
        self._serving.pop(happening.ticket, None)
        self._issued[happening.ticket] = _Issued(
            at, ask.service, ask.priority, 0, 0, None, self._grain, again=True
        )
        for line in self._all_lines(ask.service, at):
            line.join(happening.ticket, at)

    def _call(self, happening: Happening, at: float) -> None:
        issued = self._issued.pop(happening.ticket, None)
        if issued is None:
            return
        own = self._line(issued.service)
        for line in self._all_lines(issued.service, at):
            if issued.again or (line is not own and line is not self._hall):
                line.pass_by(happening.ticket, at)
            else:
                ahead = issued.ahead if line is own else issued.hall_ahead
                line.call(happening.ticket, at, issued.at, ahead, issued.priority)
        self._promises.settle(happening.ticket, at)
        self._remember(happening.ticket, issued, at - issued.at)
        if happening.counter:
            self._serving[happening.ticket] = happening.counter
            self._at_work[happening.counter] = at

    def _remember(self, ticket: str, issued: _Issued, wait: float) -> None:
        self._estimates.pop(ticket, None)
        example = issued.example
        if example is None:
            return
        size = example.base + issued.grain
        error = held(math.log(max(wait + issued.grain, _SMALLEST_RATIO) / size))
        self._line(issued.service).feed_back(error)
        self._hall.feed_back(error)
        self.correction.remember(example.features, error, size**_LONG_WAITS_COUNT)

    def _leave(self, ticket: str, at: float) -> None:
        issued = self._issued.pop(ticket, None)
        self._estimates.pop(ticket, None)
        self._promises.drop(ticket)
        if issued is not None:
            for line in self._all_lines(issued.service, at):
                line.leave(ticket)

    def _finish(self, ticket: str, at: float) -> None:
        counter = self._serving.pop(ticket, None)
        if counter is not None:
            self._at_work[counter] = at

    def to_json(self) -> dict[str, Any]:
        """What past days taught, as JSON values: lines, corrections, ranges. Not today's queue."""
        return {
            "version": STATE_VERSION,
            "day": self._day,
            "grain": self._grain,
            "typical_gaps": self._typical_gaps,
            "trust_people_ahead": self._trust,
            "rivals": self._rivals,
            "hall": self._hall.to_json(),
            "lines": {service: line.to_json() for service, line in self._lines.items()},
            "ranges": self._promises.ranges.to_json(),
            "correction": self.correction.to_json(),
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> HallForecaster:
        """The forecaster that told this by `to_json`, at the beginning of a day.

        Raises:
            ValueError: the state was written by another version.
        """
        if told.get("version") != STATE_VERSION:
            raise ValueError("learned waits of another version: learn them again from the log")
        forecaster = cls(
            told["typical_gaps"], trust_people_ahead=told["trust_people_ahead"], rivals=told["rivals"]
        )
        forecaster._day, forecaster._grain = told["day"], told["grain"]
        forecaster._hall = Line.from_json(told["hall"])
        forecaster._lines = {service: Line.from_json(line) for service, line in told["lines"].items()}
        forecaster._promises = Promises(AdaptiveRange.from_json(told["ranges"]))
        forecaster.correction = Correction.from_json(told["correction"])
        return forecaster
