"""The devices of a hall as rows, one for each device of each machine: written by programs, read by staff.

They are no part of the day's log, take no lock of the day, and are announced only when something changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select

from shared.domain.device_health import DeviceHealth, DeviceKind, DeviceReport, DeviceState, heard
from shared.store import tables
from shared.store.changes import announce_change
from shared.store.engine import reading, writing
from shared.store.upserts import upsert

LONGEST_DETAIL = 200


def save_reports(engine: Engine, hall_id: str, reports: Sequence[DeviceReport], now: datetime) -> None:
    """Write down what a program says of its devices, all in one transaction."""
    if not reports:
        return
    with writing(engine) as connection:
        machines = {report.machine for report in reports}
        known = {
            (health.report.machine, health.report.device): health
            for health in _read(connection, hall_id, machines)
        }
        is_news = False
        rows = []
        for report in reports:
            before = known.get((report.machine, report.device))
            is_news = is_news or before is None or report.is_news_after(before.report)
            rows.append(_values(hall_id, heard(before, report, now)))
        connection.execute(upsert(connection.dialect.name, tables.device), rows)
        if is_news:
            announce_change(connection, hall_id)


def read_devices(engine: Engine, hall_id: str) -> tuple[DeviceHealth, ...]:
    """All devices, by machine and name."""
    with reading(engine) as connection:
        return _read(connection, hall_id, None)


def forget_machine(engine: Engine, hall_id: str, machine: str) -> int:
    """Forget a machine that was taken away for good; returns how many devices it had."""
    with writing(engine) as connection:
        gone = connection.execute(
            delete(tables.device).where(
                tables.device.c.hall_id == hall_id, tables.device.c.machine == machine
            )
        ).rowcount
        if gone:
            announce_change(connection, hall_id)
        return gone


def _read(connection: Connection, hall_id: str, machines: set[str] | None) -> tuple[DeviceHealth, ...]:
    wanted = select(tables.device).where(tables.device.c.hall_id == hall_id)
    if machines is not None:
        wanted = wanted.where(tables.device.c.machine.in_(sorted(machines)))
    rows = connection.execute(wanted.order_by(tables.device.c.machine, tables.device.c.device))
    return tuple(_from_row(row) for row in rows)


def _from_row(row: Row[Any]) -> DeviceHealth:
    report = DeviceReport(
        row.machine,
        row.device,
        DeviceKind(row.kind),
        row.address,
        DeviceState(row.state),
        row.cause,
        row.detail,
        row.tickets_left,
    )
    return DeviceHealth(report, row.since, row.seen_at, row.last_error, row.last_error_at)


def _values(hall_id: str, health: DeviceHealth) -> dict[str, object]:
    report = health.report
    return {
        "hall_id": hall_id,
        "machine": report.machine,
        "device": report.device,
        "kind": report.kind.value,
        "address": report.address[:LONGEST_DETAIL],
        "state": report.state.value,
        "cause": report.cause,
        "detail": report.detail[:LONGEST_DETAIL],
        "tickets_left": report.tickets_left,
        "since": health.since,
        "last_error": health.last_error,
        "last_error_at": health.last_error_at,
        "seen_at": health.seen_at,
    }
