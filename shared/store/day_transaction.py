"""One short transaction that changes a hall: it takes the day's row first, and writes events last.

The lock on the day's row (on SQLite the write lock of the file) puts a hall's changes in one order, so that a double
call, a duplicate number or a lost update cannot happen; halls run in parallel.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine, bindparam, insert, select, update

from shared.domain.counter import CounterState
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import evolve_counter, evolve_ticket
from shared.domain.numbering import ticket_number
from shared.domain.ticket import Ticket
from shared.store import tables
from shared.store.changes import announce_change
from shared.store.day_reader import DayReader
from shared.store.engine import writing
from shared.store.records import event_values, ticket_values
from shared.store.upserts import insert_into

_TAKE_DAY = (
    update(tables.hall_day)
    .where(
        tables.hall_day.c.hall_id == bindparam("of_hall"),
        tables.hall_day.c.day == bindparam("of_day"),
        tables.hall_day.c.closed_at.is_(None),
    )
    .values(seq=tables.hall_day.c.seq + 1)
    .returning(tables.hall_day.c.seq, tables.hall_day.c.plan_version)
)
_KEEP_SEQ = (
    update(tables.hall_day)
    .where(
        tables.hall_day.c.hall_id == bindparam("of_hall"),
        tables.hall_day.c.day == bindparam("of_day"),
    )
    .values(seq=bindparam("new_seq"))
)
_UPDATE_TICKET = update(tables.ticket).where(
    tables.ticket.c.hall_id == bindparam("of_hall"),
    tables.ticket.c.day == bindparam("of_day"),
    tables.ticket.c.number == bindparam("of_number"),
)


class DayNotOpen(Exception):
    """The day asked for has not been opened, or was closed by a later one."""


class RequestAnswered(Exception):
    """The request id has been used: the command was carried out before, as `command` of `day`."""

    def __init__(self, day: date, command: int, what: str) -> None:
        super().__init__(what)
        self.day = day
        self.command = command
        self.what = what


class NothingToDo(Exception):
    """Raised inside a transaction to leave it with nothing changed, not even a `seq` used."""


@contextmanager
def day_transaction(engine: Engine, hall_id: str, day: date, now: datetime) -> Iterator[DayTransaction]:
    """Change one hall on one open business day.

    Raises:
        DayNotOpen: open the day first (`shared.store.days.open_day`).
        StoreUnavailable: the store cannot answer now.
    """
    with writing(engine) as connection:
        row = connection.execute(_TAKE_DAY, {"of_hall": hall_id, "of_day": day}).one_or_none()
        if row is None:
            raise DayNotOpen(f"{hall_id} {day}")
        transaction = DayTransaction(connection, hall_id, day, now, row.seq - 1, row.plan_version)
        yield transaction
        transaction.write_log(taken=row.seq)


@dataclass(slots=True)
class DayTransaction(DayReader):
    """A transaction that holds a hall's day.

    `seq` is the last `seq` given out; `append` gives the next. State changes go through `append`, which evolves the
    ticket or counter by the domain's rule and writes it, and keeps the event for the log.
    """

    now: datetime
    seq: int
    plan_version: int
    _events: list[Event] = field(default_factory=list)

    @property
    def command(self) -> int:
        """The `seq` of the first event of this command."""
        return self._events[0].seq if self._events else self.seq + 1

    def claim_request(self, request_id: str | None, what: str) -> None:
        """Note that this command answers the request, so that a retry finds its result.

        Raises:
            RequestAnswered: the request was carried out before.
        """
        if request_id is None:
            return
        key = {"hall_id": self.hall_id, "request_id": request_id}
        claim = (
            insert_into(self.connection, tables.request)
            .on_conflict_do_nothing()
            .returning(tables.request.c.command)
        )
        values = {**key, "day": self.day, "command": self.command, "what": what}
        if self.connection.execute(claim, values).one_or_none() is not None:
            return
        found = self.connection.execute(
            select(tables.request.c.day, tables.request.c.command, tables.request.c.what).filter_by(**key)
        ).one()
        raise RequestAnswered(found.day, found.command, found.what)

    def next_ordinal(self, prefix: str) -> int:
        """Take the next ordinal of a prefix on this day."""
        first = insert_into(self.connection, tables.series).values(
            hall_id=self.hall_id, day=self.day, prefix=prefix, last_ordinal=1
        )
        take = first.on_conflict_do_update(
            index_elements=[tables.series.c.hall_id, tables.series.c.day, tables.series.c.prefix],
            set_={"last_ordinal": tables.series.c.last_ordinal + 1},
        ).returning(tables.series.c.last_ordinal)
        return int(self.connection.execute(take).scalar_one())

    def issue(self, prefix: str, detail: Detail) -> Ticket:
        """Issue the next ticket of a prefix; `detail` is the `issued` event's, without prefix and ordinal."""
        ordinal = self.next_ordinal(prefix)
        event = self._event(
            EventKind.ISSUED,
            ticket_number(prefix, ordinal),
            detail={**detail, "prefix": prefix, "ordinal": ordinal},
        )
        ticket = evolve_ticket(None, event)
        self.connection.execute(insert(tables.ticket), {"hall_id": self.hall_id, **ticket_values(ticket)})
        return ticket

    def change_ticket(
        self,
        ticket: Ticket,
        kind: EventKind,
        counter: int | None = None,
        clerk: str | None = None,
        detail: Detail | None = None,
    ) -> Ticket:
        """Append an event about a ticket and write what the rules make of the ticket."""
        after = evolve_ticket(ticket, self._event(kind, ticket.number, counter, clerk, detail))
        before_values = ticket_values(ticket)
        changed = {
            name: value for name, value in ticket_values(after).items() if value != before_values[name]
        }
        if changed:
            key = {"of_hall": self.hall_id, "of_day": ticket.day, "of_number": ticket.number}
            self.connection.execute(
                _UPDATE_TICKET.values({name: bindparam(name) for name in changed}), key | changed
            )
        return after

    def change_counter(
        self, counter: CounterState, kind: EventKind, clerk: str | None = None, detail: Detail | None = None
    ) -> CounterState:
        """Append an event about a counter and write what the rules make of the counter."""
        after = evolve_counter(counter, self._event(kind, None, counter.number, clerk, detail))
        values = {
            "status": after.status.value,
            "reason": after.reason,
            "clerk": after.clerk,
            "since": after.since,
        }
        key = {"hall_id": self.hall_id, "day": self.day, "number": counter.number}
        write = insert_into(self.connection, tables.counter).values(**key, **values)
        self.connection.execute(
            write.on_conflict_do_update(
                index_elements=[tables.counter.c.hall_id, tables.counter.c.day, tables.counter.c.number],
                set_=values,
            )
        )
        return after

    def note(self, kind: EventKind, detail: Detail | None = None) -> None:
        """Append an event about the day itself."""
        self._event(kind, detail=detail)

    def write_log(self, taken: int) -> None:
        """Write the appended events; `taken` is the `seq` up to which the day's row has been moved."""
        if not self._events:
            raise AssertionError(
                "a command that changes nothing raises NothingToDo, so that no seq is used up"
            )
        if self.seq != taken:
            self.connection.execute(
                _KEEP_SEQ, {"of_hall": self.hall_id, "of_day": self.day, "new_seq": self.seq}
            )
        rows = [{"hall_id": self.hall_id, **event_values(event)} for event in self._events]
        self.connection.execute(insert(tables.event), rows)
        announce_change(self.connection, self.hall_id)

    def _event(
        self,
        kind: EventKind,
        ticket: str | None = None,
        counter: int | None = None,
        clerk: str | None = None,
        detail: Detail | None = None,
    ) -> Event:
        command = self.command
        self.seq += 1
        event = Event(self.day, self.seq, command, self.now, kind, ticket, counter, clerk, detail)
        self._events.append(event)
        return event
