"""Everything that a screen shows of a hall, asked for at once: on PostgreSQL in one round trip, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, any_, bindparam, func, select, text

from shared.domain.counter import CounterState
from shared.domain.snapshot import PrintJob, PrintState
from shared.domain.ticket import Ticket
from shared.store import tables
from shared.store.days import OPEN_DAYS
from shared.store.plans import PLAN_VERSION, require_known
from shared.store.prepared import Prepared, Question, ask
from shared.store.records import (
    PRINT_JOB_COLUMNS,
    TICKET_COLUMNS,
    counter_from_row,
    print_job_from_row,
    ticket_from_row,
)

CALLS_SHOWN = 12

_day, _ticket, _counter, _job = (
    table.c for table in (tables.hall_day, tables.ticket, tables.counter, tables.print_job)
)
_TICKETS = select(*TICKET_COLUMNS).where(
    _ticket.hall_id == bindparam("of_hall"), _ticket.day == bindparam("of_day")
)
_LATEST_CALLS = _ticket.called_seq.desc()

SEQ = Prepared(select(_day.seq).where(_day.hall_id == bindparam("of_hall"), _day.day == bindparam("of_day")))
WAITING = Prepared(_TICKETS.where(text(tables.WAITING_SQL)))
_ASIDE = Prepared(_TICKETS.where(text(tables.ASIDE_SQL)))
_AT_COUNTER = Prepared(_TICKETS.where(text(tables.AT_COUNTER_SQL)))
_CALLS = Prepared(_TICKETS.where(text(tables.CALLED_SQL)).order_by(_LATEST_CALLS).limit(CALLS_SHOWN))
_COUNTERS = Prepared(
    select(tables.counter).where(
        _counter.hall_id == bindparam("of_hall"), _counter.day == bindparam("of_day")
    )
)
_JOBS = select(*PRINT_JOB_COLUMNS).where(
    _job.hall_id == bindparam("of_hall"), _job.day == bindparam("of_day")
)
_TO_PRINT = Prepared(_JOBS.where(text(tables.TO_PRINT_SQL)))


def _unconfirmed(whose: str) -> Prepared:
    """The papers that nobody confirmed, of such tickets alone: of a printer that never confirms they are the day's.

    PostgreSQL is given the numbers first. It takes a day to have a handful of papers, and would compare each of them
    with each of the tickets.
    """
    of_them = select(_ticket.number).where(
        _ticket.hall_id == bindparam("of_hall"), _ticket.day == bindparam("of_day"), text(whose)
    )
    unconfirmed = _JOBS.where(_job.state == PrintState.SENT.value)
    numbers = func.array(of_them.scalar_subquery())
    return Prepared(
        unconfirmed.where(_job.number.in_(of_them)),
        on_postgresql=unconfirmed.where(_job.number == any_(numbers)),
    )


_UNCONFIRMED_WAITING, _UNCONFIRMED_ASIDE = map(_unconfirmed, (tables.WAITING_SQL, tables.ASIDE_SQL))
_OF_DAY = (
    SEQ,
    WAITING,
    _ASIDE,
    _AT_COUNTER,
    _COUNTERS,
    _CALLS,
    _TO_PRINT,
    _UNCONFIRMED_WAITING,
    _UNCONFIRMED_ASIDE,
)


@dataclass(frozen=True, slots=True)
class DayPicture:
    """A hall on a business day. Tickets come in no order, except the latest calls: the newest first."""

    plan_version: int
    day: date
    seq: int
    waiting: list[Ticket]
    aside: list[Ticket]
    at_counter: list[Ticket]
    counters: dict[int, CounterState]
    calls: list[Ticket]
    unprinted: tuple[PrintJob, ...]


def read_picture(
    connection: Connection, hall_id: str, guess: date | None, day_of: Callable[[date | None], date]
) -> DayPicture:
    """The hall's picture; a day that nobody has opened yet is empty, with `seq` 0.

    `day_of` tells the business day from the latest one that is open. `guess` is what it will probably tell: where it
    is right, nothing has to be asked twice.

    Raises:
        Refused: `unknown_hall`.
    """
    of_hall = {"of_hall": hall_id}
    first = [Question(OPEN_DAYS, of_hall), Question(PLAN_VERSION, of_hall)]
    guessed = [] if guess is None else _questions(hall_id, guess)
    open_days, versions, *answers = ask(connection, [*first, *guessed])
    version = require_known(hall_id, versions)
    day = day_of(max((row.day for row in open_days), default=None))
    if day != guess:
        answers = ask(connection, _questions(hall_id, day))
    return _picture(version, day, *answers)


def read_counters(connection: Connection, hall_id: str, day: date) -> dict[int, CounterState]:
    """The state of each counter that was touched on this day."""
    rows = _COUNTERS.rows(connection, {"of_hall": hall_id, "of_day": day})
    return {row.number: counter_from_row(row) for row in rows}


def _questions(hall_id: str, day: date) -> list[Question]:
    return [Question(statement, {"of_hall": hall_id, "of_day": day}) for statement in _OF_DAY]


def _picture(version: int, day: date, *answers: list[Any]) -> DayPicture:
    seq, waiting, aside, at_counter, counters, calls, *papers = answers
    unprinted = [print_job_from_row(row) for rows in papers for row in rows]
    return DayPicture(
        plan_version=version,
        day=day,
        seq=seq[0].seq if seq else 0,
        waiting=list(map(ticket_from_row, waiting)),
        aside=list(map(ticket_from_row, aside)),
        at_counter=list(map(ticket_from_row, at_counter)),
        counters={row.number: counter_from_row(row) for row in counters},
        calls=list(map(ticket_from_row, calls)),
        unprinted=tuple(sorted(unprinted, key=lambda job: (job.queued_at, job.number))),
    )
