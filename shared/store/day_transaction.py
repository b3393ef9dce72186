"""One short transaction that changes a hall: it takes the day's row first, and writes events last.

The lock on the day's row (on SQLite the write lock of the file) puts a hall's changes in one order, so that a double
call, a duplicate number or a lost update cannot happen; halls run in parallel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Engine, Integer, Table, bindparam, insert, update

from shared.domain.clock import Clock, StoreClock
from shared.domain.counter import CounterState
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import evolve_counter, evolve_ticket
from shared.domain.numbering import ticket_number
from shared.domain.ticket import Ticket
from shared.store import tables
from shared.store.changes import announce_change
from shared.store.day_lock import Request, take_day
from shared.store.day_questions import DayQuestions, Foresight
from shared.store.day_reader import DayReader, IssueOutlook, outlook_from_rows
from shared.store.engine import committed_together, writing
from shared.store.prepared import Prepared, Question, Values, ask
from shared.store.records import event_values, ticket_values
from shared.store.upserts import upsert

_KEEP_SEQ = Prepared(
    update(tables.hall_day)
    .where(
        tables.hall_day.c.hall_id == bindparam("of_hall"),
        tables.hall_day.c.day == bindparam("of_day"),
    )
    .values(seq=bindparam("new_seq"))
)
_SKIP = Prepared(
    update(tables.hall_day)
    .where(
        tables.hall_day.c.hall_id == bindparam("of_hall"),
        tables.hall_day.c.day == bindparam("of_day"),
    )
    .values(numbers_skipped=tables.hall_day.c.numbers_skipped + bindparam("skipped", type_=Integer))
)
_INSERT_TICKET = Prepared(insert(tables.ticket), tables.ticket.c.keys())
_INSERT_EVENT = Prepared(insert(tables.event), tables.event.c.keys())


class NothingToDo(Exception):
    """Raised inside a transaction to leave it with nothing changed, not even a `seq` used."""


@contextmanager
def day_transaction(
    engine: Engine,
    hall_id: str,
    day: date,
    clock: Clock,
    request: Request | None = None,
    foresight: Foresight = lambda _day, _now: (),
) -> Iterator[DayTransaction]:
    """Change one hall on one open business day, as the answer to a request if one is given.

    Where the store has a clock of its own, a `StoreClock` is set right by it, and the events carry the store's moment.
    What the foresight names is asked on the way on PostgreSQL; it may be wrong, for what it missed is asked later. By a
    clock that is neither the store's nor stands still, what depends on the moment is always missed.

    Raises:
        DayNotOpen: open the day first (`shared.store.days.open_day`).
        RequestAnswered: the request was carried out before.
        StoreUnavailable: the store cannot answer now.
    """
    with writing(engine) as connection:
        foreseen: Sequence[Question] = ()
        if connection.dialect.name == "postgresql":
            now = None if isinstance(clock, StoreClock) else clock.now()
            foreseen = foresight(DayQuestions(hall_id, day), now)
        taken = take_day(connection, hall_id, day, request, foreseen)
        now = clock.now()
        if taken.by_server is not None and isinstance(clock, StoreClock):
            now = clock.note(taken.by_server)
        transaction = DayTransaction(
            connection, hall_id, day, now, taken.seq - 1, taken.plan_version, by_server=now == taken.by_server
        )
        if foreseen:
            transaction.know(foreseen, taken.answers)
        yield transaction
        # The last writes and the COMMIT travel together: the hall's other commands wait for nothing but the disk.
        with committed_together(connection):
            transaction.write_log(taken=taken.seq)


@dataclass(slots=True)
class DayTransaction(DayReader):
    """A transaction that holds a hall's day.

    `seq` is the last `seq` given out; `by_server` says that `now` is the moment at which PostgreSQL gave it the day.
    Every change appends an event, which evolves the ticket or counter by the domain's rule. What is to be written is
    kept until the end, or until a read that must see it.
    """

    now: datetime
    seq: int
    plan_version: int
    by_server: bool = False
    _events: list[Event] = field(default_factory=list)
    _writes: list[Question] = field(default_factory=list)
    _known: list[tuple[Question, list[Any]]] = field(default_factory=list)

    @property
    def command(self) -> int:
        """The `seq` of the first event of this command."""
        return self._events[0].seq if self._events else self.seq + 1

    def read(self, *questions: Question) -> list[list[Any]]:
        """The rows that answer each question about the day as this command has left it so far."""
        if self._writes:
            self._send_writes()
            self._known.clear()
        answers = [self._known_rows(question) for question in questions]
        unknown = [question for question, rows in zip(questions, answers, strict=True) if rows is None]
        asked = iter(ask(self.connection, unknown) if unknown else ())
        return [next(asked) if rows is None else rows for rows in answers]

    def issue_outlook(self, services: Iterable[str], due: datetime, prefix: str) -> IssueOutlook:
        """What a ticket with this prefix that is due then finds; by the server's own moment, if that is this one's."""
        if not self.by_server:
            return DayReader.issue_outlook(self, services, due, prefix)
        asked = DayQuestions(self.hall_id, self.day).outlook_on_taking(services, due - self.now, prefix)
        return outlook_from_rows(*self.read(*asked))

    def know(self, questions: Sequence[Question], answers: Sequence[list[Any]]) -> None:
        """Keep what was asked when the day was taken, until `write` or a change of this transaction makes it old.

        What is written past them, through the connection, does not: it must touch nothing that was asked.
        """
        self._known.extend(zip(questions, answers, strict=True))

    def write(self, statement: Prepared, values: Values) -> None:
        """Keep a write whose result nobody needs, to send it with the others."""
        self._writes.append(Question(statement, values))

    def issue(self, prefix: str, last_ordinal: int, detail: Detail, *, highest: int = 0) -> Ticket:
        """Issue the next ticket of a prefix; `detail` is the `issued` event's, without prefix and ordinal.

        `last_ordinal` is what `issue_outlook` of this transaction told. `highest` is for a ticket that comes after
        later ones of its series: the highest ordinal that was given of it.
        """
        ordinal = last_ordinal + 1
        event = self._event(
            EventKind.ISSUED,
            ticket_number(prefix, ordinal),
            detail={**detail, "prefix": prefix, "ordinal": ordinal},
        )
        ticket = evolve_ticket(None, event)
        of_day = {"hall_id": self.hall_id, "day": self.day}
        self.write(
            _upsert(self.connection.dialect.name, tables.series),
            {**of_day, "prefix": prefix, "last_ordinal": max(ordinal, highest)},
        )
        self.write(_INSERT_TICKET, {"hall_id": self.hall_id, **ticket_values(ticket)})
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
            self.write(_update_ticket(tuple(changed)), key | changed)
        return after

    def change_counter(
        self, counter: CounterState, kind: EventKind, clerk: str | None = None, detail: Detail | None = None
    ) -> CounterState:
        """Append an event about a counter and write what the rules make of the counter."""
        after = evolve_counter(counter, self._event(kind, None, counter.number, clerk, detail))
        values = {
            "hall_id": self.hall_id,
            "day": self.day,
            "number": counter.number,
            "status": after.status.value,
            "reason": after.reason,
            "clerk": after.clerk,
            "since": after.since,
        }
        self.write(_upsert(self.connection.dialect.name, tables.counter), values)
        return after

    def note(self, kind: EventKind, detail: Detail | None = None) -> None:
        """Append an event about the day itself."""
        self._event(kind, detail=detail)

    def skip_numbers(self, after: Mapping[str, int]) -> None:
        """Go on above these ordinals, by prefix: who holds a number up to there is not known."""
        skipped = 0
        for prefix, ordinal in after.items():
            skipped += ordinal - self.last_ordinal(prefix)
            self.write(
                _upsert(self.connection.dialect.name, tables.series),
                {"hall_id": self.hall_id, "day": self.day, "prefix": prefix, "last_ordinal": ordinal},
            )
        self.write(_SKIP, {"of_hall": self.hall_id, "of_day": self.day, "skipped": skipped})
        self._event(EventKind.NUMBERS_SKIPPED, detail={"after": dict(after)})

    def write_log(self, taken: int) -> None:
        """Send all writes and the appended events; `taken` is the `seq` up to which the day's row has been moved."""
        if not self._events:
            raise AssertionError(
                "a command that changes nothing raises NothingToDo, so that no seq is used up"
            )
        self._send_writes()
        if self.seq != taken:
            values = {"of_hall": self.hall_id, "of_day": self.day, "new_seq": self.seq}
            _KEEP_SEQ.send(self.connection, values)
        for event in self._events:
            _INSERT_EVENT.send(self.connection, {"hall_id": self.hall_id, **event_values(event)})
        announce_change(self.connection, self.hall_id)

    def _known_rows(self, question: Question) -> list[Any] | None:
        return next((rows for asked, rows in self._known if asked == question), None)

    def _send_writes(self) -> None:
        for statement, values in self._writes:
            statement.send(self.connection, values)
        self._writes.clear()

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


@cache
def _upsert(dialect: str, table: Table) -> Prepared:
    return Prepared(upsert(dialect, table), table.c.keys())


@cache
def _update_ticket(columns: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(tables.ticket)
        .where(
            tables.ticket.c.hall_id == bindparam("of_hall"),
            tables.ticket.c.day == bindparam("of_day"),
            tables.ticket.c.number == bindparam("of_number"),
        )
        .values({column: bindparam(column) for column in columns})
    )
