"""Moving days that are long over into another store of the same schema; destroying days that may be kept no longer.

A day is copied whole in one transaction, compared row by row and replayed in its new place, and only then deleted,
whole, in one transaction. So an end by force at any moment leaves each day in one of the two stores or in both, and the
next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Engine,
    Row,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from shared.domain.errors import StoreUnavailable
from shared.store import tables
from shared.store.audit import verify_day
from shared.store.backup.copying import unhurried
from shared.store.engine import make_engine, reading, writing
from shared.store.faults import copying_faults_translated
from shared.store.plans import plan_version
from shared.store.schema import require_schema, upgrade
from shared.store.upserts import insert_into

FEWEST_DAYS_KEPT: Final = 28
"""The forecast of waits learns from so many days, so they stay with the hall."""

FORGOTTEN: Final = (tables.lease,)
"""What belongs to a day but says nothing about it once it is over: deleted with the day, and not archived."""

_ROWS_AT_ONCE = 2000


class SameStore(Exception):
    """The archive named is the hall's own store: whatever is there already would count as archived, and be deleted."""


@dataclass(frozen=True, slots=True)
class DayGone:
    """A business day that left a store, and how many tickets it had."""

    day: date
    tickets: int


DayHeard = Callable[[DayGone], None]


def day_tables() -> tuple[Table, ...]:
    """The tables that hold a business day, parents first: the day's own, and every table whose rows belong to it."""
    found: list[Table] = [tables.hall_day]
    for table in tables.metadata.sorted_tables:
        if table not in found and any(key.referred_table in found for key in table.foreign_key_constraints):
            found.append(table)
    return tuple(found)


def archive_days(
    database_url: str, archive_url: str, hall_id: str, before: date, on_day: DayHeard
) -> tuple[DayGone, ...]:
    """Move a hall's closed days before a date into an archive, the oldest first; `on_day` hears of each.

    Raises:
        Refused: `unknown_hall`.
        SameStore: the two are one; nothing was done.
        StoreUnavailable: a store cannot answer now; `damaged`, when a day is not the same in both: it stays in both.
    """
    with _opened(database_url) as source, _opened(archive_url) as archive:
        require_schema(source)
        plan_version(source, hall_id)
        upgrade(archive)
        if _place(source) == _place(archive):
            raise SameStore
        gone = []
        for day in _closed_days(source, hall_id, before):
            moved = _archive_day(source, archive, hall_id, day)
            if moved is not None:
                gone.append(moved)
                on_day(moved)
        return tuple(gone)


def destroy_days(database_url: str, hall_id: str, before: date, on_day: DayHeard) -> tuple[DayGone, ...]:
    """Delete a hall's closed days before a date for good, the oldest first; SQLite's file is written anew without them.

    Raises:
        Refused: `unknown_hall`.
        StoreUnavailable: the store cannot answer now.
    """
    with _opened(database_url) as engine:
        require_schema(engine)
        plan_version(engine, hall_id)
        gone = []
        for day in _closed_days(engine, hall_id, before):
            with reading(engine) as connection:
                seq = _length(connection, hall_id, day)
            destroyed = _delete_day(engine, hall_id, day, seq)
            if destroyed is not None:
                gone.append(destroyed)
                on_day(destroyed)
        if gone and engine.dialect.name == "sqlite":
            _write_anew(engine)
        return tuple(gone)


@contextmanager
def _opened(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _place(engine: Engine) -> tuple[object, ...]:
    """What two addresses of one store have in common, however they are written."""
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            asked = select(func.pg_postmaster_start_time(), func.current_database())
            return tuple(connection.execute(asked).one())
        # Where the schema was just made, the connection also has a database of its own for what is temporary.
        listed = {row.name: row.file for row in connection.exec_driver_sql("PRAGMA database_list")}
        file = Path(listed["main"])
    return file.stat().st_dev, file.stat().st_ino


def _closed_days(engine: Engine, hall_id: str, before: date) -> list[date]:
    of_hall = select(tables.hall_day.c.day).where(
        tables.hall_day.c.hall_id == hall_id,
        tables.hall_day.c.day < before,
        tables.hall_day.c.closed_at.is_not(None),
    )
    with reading(engine) as connection:
        return list(connection.execute(of_hall.order_by(tables.hall_day.c.day)).scalars())


def _archive_day(source: Engine, archive: Engine, hall_id: str, day: date) -> DayGone | None:
    with reading(source) as origin:
        unhurried(origin)
        seq = _length(origin, hall_id, day)
        if seq is None:
            return None
        with writing(archive) as copy:
            unhurried(copy)
            _copy_hall(origin, copy, hall_id)
            if _length(copy, hall_id, day) is None:
                for table in day_tables():
                    _copy_rows(origin, copy, table, hall_id, day)
        # In a transaction of its own: what is compared is what was committed.
        with reading(archive) as copy:
            unhurried(copy)
            _require_same(origin, copy, hall_id, day)
    return _delete_day(source, hall_id, day, seq)


def _copy_hall(origin: Connection, copy: Connection, hall_id: str) -> None:
    """The hall and all versions of its plan; whoever comes second to the same archive waits here for the first."""
    hall = origin.execute(select(tables.hall).where(tables.hall.c.hall_id == hall_id)).one()
    copy.execute(insert_into(copy, tables.hall).values(**hall._mapping).on_conflict_do_nothing())
    copy.execute(
        update(tables.hall).where(tables.hall.c.hall_id == hall_id).values(plan_version=hall.plan_version)
    )
    for plan in origin.execute(select(tables.hall_plan).where(tables.hall_plan.c.hall_id == hall_id)):
        copy.execute(insert_into(copy, tables.hall_plan).values(**plan._mapping).on_conflict_do_nothing())


def _copy_rows(origin: Connection, copy: Connection, table: Table, hall_id: str, day: date) -> None:
    with _rows(origin, table, hall_id, day) as rows:
        for part in rows.partitions(_ROWS_AT_ONCE):
            copy.execute(insert(table), [dict(row._mapping) for row in part])


def _require_same(origin: Connection, copy: Connection, hall_id: str, day: date) -> None:
    for table in day_tables():
        with _rows(origin, table, hall_id, day) as mine, _rows(copy, table, hall_id, day) as theirs:
            same = all(_values(one) == _values(other) for one, other in zip_longest(mine, theirs))
        if not same:
            message = (
                f"{hall_id} {day}: the archive holds another {table.name} than the hall; nothing was deleted"
            )
            raise StoreUnavailable("damaged", message)
    differences = verify_day(copy, hall_id, day).differences
    if differences:
        raise StoreUnavailable("damaged", f"{hall_id} {day}: {differences[0]}; nothing was deleted")


def _delete_day(engine: Engine, hall_id: str, day: date, seq: int | None) -> DayGone | None:
    """Delete a closed day whose log has this length; None when it is not, or no longer, there as such."""
    with writing(engine) as connection:
        unhurried(connection)
        if engine.dialect.name == "sqlite":
            # Freed pages are overwritten: what is deleted cannot be read from the file.
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        of_day = (tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day)
        as_it_was = (tables.hall_day.c.seq == seq, tables.hall_day.c.closed_at.is_not(None))
        taken = update(tables.hall_day).where(*of_day, *as_it_was).values(seq=tables.hall_day.c.seq)
        if connection.execute(taken).rowcount != 1:
            return None
        counted = select(func.count()).where(*_of_day(tables.ticket, hall_id, day))
        tickets = int(connection.execute(counted).scalar_one())
        for table in (*FORGOTTEN, *reversed(day_tables())):
            connection.execute(delete(table).where(*_of_day(table, hall_id, day)))
        return DayGone(day, tickets)


def _write_anew(engine: Engine) -> None:
    # Below SQLAlchemy, which would begin a transaction; a file is not written anew within one.
    connection = engine.raw_connection()
    try:
        with copying_faults_translated():
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
    finally:
        connection.close()


def _length(connection: Connection, hall_id: str, day: date) -> int | None:
    of_day = _of_day(tables.hall_day, hall_id, day)
    found: int | None = connection.execute(select(tables.hall_day.c.seq).where(*of_day)).scalar_one_or_none()
    return found


def _rows(connection: Connection, table: Table, hall_id: str, day: date) -> CursorResult[Any]:
    rows = select(table).where(*_of_day(table, hall_id, day)).order_by(*table.primary_key.columns)
    return connection.execute(rows.execution_options(yield_per=_ROWS_AT_ONCE))


def _values(row: Row[Any] | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row)


def _of_day(table: Table, hall_id: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return table.c.hall_id == hall_id, table.c.day == day
