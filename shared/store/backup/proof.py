"""Whether a SQLite file is whole: its pages, its keys, its schema, and each hall's log against its tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from shared.domain.errors import StoreUnavailable
from shared.store import tables
from shared.store.audit import verify
from shared.store.backup import BackupRefused, Progress, Stage
from shared.store.engine import make_archive_engine, reading
from shared.store.faults import copying_faults_translated
from shared.store.plans import hall_ids
from shared.store.schema import require_schema

_COMPLAINTS_TOLD = 5


@dataclass(frozen=True, slots=True)
class Proof:
    """What a good backup holds."""

    halls: tuple[str, ...]
    days: int
    events: int
    tickets: int


def prove(file: Path, progress: Progress) -> Proof:
    """Open a file as a store and check all of it. The file stays as it is.

    Raises:
        StoreUnavailable: `damaged`; `no_schema` when an older version of the programs wrote it, `newer_schema`.
        BackupRefused: `no_backup`, `not_a_backup`.
    """
    if not file.is_file():
        raise BackupRefused("no_backup", f"{file}: there is no such file")
    engine = make_archive_engine(file)
    try:
        with copying_faults_translated():
            progress(Stage.CHECK, 0, 1)
            with reading(engine) as connection:
                require_whole(connection)
            require_schema(engine)
            return _verify_halls(engine, progress)
    finally:
        engine.dispose()


def require_whole(connection: Connection) -> None:
    """Check a SQLite store page by page, and every key that points from one table to another.

    Raises:
        StoreUnavailable: `damaged`.
    """
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if found != ["ok"]:
        raise StoreUnavailable("damaged", "; ".join(map(str, found[:_COMPLAINTS_TOLD])))
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        tables_named = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise StoreUnavailable(
            "damaged", f"{len(orphans)} rows belong to rows that are missing: {tables_named}"
        )


def _verify_halls(engine: Engine, progress: Progress) -> Proof:
    halls = hall_ids(engine)
    days = events = tickets = 0
    total = _days(engine)
    for hall_id in halls:
        report = verify(engine, hall_id)
        if not report.clean:
            more = f" (and {len(report.differences) - 1} more)" if len(report.differences) > 1 else ""
            raise StoreUnavailable("damaged", f"{hall_id}: {report.differences[0]}{more}")
        days, events, tickets = days + report.days, events + report.events, tickets + report.tickets
        progress(Stage.CHECK, days, total)
    return Proof(halls, days, events, tickets)


def _days(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).select_from(tables.hall_day)).scalar_one())
