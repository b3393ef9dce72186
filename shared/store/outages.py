"""Outages as rows: when a machine was without the store, and what it delivered afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, select

from shared.domain.standby import Outage
from shared.store import tables
from shared.store.changes import announce_change
from shared.store.engine import reading, writing
from shared.store.upserts import upsert

_outage = tables.outage.c
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    _outage.machine,
    _outage.since,
    _outage.until,
    _outage.tickets,
    _outage.finished,
    _outage.trouble,
)

_ASIDE = "!"
"""Before the number of what was set aside, among those that are trouble."""


def write_outage(connection: Connection, hall_id: str, outage: Outage) -> None:
    """Write an outage as it stands, in place of what was written of it before."""
    values = {
        "hall_id": hall_id,
        "machine": outage.machine,
        "since": outage.since,
        "until": outage.until,
        "tickets": outage.tickets,
        "finished": outage.finished,
        "trouble": " ".join([*outage.trouble, *(f"{_ASIDE}{number}" for number in outage.set_aside)]),
    }
    connection.execute(upsert(connection.dialect.name, tables.outage), values)


def keep_outage(engine: Engine, hall_id: str, outage: Outage) -> None:
    """Write an outage in a transaction of its own, and tell the screens."""
    with writing(engine) as connection:
        write_outage(connection, hall_id, outage)
        announce_change(connection, hall_id)


def begin_delivery(engine: Engine, hall_id: str, outage: Outage, day: date) -> None:
    """Write an outage down as one whose things are being delivered to a day, which must be free to be written, too.

    Raises:
        StoreUnavailable: the store, or this day, cannot be written now.
    """
    hall_day = tables.hall_day.c
    with writing(engine) as connection:
        connection.execute(
            select(hall_day.seq).where(hall_day.hall_id == hall_id, hall_day.day == day).with_for_update()
        ).one_or_none()
        known = read_outage(connection, hall_id, outage.machine, outage.since)
        write_outage(connection, hall_id, replace(known, until=None))
        announce_change(connection, hall_id)


def forget_outage(engine: Engine, hall_id: str, outage: Outage) -> None:
    """Take back the row of an outage that was not worth one."""
    with writing(engine) as connection:
        connection.execute(
            delete(tables.outage).where(
                _outage.hall_id == hall_id, _outage.machine == outage.machine, _outage.since == outage.since
            )
        )


def read_outage(connection: Connection, hall_id: str, machine: str, since: datetime) -> Outage:
    """An outage as it is written down; one with nothing in it when it is not."""
    row = connection.execute(
        select(*_COLUMNS).where(
            _outage.hall_id == hall_id, _outage.machine == machine, _outage.since == since
        )
    ).one_or_none()
    return Outage(machine, since) if row is None else _outage_from(row)


def open_outage(engine: Engine, hall_id: str, machine: str) -> Outage | None:
    """The latest outage of a machine that has not ended."""
    rows = select(*_COLUMNS).where(
        _outage.hall_id == hall_id, _outage.machine == machine, _outage.until.is_(None)
    )
    with reading(engine) as connection:
        row = connection.execute(rows.order_by(_outage.since.desc()).limit(1)).one_or_none()
        return None if row is None else _outage_from(row)


def read_outages(engine: Engine, hall_id: str, since: datetime) -> tuple[Outage, ...]:
    """The outages of all machines that began at this moment or later, in order."""
    rows = select(*_COLUMNS).where(_outage.hall_id == hall_id, _outage.since >= since)
    with reading(engine) as connection:
        found = connection.execute(rows.order_by(_outage.since, _outage.machine)).all()
        return tuple(_outage_from(row) for row in found)


def read_outages_of(engine: Engine, hall_id: str, machine: str) -> tuple[Outage, ...]:
    """All outages of a machine, in order."""
    rows = select(*_COLUMNS).where(_outage.hall_id == hall_id, _outage.machine == machine)
    with reading(engine) as connection:
        return tuple(_outage_from(row) for row in connection.execute(rows.order_by(_outage.since)).all())


def _outage_from(row: Row[Any]) -> Outage:
    names = row.trouble.split()
    return Outage(
        row.machine,
        row.since,
        row.until,
        row.tickets,
        row.finished,
        trouble=tuple(name for name in names if not name.startswith(_ASIDE)),
        set_aside=tuple(name.removeprefix(_ASIDE) for name in names if name.startswith(_ASIDE)),
    )
