"""Series that are leased to one machine for some business days: no other machine, nor the store, numbers in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine, select

from shared.domain.errors import RefusalCode, Refused
from shared.domain.standby import last_letters, marks_for
from shared.store import tables
from shared.store.engine import reading, writing
from shared.store.upserts import insert_into

_lease = tables.lease.c


def lease_mark(
    engine: Engine,
    hall_id: str,
    days: Sequence[date],
    holder: str,
    machine: str,
    prefixes: Collection[str],
    plan_version: int,
    now: datetime,
) -> str | None:
    """Lease one mark for all these days and return it: the holder's own of before, if nobody has it on any of them.

    None when the hall's plan is no longer `plan_version`, of which `prefixes` are: ask again with the new ones.

    Raises:
        Refused: `no_free_series`, when every mark belongs to another machine.
    """
    with writing(engine) as connection:
        # The hall's row is what a change of plan takes too: a prefix and a mark cannot be given side by side.
        current = connection.execute(
            select(tables.hall.c.plan_version).where(tables.hall.c.hall_id == hall_id).with_for_update()
        ).scalar_one()
        if current != plan_version:
            return None
        wanted = (*_own_marks(connection, hall_id, holder), *marks_for(prefixes))
        allowed = frozenset(marks_for(prefixes)) - _marks_of_others(connection, hall_id, days, holder)
        mark = next((mark for mark in wanted if mark in allowed), None)
        if mark is None:
            raise Refused(RefusalCode.NO_FREE_SERIES, f"no series is left for {machine}", machine=machine)
        note_leases(connection, hall_id, days, mark, holder, machine, now)
        return mark


def note_leases(
    connection: Connection,
    hall_id: str,
    days: Iterable[date],
    mark: str,
    holder: str,
    machine: str,
    now: datetime,
) -> None:
    """Write down who has a mark on these days, where nobody has it yet."""
    for day in days:
        row = {"hall_id": hall_id, "day": day, "mark": mark}
        lease = insert_into(connection, tables.lease).values(
            **row, holder=holder, machine=machine, leased_at=now
        )
        connection.execute(lease.on_conflict_do_nothing())


def holder_of(connection: Connection, hall_id: str, day: date, mark: str) -> str | None:
    """Who has a mark on a day; None when nobody has."""
    found = connection.execute(
        select(_lease.holder).where(_lease.hall_id == hall_id, _lease.day == day, _lease.mark == mark)
    )
    return found.scalar_one_or_none()


def latest_lease(engine: Engine, hall_id: str) -> tuple[str, str, date] | None:
    """The latest day's holder, mark and day, in the file of one machine; None before its first lease."""
    leases = select(_lease.holder, _lease.mark, _lease.day).where(_lease.hall_id == hall_id)
    with reading(engine) as connection:
        row = connection.execute(leases.order_by(_lease.day.desc(), _lease.leased_at.desc()).limit(1)).first()
        return None if row is None else (row.holder, row.mark, row.day)


def has_lease(engine: Engine, hall_id: str, day: date, mark: str) -> bool:
    """Whether a mark is leased to anybody on a day."""
    with reading(engine) as connection:
        return holder_of(connection, hall_id, day, mark) is not None


def require_unleased(connection: Connection, hall_id: str, prefixes: Collection[str], now: datetime) -> None:
    """Refuse prefixes whose numbers a machine may be giving out by itself, now or on a coming day.

    Raises:
        Refused: `prefix_leased`.
    """
    yesterday = now.date() - timedelta(days=1)
    marks = select(_lease.mark).where(_lease.hall_id == hall_id, _lease.day >= yesterday).distinct()
    clash = last_letters(prefixes) & set(connection.execute(marks).scalars())
    if clash:
        taken = ", ".join(sorted(prefix for prefix in prefixes if prefix[-1] in clash and len(prefix) > 1))
        message = (
            f"numbers of {taken} are leased to ticket machines for when they are cut off: take other letters"
        )
        raise Refused(RefusalCode.PREFIX_LEASED, message, prefix=taken)


def _own_marks(connection: Connection, hall_id: str, holder: str) -> list[str]:
    own = select(_lease.mark).where(_lease.hall_id == hall_id, _lease.holder == holder)
    return list(connection.execute(own.order_by(_lease.day.desc()).limit(1)).scalars())


def _marks_of_others(
    connection: Connection, hall_id: str, days: Sequence[date], holder: str
) -> frozenset[str]:
    others = select(_lease.mark).where(
        _lease.hall_id == hall_id, _lease.day.in_(days), _lease.holder != holder
    )
    return frozenset(connection.execute(others.distinct()).scalars())
