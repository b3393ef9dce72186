"""What a machine has kept for the store, read from the log of its own file in the order in which it happened.

How far it was delivered is a cursor in the same file, which moves after each delivery: a machine that dies in between
delivers one entry again, under the same request id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.exc import OperationalError

from shared.domain.event import Event, EventKind
from shared.domain.snapshot import PrintJob, PrintState
from shared.store import tables
from shared.store.cursors import move_cursor
from shared.store.engine import reading, writing
from shared.store.print_jobs import TICKET_OVER
from shared.store.records import EVENT_COLUMNS, PRINT_JOB_COLUMNS, event_from_row, print_job_from_row

_POST = "delivered-"
"""How the cursors of the days are named: one a day, for something may be kept for a day that is over."""

_ASIDE = "aside-"
"""How the rows are named that remember what was set aside, one for each entry."""

_KEPT = (EventKind.ISSUED.value, EventKind.FINISHED.value)


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An event of the machine's own log that the store has not seen, and the request behind it.

    The two are None where a disk error left nothing of them that can be read: such an entry is known by its place and
    its number, and holds up no other.
    """

    day: date
    seq: int
    kind: EventKind
    number: str
    event: Event | None
    request_id: str | None


def read_kept(engine: Engine, hall_id: str) -> tuple[KeptEntry, ...]:
    """What has not been delivered, in order. A file holds what its machine ever kept: a few hundred rows a year."""
    with reading(engine) as connection:
        delivered = dict(_places(connection, hall_id, _POST))
        return _entries(connection, hall_id, lambda day, seq: seq > delivered.get(day, 0))


def read_set_aside(engine: Engine, hall_id: str) -> tuple[KeptEntry, ...]:
    """What could not be delivered and was set aside, in order."""
    with reading(engine) as connection:
        aside = set(_places(connection, hall_id, _ASIDE))
        return _entries(connection, hall_id, lambda day, seq: (day, seq) in aside)


def _places(connection: Connection, hall_id: str, names: str) -> list[tuple[date, int]]:
    cursor = tables.screen_cursor.c
    found = connection.execute(
        select(cursor.day, cursor.seq).where(
            cursor.hall_id == hall_id, cursor.screen.startswith(names, autoescape=True)
        )
    )
    return [(row.day, row.seq) for row in found]


def _entries(
    connection: Connection, hall_id: str, is_asked_for: Callable[[date, int], bool]
) -> tuple[KeptEntry, ...]:
    event = tables.event.c
    rows = connection.execute(
        select(event.day, event.seq, event.kind, event.ticket, event.command)
        .where(event.hall_id == hall_id, event.kind.in_(_KEPT))
        .order_by(event.day, event.seq)
    ).all()
    return tuple(
        KeptEntry(
            row.day,
            row.seq,
            EventKind(row.kind),
            str(row.ticket),
            _event_at(connection, hall_id, row.day, row.seq),
            _request_of(connection, hall_id, row.day, row.command),
        )
        for row in rows
        if is_asked_for(row.day, row.seq)
    )


def _event_at(connection: Connection, hall_id: str, day: date, seq: int) -> Event | None:
    """The event at a place, read by itself: SQLAlchemy gives no row of a result in which one cannot be parsed."""
    event = tables.event.c
    one = select(*EVENT_COLUMNS).where(event.hall_id == hall_id, event.day == day, event.seq == seq)
    try:
        return event_from_row(connection.execute(one).one())
    except (ValueError, TypeError):
        return None
    except OperationalError as error:
        # SQLite has a code for whatever befalls the file; bytes that are no text are found by Python's driver alone.
        if hasattr(error.orig, "sqlite_errorcode"):
            raise
        return None


def _request_of(connection: Connection, hall_id: str, day: date, command: int) -> str | None:
    request = tables.request.c
    found = connection.execute(
        select(request.request_id).where(
            request.hall_id == hall_id, request.day == day, request.command == command
        )
    ).all()
    return str(found[0].request_id) if len(found) == 1 else None


def kept_number(engine: Engine, hall_id: str, request_id: str) -> tuple[date, str] | None:
    """The day and number of the ticket that this machine issued by itself for a request."""
    event, request = tables.event.c, tables.request.c
    with reading(engine) as connection:
        row = connection.execute(
            select(event.day, event.ticket)
            .join(
                tables.request,
                (request.hall_id == event.hall_id)
                & (request.day == event.day)
                & (request.command == event.command),
            )
            .where(
                request.hall_id == hall_id,
                request.request_id == request_id,
                event.kind == EventKind.ISSUED.value,
            )
        ).one_or_none()
    return None if row is None else (row.day, row.ticket)


def note_delivered(engine: Engine, hall_id: str, entry: KeptEntry) -> None:
    """Note that an entry and all before it are in the store."""
    move_cursor(engine, hall_id, f"{_POST}{entry.day}", entry.day, entry.seq)


def set_aside(engine: Engine, hall_id: str, entry: KeptEntry) -> None:
    """Remember an entry that could not be delivered, so that it can be tried again behind the cursor."""
    move_cursor(engine, hall_id, _name_aside(entry), entry.day, entry.seq)


def forget_aside(engine: Engine, hall_id: str, entry: KeptEntry) -> None:
    """An entry that was set aside is in the store now."""
    cursor = tables.screen_cursor.c
    with writing(engine) as connection:
        connection.execute(
            delete(tables.screen_cursor).where(cursor.hall_id == hall_id, cursor.screen == _name_aside(entry))
        )


def _name_aside(entry: KeptEntry) -> str:
    return f"{_ASIDE}{entry.day}-{entry.seq}"


def hand_over_paper(engine: Engine, hall_id: str, day: date, number: str, now: datetime) -> PrintJob | None:
    """Take the latest paper of a ticket out of this machine's own queue; returns it as it was until then.

    This commit decides who prints it: before it only this machine's own desk, after it only who the store says, and a
    desk that is at the paper right now can neither end nor repeat it here. A machine that died after it is told the
    same again: what the paper was is told from what is left of the row.
    """
    job = tables.print_job.c
    of_ticket = (job.hall_id == hall_id, job.day == day, job.number == number)
    with writing(engine) as connection:
        row = connection.execute(
            select(*PRINT_JOB_COLUMNS).where(*of_ticket).order_by(job.copy.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return None
        paper = print_job_from_row(row)
        if paper.state is PrintState.REPLACED:
            return replace(paper, state=_before_handing_over(paper))
        if paper.state in (PrintState.QUEUED, PrintState.FAILED) or _is_under_way(paper):
            connection.execute(
                update(tables.print_job)
                .where(*of_ticket, job.copy == paper.copy)
                .values(state=PrintState.REPLACED.value, changed_at=now)
            )
        return paper


def _is_under_way(paper: PrintJob) -> bool:
    """Whether a desk is at it, or died at it: one whose end nobody could confirm has a cause."""
    return paper.state is PrintState.SENT and paper.cause is None


def _before_handing_over(paper: PrintJob) -> PrintState:
    """What a paper was: an attempt is counted when it is claimed, and what failed has a cause."""
    if paper.cause == TICKET_OVER:
        return PrintState.REPLACED
    if paper.cause is not None:
        return PrintState.FAILED
    return PrintState.SENT if paper.attempts else PrintState.QUEUED
