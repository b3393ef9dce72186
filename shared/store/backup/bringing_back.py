"""Bringing a backup back, into a file or a server: proved first, whole or not at all, and what was there is kept."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url, select, text

from shared.domain.errors import StoreUnavailable
from shared.store import tables
from shared.store.backup import BackupRefused, Progress, Stage, no_progress
from shared.store.backup.copying import copy_rows, empty, see_all_rows, settle, unhurried
from shared.store.backup.files import (
    KEPT_ASIDE,
    drop_sides,
    flush,
    flush_folder,
    put_aside,
    unfinished,
)
from shared.store.backup.making import make_backup
from shared.store.backup.proof import Proof, prove
from shared.store.changes import announce_change
from shared.store.engine import make_archive_engine, make_engine, reading, writing
from shared.store.faults import copying_faults_translated
from shared.store.plans import hall_ids
from shared.store.schema import take_schema_lock, upgrade

_PATIENCE_WITH_PROGRAMS_S = 2.0


@dataclass(frozen=True, slots=True)
class Restored:
    """A store as it was; `kept` is where what was there before is kept, None when nothing was."""

    proof: Proof
    kept: Path | None


def bring_back(
    backup: Path,
    database_url: str,
    moment: datetime,
    *,
    replace: bool,
    keep_in: Path,
    progress: Progress = no_progress,
    amend: Callable[[Engine], None] = lambda _engine: None,
) -> Restored:
    """Make a store what it was at a backup; one that an older version made is brought up to date first.

    `amend` may change the copy before it is proved and takes its place.

    A store that holds something is only replaced on request, and its content is kept: a file beside itself, a
    server's as a backup in `keep_in`.

    Raises:
        BackupRefused: `no_backup`, `not_a_backup`, `not_empty`, `in_use`.
        StoreUnavailable: the store cannot answer now; `damaged`, when the backup is; `newer_schema`.
    """
    engine = make_engine(database_url)
    name = make_url(database_url).database or ""
    folder = Path(name).absolute().parent if engine.dialect.name == "sqlite" else keep_in
    try:
        with unfinished(folder) as scratch, copying_faults_translated():
            _copy_up_to_date(backup, scratch, amend)
            proof = prove(scratch, progress)
            if engine.dialect.name == "sqlite":
                return Restored(proof, _into_file(scratch, Path(name), moment, replace=replace))
            return Restored(proof, _into_server(scratch, engine, moment, keep_in, progress, replace=replace))
    finally:
        engine.dispose()


def _copy_up_to_date(backup: Path, scratch: Path, amend: Callable[[Engine], None]) -> None:
    """A copy of a backup with the schema of these programs; the backup stays as it is."""
    if not backup.is_file():
        raise BackupRefused("no_backup", f"{backup}: there is no such file")
    with backup.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise BackupRefused("not_a_backup", f"{backup} is no backup of Jiaohao")
    shutil.copyfile(backup, scratch)
    engine = make_engine(f"sqlite:///{scratch}")
    try:
        with reading(engine) as connection:
            known = connection.exec_driver_sql(
                "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('alembic_version', 'hall')"
            ).scalar_one()
        if known != 2:
            raise BackupRefused("not_a_backup", f"{backup} is no backup of Jiaohao")
        upgrade(engine)
        amend(engine)
    finally:
        engine.dispose()
    settle(scratch)


def _into_file(scratch: Path, target: Path, moment: datetime, *, replace: bool) -> Path | None:
    occupied = _holds_something(target)
    if occupied and not replace:
        raise BackupRefused("not_empty", f"{target} holds something already")
    flush(scratch)
    if target.exists():
        _require_unused(target)
    aside = put_aside(target, moment) if occupied else None
    drop_sides(target)
    scratch.replace(target)
    flush_folder(target.absolute().parent)
    return aside


def _holds_something(target: Path) -> bool:
    """Whether there is anything to lose; a store that holds no hall yet is empty, a file of another kind is not."""
    if not target.exists() or target.stat().st_size == 0:
        return False
    engine = make_archive_engine(target)
    try:
        return bool(hall_ids(engine))
    except StoreUnavailable:
        return True
    finally:
        engine.dispose()


def _require_unused(target: Path) -> None:
    """A program that has the file open would go on writing into the one put aside."""
    with closing(sqlite3.connect(target, timeout=_PATIENCE_WITH_PROGRAMS_S)) as connection:
        try:
            # Leaving WAL needs the file for oneself alone, and takes the rest of `-wal` into the file.
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise BackupRefused("in_use", f"{target}: a program has it open") from error
            # A damaged file cannot be asked; its place is taken all the same.


def _into_server(
    scratch: Path, engine: Engine, moment: datetime, keep_in: Path, progress: Progress, *, replace: bool
) -> Path | None:
    upgrade(engine)
    archive = make_archive_engine(scratch)
    try:
        with reading(archive) as source, writing(engine) as target:
            unhurried(target)
            see_all_rows(target)
            take_schema_lock(target)
            _stop_writers(target)
            occupied = bool(hall_ids(engine))
            if occupied and not replace:
                raise BackupRefused("not_empty", "the database holds a hall already")
            kept = None
            if occupied:
                progress(Stage.KEEP_ASIDE, 0, 1)
                url = engine.url.render_as_string(hide_password=False)
                kept = make_backup(url, keep_in, moment, progress, begins=KEPT_ASIDE).path
            empty(target)
            copy_rows(source, target, progress, Stage.BRING_BACK)
            for hall_id in target.execute(select(tables.hall.c.hall_id)).scalars().all():
                announce_change(target, hall_id)
    finally:
        archive.dispose()
    return kept


def _stop_writers(connection: Connection) -> None:
    """Nothing may be written between the keeping of the old content and its replacement; screens go on reading."""
    names = ", ".join(f'"{table.name}"' for table in tables.metadata.sorted_tables)
    connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
