"""The forecaster of a running hall: follows the day's log, whatever program it lives in, and words its forecasts.

All programs of a hall follow the same log from the same learned state, so all of them tell the same quote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from shared.domain.event import Event, EventKind
from shared.domain.opening import open_span
from shared.domain.plan import HallPlan
from shared.domain.quote import QueueAhead, Quote
from shared.domain.waits.day_log import DayLog
from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Ask

FORECASTS_AN_HOUR: Final = 300
"""Of more tickets in an hour only every n-th gets a forecast of its own to learn from: every program of a hall makes
them all, and a crowd must not make them slow."""

_NAME_A_PLAN: Final = frozenset({EventKind.DAY_OPENED, EventKind.PLAN_CHANGED})


def fresh_forecaster(plan: HallPlan) -> HallForecaster:
    """A forecaster that knows nothing of a hall but its plan."""
    return HallForecaster(typical_gaps(plan), trust_people_ahead=True, rivals=rivals_of(plan))


def typical_gaps(plan: HallPlan) -> dict[str, float]:
    """Minutes between two calls in the line of each service, if all its counters are open."""
    gaps = {}
    for service in plan.services:
        rivals = plan.rivals(service.key)
        minutes = [known.typical_minutes for known in plan.services if known.key in rivals]
        counters = sum(1 for counter in plan.counters if not rivals.isdisjoint(counter.offers))
        gaps[service.key] = sum(minutes) / len(minutes) / max(1, counters)
    return gaps


def rivals_of(plan: HallPlan) -> dict[str, tuple[str, ...]]:
    """The services that compete for the same counters, by service."""
    return {service.key: tuple(sorted(plan.rivals(service.key))) for service in plan.services}


class LiveForecast:
    """One business day of a hall, followed event by event.

    `plan_of` gives a version of the hall's plan, `plan` is what holds until the log names one; `state` is what was
    learned from past days, if anything was.
    """

    def __init__(
        self, plan: HallPlan, plan_of: Callable[[int], HallPlan], state: Mapping[str, Any] | None = None
    ) -> None:
        self._plan = plan
        self._plan_of = plan_of
        self._log = DayLog(plan)
        self.seq = 0
        """The last event that was taken in."""

        if state is None:
            self._forecaster = fresh_forecaster(plan)
        else:
            self._forecaster = HallForecaster.from_json(dict(state))
            self._forecaster.adopt(typical_gaps(plan), rivals_of(plan))
        self._forecaster.correction.keeps = False
        self._hour: datetime | None = None
        self._in_hour = 0

    def take(self, event: Event) -> None:
        """What happened next in the log."""
        self.seq = event.seq
        version = (event.detail or {}).get("plan_version")
        if event.kind in _NAME_A_PLAN and isinstance(version, int):
            self._use(self._plan_of(version))
        if event.kind is EventKind.DAY_OPENED:
            self._forecaster.pass_time(self._log.local(event.at))
        if event.kind is EventKind.ISSUED:
            self._thin_out(event.at)
        for happening in self._log.happenings(event):
            self._forecaster.observe(happening)

    def _thin_out(self, issued_at: datetime) -> None:
        hour = issued_at.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._in_hour = hour, 0
        self._in_hour += 1
        self._forecaster.remember_every = 1 + self._in_hour // FORECASTS_AN_HOUR

    def _use(self, plan: HallPlan) -> None:
        self._plan = plan
        self._log.use(plan)
        self._forecaster.adopt(typical_gaps(plan), rivals_of(plan))

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that joins this queue now.

        No minutes are told while no counter takes the service, to an appointment (its own time is the promise), while
        there is too little to go by, and for what could only begin when the hall has closed.
        """
        if queue.counters_open == 0 or queue.booked:
            return Quote(queue.people_ahead)
        at = self._log.local(queue.now)
        ask = Ask(at, queue.service, queue.priority, queue.people_ahead, queue.counters_open)
        said = self._forecaster.predict(ask)
        told = said.told
        if told is None or self._closed_by(queue.now, told.low_minutes):
            return Quote(queue.people_ahead)
        minutes = min(max(round(said.minutes), told.low_minutes), told.high_minutes)
        return Quote(queue.people_ahead, minutes, told.low_minutes, told.high_minutes)

    def _closed_by(self, now: datetime, minutes: int) -> bool:
        span = open_span(self._plan, now)
        return span is not None and now + timedelta(minutes=minutes) >= span.closes
