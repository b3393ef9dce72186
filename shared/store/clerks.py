"""The clerks (营业员) of a hall: badge numbers, roles and the hashes of their PINs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, update

from shared.store import tables
from shared.store.engine import reading, writing
from shared.store.upserts import insert_into


@dataclass(frozen=True, slots=True)
class ClerkRecord:
    """A clerk as stored. `pin_hash` is argon2's own text; `failures` counts wrong PINs since the last right one."""

    badge: str
    name: str
    role: str
    pin_hash: str
    active: bool
    failures: int
    locked_until: datetime | None


def store_clerk(engine: Engine, hall_id: str, record: ClerkRecord) -> None:
    """Add a clerk, or replace what is stored under the badge number."""
    key = {"hall_id": hall_id, "badge": record.badge}
    values = {
        "name": record.name,
        "role": record.role,
        "pin_hash": record.pin_hash,
        "active": record.active,
        "failures": record.failures,
        "locked_until": record.locked_until,
    }
    with writing(engine) as connection:
        write = insert_into(connection, tables.clerk).values(**key, **values)
        connection.execute(
            write.on_conflict_do_update(
                index_elements=[tables.clerk.c.hall_id, tables.clerk.c.badge], set_=values
            )
        )


def read_clerk(engine: Engine, hall_id: str, badge: str) -> ClerkRecord | None:
    """The clerk with this badge number."""
    with reading(engine) as connection:
        row = connection.execute(
            select(tables.clerk).where(tables.clerk.c.hall_id == hall_id, tables.clerk.c.badge == badge)
        ).one_or_none()
    if row is None:
        return None
    return ClerkRecord(
        row.badge, row.name, row.role, row.pin_hash, row.active, row.failures, row.locked_until
    )


def read_clerks(engine: Engine, hall_id: str) -> tuple[ClerkRecord, ...]:
    """All clerks of a hall by badge number."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(tables.clerk).where(tables.clerk.c.hall_id == hall_id).order_by(tables.clerk.c.badge)
        ).all()
    return tuple(
        ClerkRecord(row.badge, row.name, row.role, row.pin_hash, row.active, row.failures, row.locked_until)
        for row in rows
    )


def count_failure(engine: Engine, hall_id: str, badge: str, most: int, locked_until: datetime) -> None:
    """Count a wrong PIN; every `most`-th locks the badge until the given moment."""
    of_clerk = (tables.clerk.c.hall_id == hall_id, tables.clerk.c.badge == badge)
    with writing(engine) as connection:
        failures = connection.execute(
            update(tables.clerk)
            .where(*of_clerk)
            .values(failures=tables.clerk.c.failures + 1)
            .returning(tables.clerk.c.failures)
        ).scalar_one()
        if failures % most == 0:
            connection.execute(update(tables.clerk).where(*of_clerk).values(locked_until=locked_until))


def clear_failures(engine: Engine, hall_id: str, badge: str) -> None:
    """Forget the wrong PINs of a badge number after a right one."""
    with writing(engine) as connection:
        connection.execute(
            update(tables.clerk)
            .where(tables.clerk.c.hall_id == hall_id, tables.clerk.c.badge == badge)
            .values(failures=0, locked_until=None)
        )
