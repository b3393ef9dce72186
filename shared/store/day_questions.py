"""What a command must know of the day that it changes, as questions: they can be sent along with the taking of the day.

While a command has the day, all others of the hall wait for it; on PostgreSQL most of that time goes by on the way
between program and server. So a command says beforehand what it will ask, and the answers come in the journey that
takes the day. They are as good as those to a question of its own: the server looks when the day has been taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Double, Integer, bindparam, cast, func, select, text, union_all

from shared.domain.counter import CounterStatus
from shared.store import tables
from shared.store.day_lock import TAKEN_AT
from shared.store.prepared import Prepared, Question
from shared.store.records import TICKET_COLUMNS

_ticket, _counter, _series = tables.ticket.c, tables.counter.c, tables.series.c
OF_DAY = (_ticket.hall_id == bindparam("of_hall"), _ticket.day == bindparam("of_day"))
WAITING = (*OF_DAY, text(tables.WAITING_SQL))
TICKETS = select(*TICKET_COLUMNS)
SENT_TO_COUNTER = TICKETS.where(
    *OF_DAY, text(tables.SENT_SQL), _ticket.target_counter == bindparam("of_counter")
)
COUNTERS = select(tables.counter).where(
    _counter.hall_id == bindparam("of_hall"), _counter.day == bindparam("of_day")
)
LAST_ORDINAL = select(_series.last_ordinal).where(
    _series.hall_id == bindparam("of_hall"),
    _series.day == bindparam("of_day"),
    _series.prefix == bindparam("of_prefix"),
)

_TICKET = Prepared(TICKETS.where(*OF_DAY, _ticket.number == bindparam("of_number")))
_SELECT_AT_COUNTER = TICKETS.where(
    *OF_DAY, _ticket.counter == bindparam("of_counter"), text(tables.AT_COUNTER_SQL)
)
_AT_COUNTER = Prepared(_SELECT_AT_COUNTER)
_COUNTER = Prepared(COUNTERS.where(_counter.number == bindparam("of_counter")))
_OPEN_COUNTERS = Prepared(
    select(_counter.number).where(
        _counter.hall_id == bindparam("of_hall"),
        _counter.day == bindparam("of_day"),
        _counter.status == CounterStatus.OPEN.value,
    )
)


@dataclass(frozen=True, slots=True)
class DayQuestions:
    """Questions about one business day of a hall."""

    hall_id: str
    day: date

    def ticket_at(self, counter: int) -> Question:
        """The ticket called to a counter or served there."""
        return Question(_AT_COUNTER, self._of_counter(counter))

    def counter(self, number: int) -> Question:
        """A counter's own state."""
        return Question(_COUNTER, self._of_counter(number))

    def desk(self, counter: int, services: Iterable[str]) -> tuple[Question, Question]:
        """A counter; its ticket and the candidates for its next call."""
        keys = tuple(services)
        candidates = _here_and_next(len(keys))
        return self.counter(counter), Question(candidates, self._of_counter(counter) | named(keys))

    def ticket(self, number: str) -> Question:
        """The ticket with this number."""
        return Question(_TICKET, self._of_day | {"of_number": number})

    def outlook(self, services: Iterable[str], due: datetime, prefix: str) -> tuple[Question, Question]:
        """How many of these services are due no later, and the last ordinal of a prefix; the open counters."""
        keys = sorted(services)
        asked = named(keys) | {"of_prefix": prefix, "due": due}
        return Question(_outlook(len(keys)), self._of_day | asked), Question(_OPEN_COUNTERS, self._of_day)

    def outlook_on_taking(
        self, services: Iterable[str], lead: timedelta, prefix: str
    ) -> tuple[Question, Question]:
        """The same for what is due so long after the moment at which this transaction took the day (PostgreSQL)."""
        keys = sorted(services)
        asked = named(keys) | {"of_prefix": prefix, "lead_seconds": lead.total_seconds()}
        return Question(_outlook_on_taking(len(keys)), self._of_day | asked), Question(
            _OPEN_COUNTERS, self._of_day
        )

    @property
    def _of_day(self) -> dict[str, object]:
        return {"of_hall": self.hall_id, "of_day": self.day}

    def _of_counter(self, counter: int) -> dict[str, object]:
        return self._of_day | {"of_counter": counter}


Foresight = Callable[[DayQuestions, datetime | None], Sequence[Question]]
"""What a command will ask when it has taken the day at a moment; None stands for the moment that the server sees."""


def named(services: Iterable[str]) -> dict[str, object]:
    """The keys of services as the values of a statement."""
    return {f"service_{place}": key for place, key in enumerate(services)}


@cache
def _here_and_next(services: int) -> Prepared:
    to_anyone = [
        select(
            TICKETS.where(
                *WAITING,
                _ticket.service == bindparam(f"service_{place}"),
                _ticket.target_counter.is_(None),
            )
            .order_by(_ticket.due_at, _ticket.rank_seq)
            .limit(1)
            .subquery()
        )
        for place in range(services)
    ]
    return Prepared(union_all(_SELECT_AT_COUNTER, *to_anyone, SENT_TO_COUNTER))


@cache
def _outlook(services: int) -> Prepared:
    return _outlook_until(services, bindparam("due", type_=_ticket.due_at.type))


@cache
def _outlook_on_taking(services: int) -> Prepared:
    # In seconds: a day is not always as long as another, by the time zone of a session. And as a question within the
    # question, or the server would work the moment out anew for each ticket.
    lead = func.make_interval(0, 0, 0, 0, 0, 0, bindparam("lead_seconds", type_=Double))
    return _outlook_until(services, select(TAKEN_AT + lead).scalar_subquery())


def _outlook_until(services: int, due: ColumnElement[datetime]) -> Prepared:
    # Service by service. By all services at once PostgreSQL likes the key of the day's tickets better than the index of
    # those who wait, since it takes a day to have a handful of tickets; and would read them all for each new one.
    wanted = union_all(
        *(
            select(bindparam(f"service_{place}", type_=_ticket.service.type).label("key"))
            for place in range(services)
        )
    ).subquery("wanted")
    of_service = (
        select(func.count())
        .select_from(tables.ticket)
        .where(*WAITING, _ticket.service == wanted.c.key, _ticket.due_at <= due)
        .correlate(wanted)
        .scalar_subquery()
    )
    people_due = select(cast(func.sum(of_service), Integer)).select_from(wanted).scalar_subquery()
    last_ordinal = LAST_ORDINAL.scalar_subquery()
    return Prepared(select(people_due.label("people_due"), last_ordinal.label("last_ordinal")))
