"""The versions of a hall's description. A version once stored is never changed: history keeps its meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import EventKind
from shared.domain.ticket import OPEN
from shared.store import tables
from shared.store.day_transaction import DayTransaction
from shared.store.engine import reading, writing
from shared.store.leases import require_unleased
from shared.store.prepared import Prepared
from shared.store.upserts import insert_into

PLAN_VERSION = Prepared(
    select(tables.hall.c.plan_version).where(tables.hall.c.hall_id == bindparam("of_hall"))
)
"""The current version of a hall's plan; no row for a hall that the database does not hold."""


def hall_ids(engine: Engine) -> tuple[str, ...]:
    """The halls that this database holds."""
    with reading(engine) as connection:
        return tuple(
            connection.execute(select(tables.hall.c.hall_id).order_by(tables.hall.c.hall_id)).scalars()
        )


def plan_version(engine: Engine, hall_id: str) -> int:
    """The current version of a hall's plan.

    Raises:
        Refused: `unknown_hall`.
    """
    with reading(engine) as connection:
        return require_known(hall_id, PLAN_VERSION.rows(connection, {"of_hall": hall_id}))


def require_known(hall_id: str, found: Sequence[Any]) -> int:
    """The plan version that `PLAN_VERSION` has found.

    Raises:
        Refused: `unknown_hall`, when it has found none.
    """
    if not found:
        message = f"this database holds no hall {hall_id!r}; load one with: jiaohao init HALL.toml"
        raise Refused(RefusalCode.UNKNOWN_HALL, message, hall=hall_id)
    return int(found[0].plan_version)


def plan_document(engine: Engine, hall_id: str, version: int) -> str:
    """The stored text of one version of a hall's plan."""
    with reading(engine) as connection:
        return _document(connection, hall_id, version)


def store_plan(
    engine: Engine,
    hall_id: str,
    document: str,
    now: datetime,
    *,
    services: Collection[str],
    counters: Collection[int],
    prefixes: Collection[str] = (),
) -> int:
    """Make a plan the hall's current one and return its version; the same text again changes nothing.

    An open day goes on under the new plan from the event `plan_changed` on. `services` and `counters` are the plan's,
    and so are the `prefixes`, where they must not meet a series that was leased to a machine.

    Raises:
        Refused: `plan_in_use`, when the plan lacks a service or counter that customers are waiting for now;
            `prefix_leased`.
    """
    with writing(engine) as connection:
        current = _take_hall(connection, hall_id, now)
        if current > 0 and _document(connection, hall_id, current) == document:
            return current
        _require_nobody_stranded(connection, hall_id, services, counters)
        require_unleased(connection, hall_id, prefixes, now)
        version = current + 1
        connection.execute(
            update(tables.hall).where(tables.hall.c.hall_id == hall_id).values(plan_version=version)
        )
        row = {"hall_id": hall_id, "version": version, "loaded_at": now, "document": document}
        connection.execute(insert(tables.hall_plan), row)
        _tell_open_days(connection, hall_id, version, now)
        return version


def _take_hall(connection: Connection, hall_id: str, now: datetime) -> int:
    """Lock the hall's row, made here when it is new, and return its plan version; 0 before the first."""
    first = {"hall_id": hall_id, "plan_version": 0, "created_at": now}
    insert_once = insert_into(connection, tables.hall).values(**first).on_conflict_do_nothing()
    connection.execute(insert_once)
    version = connection.execute(
        select(tables.hall.c.plan_version).where(tables.hall.c.hall_id == hall_id).with_for_update()
    ).scalar_one()
    return int(version)


def _require_nobody_stranded(
    connection: Connection, hall_id: str, services: Collection[str], counters: Collection[int]
) -> None:
    open_tickets = (
        select(tables.ticket.c.service, tables.ticket.c.counter, tables.ticket.c.target_counter)
        .join(
            tables.hall_day,
            (tables.hall_day.c.hall_id == tables.ticket.c.hall_id)
            & (tables.hall_day.c.day == tables.ticket.c.day),
        )
        .where(
            tables.ticket.c.hall_id == hall_id,
            tables.hall_day.c.closed_at.is_(None),
            tables.ticket.c.state.in_([state.value for state in OPEN]),
        )
        .distinct()
    )
    rows = connection.execute(open_tickets).all()
    lost_services = sorted({row.service for row in rows} - set(services))
    used = {number for row in rows for number in (row.counter, row.target_counter) if number is not None}
    lost_counters = sorted(used - set(counters))
    if lost_services or lost_counters:
        lost = ", ".join([*lost_services, *(f"counter {number}" for number in lost_counters)])
        message = f"customers are being served under the present description, and the new one lacks: {lost}"
        raise Refused(RefusalCode.PLAN_IN_USE, f"{message}; keep it until they are done", lost=lost)


def _tell_open_days(connection: Connection, hall_id: str, version: int, now: datetime) -> None:
    open_days = connection.execute(
        update(tables.hall_day)
        .where(tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.closed_at.is_(None))
        .values(plan_version=version)
        .returning(tables.hall_day.c.day, tables.hall_day.c.seq)
    ).all()
    for row in open_days:
        change = DayTransaction(connection, hall_id, row.day, now, row.seq, version)
        change.note(EventKind.PLAN_CHANGED, {"plan_version": version})
        change.write_log(taken=row.seq)


def _document(connection: Connection, hall_id: str, version: int) -> str:
    document = connection.execute(
        select(tables.hall_plan.c.document).where(
            tables.hall_plan.c.hall_id == hall_id, tables.hall_plan.c.version == version
        )
    ).scalar_one()
    return str(document)
