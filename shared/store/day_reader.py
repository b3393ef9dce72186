"""What a command reads of the day it changes: tickets, counters and the log, by key or by the head of a queue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    func,
    select,
    text,
    union_all,
)

from shared.domain.counter import CounterState
from shared.domain.event import Event
from shared.domain.ticket import Ticket
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


@dataclass(slots=True)
class DayReader:
    """Reads one hall's business day within a transaction. Every read is answered by an index."""

    connection: Connection
    hall_id: str
    day: date

    def ticket(self, number: str) -> Ticket | None:
        """The ticket with this number on this day."""
        row = self.connection.execute(
            select(*TICKET_COLUMNS).where(
                tables.ticket.c.hall_id == self.hall_id,
                tables.ticket.c.day == self.day,
                tables.ticket.c.number == number,
            )
        ).one_or_none()
        return None if row is None else ticket_from_row(row)

    def ticket_at(self, counter: int) -> Ticket | None:
        """The ticket called to a counter or served there."""
        row = self.connection.execute(
            select(*TICKET_COLUMNS).where(
                tables.ticket.c.hall_id == self.hall_id,
                tables.ticket.c.day == self.day,
                tables.ticket.c.counter == counter,
                text(tables.AT_COUNTER_SQL),
            )
        ).one_or_none()
        return None if row is None else ticket_from_row(row)

    def counters_of(self, clerk: str) -> list[CounterState]:
        """The counters at which a clerk is logged in."""
        rows = self.connection.execute(
            select(tables.counter).where(
                tables.counter.c.hall_id == self.hall_id,
                tables.counter.c.day == self.day,
                tables.counter.c.clerk == clerk,
            )
        )
        return [counter_from_row(row) for row in rows]

    def first_waiting(self, services: Iterable[str], counter: int) -> list[Ticket]:
        """The candidates for a counter's next call.

        These are the first waiting ticket of each service, in the hall's own order, and all that were sent to this
        counter. A counter's preference shifts a service as a whole, so the next ticket is always among them; the
        cost does not grow with the queue.
        """
        keys = tuple(services)
        values: dict[str, object] = {"of_hall": self.hall_id, "of_day": self.day, "of_counter": counter}
        values.update({f"service_{place}": key for place, key in enumerate(keys)})
        rows = self.connection.execute(_first_waiting(len(keys)), values)
        return [ticket_from_row(row) for row in rows]

    def waiting_for(self, counter: int) -> list[Ticket]:
        """The waiting tickets that were sent to a counter, and that no other may take."""
        rows = self.connection.execute(
            select(*TICKET_COLUMNS)
            .where(
                tables.ticket.c.hall_id == self.hall_id,
                tables.ticket.c.day == self.day,
                text(tables.WAITING_SQL),
                tables.ticket.c.target_counter == counter,
            )
            .order_by(tables.ticket.c.seq)
        )
        return [ticket_from_row(row) for row in rows]

    def people_due_by(self, services: Iterable[str], due: datetime) -> int:
        """How many waiting tickets of these services are due no later than `due`."""
        count = select(func.count()).where(
            tables.ticket.c.hall_id == self.hall_id,
            tables.ticket.c.day == self.day,
            text(tables.WAITING_SQL),
            tables.ticket.c.service.in_(sorted(services)),
            tables.ticket.c.due_at <= due,
        )
        return int(self.connection.execute(count).scalar_one())

    def waiting(self, services: Iterable[str]) -> list[Ticket]:
        """The waiting tickets of these services, in no order."""
        rows = self.connection.execute(
            select(*TICKET_COLUMNS).where(
                tables.ticket.c.hall_id == self.hall_id,
                tables.ticket.c.day == self.day,
                text(tables.WAITING_SQL),
                tables.ticket.c.service.in_(sorted(services)),
            )
        )
        return [ticket_from_row(row) for row in rows]

    def counter(self, number: int) -> CounterState:
        """The state of a counter; closed when nobody has opened it today."""
        row = self.connection.execute(
            select(tables.counter).where(
                tables.counter.c.hall_id == self.hall_id,
                tables.counter.c.day == self.day,
                tables.counter.c.number == number,
            )
        ).one_or_none()
        return CounterState(number) if row is None else counter_from_row(row)

    def events_of_ticket(self, number: str, before: int) -> tuple[Event, ...]:
        """The events of a ticket with a `seq` below `before`, in order."""
        return self._events_where(tables.event.c.ticket == number, tables.event.c.seq < before)

    def last_event_of(self, number: str) -> Event | None:
        """The latest event of a ticket."""
        return self._last_event(tables.event.c.ticket == number)

    def events_of_counter(self, number: int, before: int) -> tuple[Event, ...]:
        """The events about a counter itself with a `seq` below `before`, in order."""
        about_itself = (tables.event.c.counter == number, tables.event.c.ticket.is_(None))
        return self._events_where(*about_itself, tables.event.c.seq < before)

    def events_of_command(self, command: int) -> tuple[Event, ...]:
        """The events of one command, in order."""
        reach = tables.event.c.seq.between(command, command + MOST_EVENTS_OF_A_COMMAND)
        return self._events_where(reach, tables.event.c.command == command)

    def last_event_at(self, counter: int) -> Event | None:
        """The latest event at a counter; None before the first."""
        return self._last_event(tables.event.c.counter == counter)

    def _events_where(self, *conditions: ColumnElement[bool]) -> tuple[Event, ...]:
        rows = self.connection.execute(self._log().where(*conditions).order_by(tables.event.c.seq))
        return tuple(event_from_row(row) for row in rows)

    def _last_event(self, condition: ColumnElement[bool]) -> Event | None:
        latest = self._log().where(condition).order_by(tables.event.c.seq.desc()).limit(1)
        row = self.connection.execute(latest).one_or_none()
        return None if row is None else event_from_row(row)

    def _log(self) -> Select[Any]:
        return select(*EVENT_COLUMNS).where(
            tables.event.c.hall_id == self.hall_id, tables.event.c.day == self.day
        )


@cache
def _first_waiting(services: int) -> CompoundSelect[Any]:
    of_day = (
        tables.ticket.c.hall_id == bindparam("of_hall"),
        tables.ticket.c.day == bindparam("of_day"),
        text(tables.WAITING_SQL),
    )
    to_anyone = [
        select(
            select(*TICKET_COLUMNS)
            .where(
                *of_day,
                tables.ticket.c.service == bindparam(f"service_{place}"),
                tables.ticket.c.target_counter.is_(None),
            )
            .order_by(tables.ticket.c.due_at, tables.ticket.c.rank_seq)
            .limit(1)
            .subquery()
        )
        for place in range(services)
    ]
    to_this_counter = select(*TICKET_COLUMNS).where(
        *of_day, tables.ticket.c.target_counter == bindparam("of_counter")
    )
    return union_all(*to_anyone, to_this_counter)
