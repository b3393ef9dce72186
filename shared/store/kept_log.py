"""What a machine has kept for the store, read from the log of its own file in the order in which it happened.

How far it was delivered is a cursor in the same file, which moves after each delivery: a machine that dies in between
delivers one entry again, under the same request id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, select

from shared.domain.event import Event, EventKind
from shared.domain.snapshot import PrintJob
from shared.store import tables
from shared.store.cursors import move_cursor
from shared.store.engine import reading
from shared.store.records import EVENT_COLUMNS, PRINT_JOB_COLUMNS, event_from_row, print_job_from_row

_POST = "delivered-"
"""How the cursors of the days are named: one a day, for something may be kept for a day that is over."""

_KEPT = (EventKind.ISSUED.value, EventKind.FINISHED.value)


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An event of the machine's own log that the store has not seen, and the request behind it."""

    event: Event
    request_id: str


def read_kept(engine: Engine, hall_id: str) -> tuple[KeptEntry, ...]:
    """What has not been delivered, in order. A file holds what its machine ever kept: a few hundred rows a year."""
    event, cursor = tables.event.c, tables.screen_cursor.c
    with reading(engine) as connection:
        cursors = connection.execute(
            select(cursor.day, cursor.seq).where(
                cursor.hall_id == hall_id, cursor.screen.startswith(_POST, autoescape=True)
            )
        )
        delivered = {row.day: row.seq for row in cursors}
        rows = connection.execute(
            select(*EVENT_COLUMNS)
            .where(event.hall_id == hall_id, event.kind.in_(_KEPT))
            .order_by(event.day, event.seq)
        ).all()
        events = [found for found in map(event_from_row, rows) if found.seq > delivered.get(found.day, 0)]
        return tuple(KeptEntry(found, _request_of(connection, hall_id, found)) for found in events)


def _request_of(connection: Connection, hall_id: str, event: Event) -> str:
    request = tables.request.c
    found = connection.execute(
        select(request.request_id).where(
            request.hall_id == hall_id, request.day == event.day, request.command == event.command
        )
    )
    return str(found.scalar_one())


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
    day = entry.event.day
    move_cursor(engine, hall_id, f"{_POST}{day}", day, entry.event.seq)


def paper_of(engine: Engine, hall_id: str, day: date, number: str) -> PrintJob | None:
    """The latest paper of a ticket, whatever became of it."""
    job = tables.print_job.c
    with reading(engine) as connection:
        row = connection.execute(
            select(*PRINT_JOB_COLUMNS)
            .where(job.hall_id == hall_id, job.day == day, job.number == number)
            .order_by(job.copy.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else print_job_from_row(row)
