"""What a command reads of the day it changes: tickets, counters and the log, by key or by the head of a queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    CursorResult,
    Executable,
    Select,
    String,
    bindparam,
    cast,
    func,
    select,
    text,
    union_all,
)

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import RATINGS, Event, EventKind
from shared.domain.ticket import AT_COUNTER, Ticket
from shared.store import tables
from shared.store.records import (
    EVENT_COLUMNS,
    TICKET_COLUMNS,
    counter_from_row,
    event_from_row,
    ticket_from_row,
)

MOST_EVENTS_OF_A_COMMAND = 64
"""No command of a clerk or a customer appends more events than this; opening and closing a day may."""

_ticket, _event, _counter, _series = tables.ticket.c, tables.event.c, tables.counter.c, tables.series.c
_OF_DAY = (_ticket.hall_id == bindparam("of_hall"), _ticket.day == bindparam("of_day"))
_WAITING = (*_OF_DAY, text(tables.WAITING_SQL))
_TICKETS = select(*TICKET_COLUMNS)

_TICKET = _TICKETS.where(*_OF_DAY, _ticket.number == bindparam("of_number"))
_AT_COUNTER = _TICKETS.where(
    *_OF_DAY, _ticket.counter == bindparam("of_counter"), text(tables.AT_COUNTER_SQL)
)
_SENT_TO_COUNTER = _TICKETS.where(
    *_OF_DAY, text(tables.SENT_SQL), _ticket.target_counter == bindparam("of_counter")
)
_WAITING_FOR_COUNTER = _SENT_TO_COUNTER.order_by(_ticket.seq)
_WAITING_FOR_SERVICES = _TICKETS.where(
    *_WAITING, _ticket.service.in_(bindparam("of_services", expanding=True))
)

_COUNTERS = select(tables.counter).where(
    _counter.hall_id == bindparam("of_hall"), _counter.day == bindparam("of_day")
)
_COUNTER = _COUNTERS.where(_counter.number == bindparam("of_counter"))
_COUNTERS_OF_CLERK = _COUNTERS.where(_counter.clerk == bindparam("of_clerk"))

_LOG = select(*EVENT_COLUMNS).where(_event.hall_id == bindparam("of_hall"), _event.day == bindparam("of_day"))
_OF_TICKET = _LOG.where(_event.ticket == bindparam("of_ticket"))
_OF_COUNTER = _LOG.where(_event.counter == bindparam("of_counter"))
_BEFORE = _event.seq < bindparam("before")
_LAST_SEQ = select(tables.hall_day.c.seq).where(
    tables.hall_day.c.hall_id == bindparam("of_hall"), tables.hall_day.c.day == bindparam("of_day")
)
_EVENTS_AFTER = _LOG.where(_event.seq > bindparam("after")).order_by(_event.seq)
_EVENTS_OF_TICKET = _OF_TICKET.where(_BEFORE).order_by(_event.seq)
_EVENTS_OF_COUNTER = _OF_COUNTER.where(_event.ticket.is_(None), _BEFORE).order_by(_event.seq)
_EVENTS_OF_COMMAND = _LOG.where(
    _event.seq.between(bindparam("of_command"), bindparam("of_command") + MOST_EVENTS_OF_A_COMMAND),
    _event.command == bindparam("of_command"),
).order_by(_event.seq)
_NO_RATING = _event.kind.not_in(sorted(RATINGS))
_LAST_OF_TICKET = _OF_TICKET.where(_NO_RATING).order_by(_event.seq.desc()).limit(1)
_LAST_AT_COUNTER = _OF_COUNTER.where(_NO_RATING).order_by(_event.seq.desc()).limit(1)
_LAST_FINISH_AT = (
    _OF_COUNTER.where(_event.kind == EventKind.FINISHED.value).order_by(_event.seq.desc()).limit(1)
)
_UNRATED_AT = (
    _TICKETS.where(
        *_OF_DAY,
        text(tables.UNRATED_SQL),
        _ticket.counter == bindparam("of_counter"),
        _ticket.finished_at <= bindparam("until"),
    )
    .order_by(_ticket.seq)
    .limit(MOST_EVENTS_OF_A_COMMAND)
)

_OUTLOOK = select(
    select(func.count())
    .select_from(tables.ticket)
    .where(
        *_WAITING,
        _ticket.service.in_(bindparam("of_services", expanding=True)),
        _ticket.due_at <= bindparam("due"),
    )
    .scalar_subquery()
    .label("people_due"),
    select(func.aggregate_strings(cast(_counter.number, String), ","))
    .where(
        _counter.hall_id == bindparam("of_hall"),
        _counter.day == bindparam("of_day"),
        _counter.status == CounterStatus.OPEN.value,
    )
    .scalar_subquery()
    .label("open_counters"),
    select(_series.last_ordinal)
    .where(
        _series.hall_id == bindparam("of_hall"),
        _series.day == bindparam("of_day"),
        _series.prefix == bindparam("of_prefix"),
    )
    .scalar_subquery()
    .label("last_ordinal"),
)


@dataclass(frozen=True, slots=True)
class IssueOutlook:
    """What a ticket that is about to be issued finds.

    `people_due` wait and are due no later than it, `last_ordinal` is the last one given of its prefix, 0 before the
    first.
    """

    people_due: int
    open_counters: frozenset[int]
    last_ordinal: int


@dataclass(slots=True)
class DayReader:
    """Reads one hall's business day within a transaction. Every read is answered by an index."""

    connection: Connection
    hall_id: str
    day: date

    def read(self, statement: Executable, values: Mapping[str, object]) -> CursorResult[Any]:
        """Run a statement that reads."""
        return self.connection.execute(statement, values)

    def ticket(self, number: str) -> Ticket | None:
        """The ticket with this number on this day."""
        row = self._of_day(_TICKET, of_number=number).one_or_none()
        return None if row is None else ticket_from_row(row)

    def ticket_at(self, counter: int) -> Ticket | None:
        """The ticket called to a counter or served there."""
        row = self._of_day(_AT_COUNTER, of_counter=counter).one_or_none()
        return None if row is None else ticket_from_row(row)

    def counters_of(self, clerk: str) -> list[CounterState]:
        """The counters at which a clerk is logged in."""
        return [counter_from_row(row) for row in self._of_day(_COUNTERS_OF_CLERK, of_clerk=clerk)]

    def here_and_next(self, services: Iterable[str], counter: int) -> tuple[Ticket | None, list[Ticket]]:
        """The ticket at a counter, and the candidates for the counter's next call.

        The candidates are the first waiting ticket of each service, in the hall's own order, and all that were sent
        to this counter. A counter's preference shifts a service as a whole, so the next ticket is always among them;
        the cost does not grow with the queue.
        """
        keys = tuple(services)
        values = {f"service_{place}": key for place, key in enumerate(keys)}
        rows = self._of_day(_here_and_next(len(keys)), of_counter=counter, **values)
        tickets = [ticket_from_row(row) for row in rows]
        here = next((ticket for ticket in tickets if ticket.state in AT_COUNTER), None)
        return here, [ticket for ticket in tickets if ticket.state not in AT_COUNTER]

    def waiting_for(self, counter: int) -> list[Ticket]:
        """The waiting tickets that were sent to a counter, and that no other may take."""
        return [ticket_from_row(row) for row in self._of_day(_WAITING_FOR_COUNTER, of_counter=counter)]

    def issue_outlook(self, services: Iterable[str], due: datetime, prefix: str) -> IssueOutlook:
        """What a ticket with this prefix that is due then finds; `services` compete for the same counters."""
        row = self._of_day(_OUTLOOK, of_services=sorted(services), due=due, of_prefix=prefix).one()
        numbers = row.open_counters.split(",") if row.open_counters else ()
        return IssueOutlook(row.people_due, frozenset(map(int, numbers)), row.last_ordinal or 0)

    def waiting(self, services: Iterable[str]) -> list[Ticket]:
        """The waiting tickets of these services, in no order."""
        rows = self._of_day(_WAITING_FOR_SERVICES, of_services=sorted(services))
        return [ticket_from_row(row) for row in rows]

    def counter(self, number: int) -> CounterState:
        """The state of a counter; closed when nobody has opened it today."""
        row = self._of_day(_COUNTER, of_counter=number).one_or_none()
        return CounterState(number) if row is None else counter_from_row(row)

    def last_seq(self) -> int:
        """The last event of the day; 0 before the day was opened."""
        return int(self._of_day(_LAST_SEQ).scalar_one_or_none() or 0)

    def events_after(self, seq: int) -> tuple[Event, ...]:
        """The events of the day after `seq`, in order."""
        return self._log(_EVENTS_AFTER, after=seq)

    def events_of_ticket(self, number: str, before: int) -> tuple[Event, ...]:
        """The events of a ticket with a `seq` below `before`, in order."""
        return self._log(_EVENTS_OF_TICKET, of_ticket=number, before=before)

    def last_event_of(self, number: str) -> Event | None:
        """The latest event of a ticket; a rating is none of these, since it changes nothing of the service."""
        return next(iter(self._log(_LAST_OF_TICKET, of_ticket=number)), None)

    def events_of_counter(self, number: int, before: int) -> tuple[Event, ...]:
        """The events about a counter itself with a `seq` below `before`, in order."""
        return self._log(_EVENTS_OF_COUNTER, of_counter=number, before=before)

    def events_of_command(self, command: int) -> tuple[Event, ...]:
        """The events of one command, in order."""
        return self._log(_EVENTS_OF_COMMAND, of_command=command)

    def last_event_at(self, counter: int) -> Event | None:
        """The latest event at a counter, ratings apart; None before the first."""
        return next(iter(self._log(_LAST_AT_COUNTER, of_counter=counter)), None)

    def last_finish_at(self, counter: int) -> Event | None:
        """The latest finish at a counter, whether or not it was taken back since; None before the first."""
        return next(iter(self._log(_LAST_FINISH_AT, of_counter=counter)), None)

    def unrated_at(self, counter: int, until: datetime) -> list[Ticket]:
        """The services finished at a counter up to a moment of which no rating is known, as many as fit a command."""
        rows = self._of_day(_UNRATED_AT, of_counter=counter, until=until)
        return [ticket_from_row(row) for row in rows]

    def _log(self, statement: Select[Any], **values: object) -> tuple[Event, ...]:
        return tuple(event_from_row(row) for row in self._of_day(statement, **values))

    def _of_day(self, statement: Executable, **values: object) -> CursorResult[Any]:
        return self.read(statement, {"of_hall": self.hall_id, "of_day": self.day, **values})


@cache
def _here_and_next(services: int) -> CompoundSelect[Any]:
    to_anyone = [
        select(
            _TICKETS.where(
                *_WAITING,
                _ticket.service == bindparam(f"service_{place}"),
                _ticket.target_counter.is_(None),
            )
            .order_by(_ticket.due_at, _ticket.rank_seq)
            .limit(1)
            .subquery()
        )
        for place in range(services)
    ]
    return union_all(_AT_COUNTER, *to_anyone, _SENT_TO_COUNTER)
