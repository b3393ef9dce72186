"""Print jobs as rows: a ticket is committed first and printed after, and paper is never assumed.

Jobs are not part of the day's log: paper changes nothing about the queue. A job's change is announced like any other.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Engine, bindparam, func, insert, select, text, update

from shared.domain.errors import RefusalCode, Refused
from shared.domain.snapshot import PrintJob, PrintState
from shared.store import tables
from shared.store.changes import announce_change
from shared.store.day_transaction import DayTransaction
from shared.store.engine import reading, writing
from shared.store.prepared import Prepared
from shared.store.records import PRINT_JOB_COLUMNS, print_job_from_row

TICKET_OVER = "ticket_over"
"""The cause of a paper that was given up because its ticket needs none any more."""

_INSERT_JOB = insert(tables.print_job)
_NOTE_JOB = Prepared(_INSERT_JOB, tables.print_job.c.keys())
_LET_GO = Prepared(
    update(tables.print_job)
    .where(
        tables.print_job.c.hall_id == bindparam("of_hall"),
        tables.print_job.c.day == bindparam("of_day"),
        tables.print_job.c.number == bindparam("of_number"),
        tables.print_job.c.state == PrintState.QUEUED.value,
    )
    .values(state=PrintState.REPLACED.value, changed_at=bindparam("at"))
)


def queue_first_print(tx: DayTransaction, number: str, printer: str) -> None:
    """Queue the paper of a ticket that this transaction issues."""
    tx.write(_NOTE_JOB, {"hall_id": tx.hall_id, **_new_job(tx.day, number, 1, printer, tx.now)})


def note_kept_paper(tx: DayTransaction, job: PrintJob, *, ticket_over: bool) -> None:
    """Write down the paper of a ticket that another store had issued, and that is seen to by this one from now on."""
    is_queued = job.state is PrintState.QUEUED
    state = PrintState.REPLACED if is_queued and ticket_over else job.state
    values = {
        "day": job.day,
        "number": job.number,
        "copy": job.copy,
        "printer": job.printer,
        "state": state.value,
        "cause": job.cause,
        "attempts": job.attempts,
        "queued_at": job.queued_at,
        "changed_at": job.changed_at,
    }
    tx.write(_NOTE_JOB, {"hall_id": tx.hall_id, **values})


def let_go_of_paper(tx: DayTransaction, number: str) -> None:
    """Print no paper of a ticket whose customer has another one."""
    tx.write(_LET_GO, {"of_hall": tx.hall_id, "of_day": tx.day, "of_number": number, "at": tx.now})


def queue_reprint(
    engine: Engine,
    hall_id: str,
    day: date,
    number: str,
    printer: str | None,
    seen: PrintJob | None,
    now: datetime,
) -> PrintJob | None:
    """Queue a new paper of a ticket and let go of its papers that are not known to exist.

    `printer` None is the printer of the latest paper. None when the ticket was never meant for paper, or is unknown.

    Raises:
        Refused: `stale_view`, when the job that was seen has moved on: a printer that is well again may be at it.
    """
    of_ticket = (
        tables.print_job.c.hall_id == hall_id,
        tables.print_job.c.day == day,
        tables.print_job.c.number == number,
    )
    with writing(engine) as connection:
        latest = connection.execute(
            select(*PRINT_JOB_COLUMNS).where(*of_ticket).order_by(tables.print_job.c.copy.desc()).limit(1)
        ).one_or_none()
        if seen is not None and (latest is None or print_job_from_row(latest) != seen):
            message = f"the paper of {number} has moved on since it was shown"
            raise Refused(RefusalCode.STALE_VIEW, message)
        target = printer or (None if latest is None else latest.printer)
        known = connection.execute(
            select(tables.ticket.c.number).where(
                tables.ticket.c.hall_id == hall_id,
                tables.ticket.c.day == day,
                tables.ticket.c.number == number,
            )
        ).scalar_one_or_none()
        if target is None or known is None:
            return None
        connection.execute(
            update(tables.print_job)
            .where(*of_ticket, text(tables.UNPRINTED_SQL))
            .values(state=PrintState.REPLACED.value, changed_at=now)
        )
        copies = connection.execute(select(func.max(tables.print_job.c.copy)).where(*of_ticket)).scalar_one()
        values = _new_job(day, number, (copies or 0) + 1, target, now)
        row = connection.execute(
            _INSERT_JOB.returning(*PRINT_JOB_COLUMNS), {"hall_id": hall_id, **values}
        ).one()
        announce_change(connection, hall_id)
        return print_job_from_row(row)


def move_job(
    engine: Engine,
    hall_id: str,
    job: PrintJob,
    allowed_from: Collection[PrintState],
    to: PrintState,
    cause: str | None,
    now: datetime,
) -> bool:
    """Move a job to another state, if it still is in one of the expected ones; tells whether it was.

    Of two programs that pick up the same job one is told no: nothing is printed twice.
    """
    with writing(engine) as connection:
        moved = connection.execute(
            update(tables.print_job)
            .where(
                tables.print_job.c.hall_id == hall_id,
                tables.print_job.c.day == job.day,
                tables.print_job.c.number == job.number,
                tables.print_job.c.copy == job.copy,
                tables.print_job.c.state.in_([state.value for state in allowed_from]),
            )
            .values(
                state=to.value,
                cause=cause,
                attempts=tables.print_job.c.attempts + int(to is PrintState.SENT and to not in allowed_from),
                changed_at=now,
            )
        )
        if moved.rowcount:
            announce_change(connection, hall_id)
        return bool(moved.rowcount)


def read_jobs(engine: Engine, hall_id: str, printer: str | None, day: date) -> tuple[PrintJob, ...]:
    """The day's jobs that are not known to be on paper, oldest first; of one printer or of all."""
    return _read(engine, hall_id, printer, day, tables.UNPRINTED_SQL)


def read_jobs_to_print(engine: Engine, hall_id: str, printer: str, day: date) -> tuple[PrintJob, ...]:
    """The day's jobs of a printer that were not sent to it, or of which nothing came, oldest first."""
    return _read(engine, hall_id, printer, day, tables.TO_PRINT_SQL)


def _read(
    engine: Engine, hall_id: str, printer: str | None, day: date, condition: str
) -> tuple[PrintJob, ...]:
    jobs = select(*PRINT_JOB_COLUMNS).where(
        tables.print_job.c.hall_id == hall_id, tables.print_job.c.day == day, text(condition)
    )
    if printer is not None:
        jobs = jobs.where(tables.print_job.c.printer == printer)
    ordered = jobs.order_by(tables.print_job.c.queued_at, tables.print_job.c.number, tables.print_job.c.copy)
    with reading(engine) as connection:
        return tuple(map(print_job_from_row, connection.execute(ordered)))


def _new_job(day: date, number: str, copy: int, printer: str, now: datetime) -> dict[str, object]:
    return {
        "day": day,
        "number": number,
        "copy": copy,
        "printer": printer,
        "state": PrintState.QUEUED.value,
        "cause": None,
        "attempts": 0,
        "queued_at": now,
        "changed_at": now,
    }
