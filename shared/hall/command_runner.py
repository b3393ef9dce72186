"""How a command runs: in one transaction of the right business day, once for each request id."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, reduce
from typing import TypeVar

from sqlalchemy import Connection, Engine

from shared.domain.business_day import business_day, day_to_work_in
from shared.domain.clock import Clock, SystemClock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import Event
from shared.domain.evolve import evolve_ticket
from shared.domain.limits import LONGEST_REQUEST_ID, require_short
from shared.domain.plan import HallPlan
from shared.domain.ticket import Ticket
from shared.hall.plan_document import plan_from_document
from shared.store import plans
from shared.store.changes import announce_again
from shared.store.day_lock import DayNotOpen, Request, RequestAnswered
from shared.store.day_questions import DayQuestions
from shared.store.day_reader import DayReader
from shared.store.day_transaction import DayTransaction, day_transaction
from shared.store.days import latest_open_day, open_day
from shared.store.engine import reading
from shared.store.prepared import Question

Answer = TypeVar("Answer")
Work = Callable[[DayTransaction, HallPlan], Answer]
"""What a command does inside its transaction, under the plan of the day."""

Foresee = Callable[[HallPlan, DayQuestions, datetime | None], Sequence[Question]]
"""A `Foresight` under a plan. It refuses nothing: a repeated request has its answer, whatever the plan says now."""

Again = Callable[[tuple[Event, ...], dict[str, Ticket]], Answer]
"""Makes a command's first answer again, from its events and the tickets as they were after it."""


def nothing_foreseen(_plan: HallPlan, _day: DayQuestions, _now: datetime | None) -> Sequence[Question]:
    """For a command that asks as it goes."""
    return ()


_MOST_DAY_CHANGES = 3
"""A command meets a day that is closed under its hands at most once; more often is a bug."""


@dataclass(frozen=True, slots=True)
class LogPlace:
    """A place in a hall's log: a picture of the same day with this `seq`, or a later one, contains all up to it."""

    day: date
    seq: int


class CommandRunner:
    """Runs the commands of one hall, and knows its plan versions and the business day."""

    def __init__(self, engine: Engine, hall_id: str, clock: Clock) -> None:
        self.engine = engine
        self.hall_id = hall_id
        self.clock = clock
        self._plans: dict[int, HallPlan] = {}
        self._day_hint: date | None = None
        self._answered = threading.local()

    @property
    def answered_at(self) -> LogPlace | None:
        """Where the last command of this thread ended in the log; None when it changed nothing, or failed."""
        place: LogPlace | None = getattr(self._answered, "place", None)
        return place

    def run(
        self,
        what: str,
        request_id: str | None,
        work: Work[Answer],
        again: Again[Answer],
        foresee: Foresee = nothing_foreseen,
    ) -> Answer:
        """Run `work` in a transaction of the day; answer a repeated request with its first result.

        Raises:
            Refused: by the rules, or `request_reused` when the request id belongs to another command.
            NothingToDo: the command changes nothing.
            StoreUnavailable: the store cannot answer now.
        """
        self._answered.place = None
        require_short("request id", request_id, LONGEST_REQUEST_ID)
        try:
            return self._change(what, request_id, work, foresee)
        except RequestAnswered as answered:
            if answered.what != what:
                message = f"request id {request_id!r} was used for another command: {answered.what}"
                raise Refused(RefusalCode.REQUEST_REUSED, message, request=request_id or "") from None
            announce_again(self.engine, self.hall_id)
            return again(*self._first_result(answered))

    def current_plan(self) -> tuple[int, HallPlan]:
        """The version and text of the hall's current plan."""
        version = plans.plan_version(self.engine, self.hall_id)
        return version, self.plan(version)

    def plan(self, version: int) -> HallPlan:
        """One version of the hall's plan; versions never change."""
        plan = self._plans.get(version)
        if plan is None:
            plan = plan_from_document(plans.plan_document(self.engine, self.hall_id, version))
            self._plans[version] = plan
        return plan

    def today(self, connection: Connection) -> date:
        """The business day that a command now would belong to."""
        return self.day_after(latest_open_day(connection, self.hall_id))

    def day_after(self, latest: date | None) -> date:
        """The business day that a command now would belong to; `latest` is the latest one that is open."""
        return self._day(self.clock.now(), latest)

    def _change(self, what: str, request_id: str | None, work: Work[Answer], foresee: Foresee) -> Answer:
        request = None if request_id is None else Request(request_id, what)
        for _attempt in range(_MOST_DAY_CHANGES):
            now = self.clock.now()
            day = self._day_hint
            try:
                if day is None or self._day(now, day) != day:
                    raise DayNotOpen
                foresight = partial(foresee, self._latest_plan())
                with day_transaction(self.engine, self.hall_id, day, self.clock, request, foresight) as tx:
                    answer = work(tx, self.plan(tx.plan_version))
            except DayNotOpen:
                plan = self.current_plan()[1]
                by_clock = business_day(now, plan.timezone, plan.rollover)
                real_time = isinstance(self.clock, SystemClock)
                self._day_hint = open_day(self.engine, self.hall_id, by_clock, now, real_time=real_time)
            else:
                self._answered.place = LogPlace(tx.day, tx.seq)
                return answer
        raise AssertionError(f"{self.hall_id}: the business day does not stay open")

    def _first_result(self, answered: RequestAnswered) -> tuple[tuple[Event, ...], dict[str, Ticket]]:
        with reading(self.engine) as connection:
            reader = DayReader(connection, self.hall_id, answered.day)
            events = reader.events_of_command(answered.command)
            end = events[-1].seq + 1
            tickets: dict[str, Ticket] = {}
            for event in events:
                if event.ticket is not None and event.ticket not in tickets:
                    past = reader.events_of_ticket(event.ticket, before=end)
                    tickets[event.ticket] = reduce(evolve_ticket, past[1:], evolve_ticket(None, past[0]))
        self._answered.place = LogPlace(answered.day, events[-1].seq)
        return events, tickets

    def _day(self, now: datetime, latest: date | None) -> date:
        # Any version will do for the time zone: the day's own row says which plan a command runs under.
        plan = self._latest_plan()
        return day_to_work_in(business_day(now, plan.timezone, plan.rollover), latest)

    def _latest_plan(self) -> HallPlan:
        """The latest version that is known here; there may be a later one."""
        return self._plans[max(self._plans)] if self._plans else self.current_plan()[1]
