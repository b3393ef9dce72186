"""What a command reads of the day it changes: tickets, counters and the log, by key or by the head of a queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, text, union_all

from shared.domain.counter import CounterState
from shared.domain.event import RATINGS, Event, EventKind
from shared.domain.ticket import AT_COUNTER, Ticket
from shared.store import tables
from shared.store.day_questions import (
    COUNTERS,
    LAST_ORDINAL,
    OF_DAY,
    SENT_TO_COUNTER,
    TICKETS,
    WAITING,
    DayQuestions,
    named,
)
from shared.store.prepared import Prepared, Question, ask
from shared.store.records import (
    EVENT_COLUMNS,
    counter_from_row,
    event_from_row,
    ticket_from_row,
)

LAST_SEQ = 2**31 - 1
"""No day's log is longer."""

MOST_EVENTS_OF_A_COMMAND = 64
"""No command of a clerk or a customer appends more events than this; opening and closing a day may."""

_ticket, _event, _counter = tables.ticket.c, tables.event.c, tables.counter.c

_WAITING_FOR_COUNTER = Prepared(SENT_TO_COUNTER.order_by(_ticket.seq))
_COUNTERS_OF_CLERK = Prepared(COUNTERS.where(_counter.clerk == bindparam("of_clerk")))

_LOG = select(*EVENT_COLUMNS).where(_event.hall_id == bindparam("of_hall"), _event.day == bindparam("of_day"))
_OF_TICKET = _LOG.where(_event.ticket == bindparam("of_ticket"))
_OF_COUNTER = _LOG.where(_event.counter == bindparam("of_counter"))
_BEFORE = _event.seq < bindparam("before")
_LAST_ORDINAL = Prepared(LAST_ORDINAL)
_LAST_SEQ = Prepared(
    select(tables.hall_day.c.seq).where(
        tables.hall_day.c.hall_id == bindparam("of_hall"), tables.hall_day.c.day == bindparam("of_day")
    )
)
_EVENTS_AFTER = Prepared(
    _LOG.where(_event.seq > bindparam("after"), _event.seq <= bindparam("up_to")).order_by(_event.seq)
)
_EVENTS_OF_TICKET = Prepared(_OF_TICKET.where(_BEFORE).order_by(_event.seq))
_EVENTS_OF_COUNTER = Prepared(_OF_COUNTER.where(_event.ticket.is_(None), _BEFORE).order_by(_event.seq))
_EVENTS_OF_COMMAND = Prepared(
    _LOG.where(
        _event.seq.between(bindparam("of_command"), bindparam("of_command") + MOST_EVENTS_OF_A_COMMAND),
        _event.command == bindparam("of_command"),
    ).order_by(_event.seq)
)
_NO_RATING = and_(*(_event.kind != kind for kind in sorted(RATINGS)))
_LAST_OF_TICKET = Prepared(_OF_TICKET.where(_NO_RATING).order_by(_event.seq.desc()).limit(1))
_LAST_AT_COUNTER = Prepared(_OF_COUNTER.where(_NO_RATING).order_by(_event.seq.desc()).limit(1))
_LAST_FINISH_AT = Prepared(
    _OF_COUNTER.where(_event.kind == EventKind.FINISHED.value).order_by(_event.seq.desc()).limit(1)
)
_UNRATED_AT = Prepared(
    TICKETS.where(
        *OF_DAY,
        text(tables.UNRATED_SQL),
        _ticket.counter == bindparam("of_counter"),
        _ticket.finished_at <= bindparam("until"),
    )
    .order_by(_ticket.seq)
    .limit(MOST_EVENTS_OF_A_COMMAND)
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


def outlook_from_rows(rows: list[Any], counters: list[Any]) -> IssueOutlook:
    """The outlook that the rows of its two questions tell."""
    [row] = rows
    return IssueOutlook(
        row.people_due, frozenset(counter.number for counter in counters), row.last_ordinal or 0
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What a counter's next call finds.

    The candidates are the first waiting ticket of each service, in the hall's own order, and all that were sent to this
    counter. A counter's preference shifts a service as a whole, so the next ticket is always among them; the cost does
    not grow with the queue.
    """

    state: CounterState
    ticket: Ticket | None
    candidates: list[Ticket]


@dataclass(slots=True)
class DayReader:
    """Reads one hall's business day within a transaction. Every read is answered by an index."""

    connection: Connection
    hall_id: str
    day: date

    def read(self, *questions: Question) -> list[list[Any]]:
        """The rows that answer each question; none may depend on another's answer."""
        return ask(self.connection, questions)

    def ticket(self, number: str) -> Ticket | None:
        """The ticket with this number on this day."""
        [rows] = self.read(self._questions.ticket(number))
        return ticket_from_row(rows[0]) if rows else None

    def ticket_at(self, counter: int) -> Ticket | None:
        """The ticket called to a counter or served there."""
        [rows] = self.read(self._questions.ticket_at(counter))
        return ticket_from_row(rows[0]) if rows else None

    def counters_of(self, clerk: str) -> list[CounterState]:
        """The counters at which a clerk is logged in."""
        return [counter_from_row(row) for row in self._of_day(_COUNTERS_OF_CLERK, of_clerk=clerk)]

    def desk(self, counter: int, services: Iterable[str]) -> Desk:
        """A counter, its ticket, and the candidates for its next call."""
        states, rows = self.read(*self._questions.desk(counter, services))
        tickets = [ticket_from_row(row) for row in rows]
        return Desk(
            state=counter_from_row(states[0]) if states else CounterState(counter),
            ticket=next((ticket for ticket in tickets if ticket.state in AT_COUNTER), None),
            candidates=[ticket for ticket in tickets if ticket.state not in AT_COUNTER],
        )

    def waiting_for(self, counter: int) -> list[Ticket]:
        """The waiting tickets that were sent to a counter, and that no other may take."""
        return [ticket_from_row(row) for row in self._of_day(_WAITING_FOR_COUNTER, of_counter=counter)]

    def issue_outlook(self, services: Iterable[str], due: datetime, prefix: str) -> IssueOutlook:
        """What a ticket with this prefix that is due then finds; `services` compete for the same counters."""
        return outlook_from_rows(*self.read(*self._questions.outlook(services, due, prefix)))

    def waiting(self, services: Iterable[str]) -> list[Ticket]:
        """The waiting tickets of these services, in no order."""
        keys = sorted(services)
        rows = self._of_day(_waiting_for(len(keys)), **named(keys))
        return [ticket_from_row(row) for row in rows]

    def counter(self, number: int) -> CounterState:
        """The state of a counter; closed when nobody has opened it today."""
        [rows] = self.read(self._questions.counter(number))
        return counter_from_row(rows[0]) if rows else CounterState(number)

    def last_ordinal(self, prefix: str) -> int:
        """The highest ordinal given of a prefix; 0 before the first."""
        row = self._one(_LAST_ORDINAL, of_prefix=prefix)
        return 0 if row is None else int(row.last_ordinal)

    def last_seq(self) -> int:
        """The last event of the day; 0 before the day was opened."""
        row = self._one(_LAST_SEQ)
        return 0 if row is None else int(row.seq)

    def events_after(self, seq: int, up_to: int = LAST_SEQ) -> tuple[Event, ...]:
        """The events of the day after `seq`, in order."""
        return self._log(_EVENTS_AFTER, after=seq, up_to=up_to)

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

    @property
    def _questions(self) -> DayQuestions:
        return DayQuestions(self.hall_id, self.day)

    def _log(self, statement: Prepared, **values: object) -> tuple[Event, ...]:
        return tuple(event_from_row(row) for row in self._of_day(statement, **values))

    def _one(self, statement: Prepared, **values: object) -> Any:  # noqa: ANN401 - a named tuple of its own
        rows = self._of_day(statement, **values)
        return rows[0] if rows else None

    def _of_day(self, statement: Prepared, **values: object) -> list[Any]:
        return self.read(Question(statement, {"of_hall": self.hall_id, "of_day": self.day, **values}))[0]


@cache
def _waiting_for(services: int) -> Prepared:
    # Service by service, as an outlook: asked about all at once, PostgreSQL would rather read the whole day.
    each = (_ticket.service == bindparam(f"service_{place}") for place in range(services))
    return Prepared(union_all(*(TICKETS.where(*WAITING, of_service) for of_service in each)))
