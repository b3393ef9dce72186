"""A transaction of any business day, open or over: for what happened while the store was out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection, Engine, bindparam, select, update

from shared.domain.event import EventKind
from shared.store import tables
from shared.store.day_lock import Request, RequestAnswered
from shared.store.day_transaction import DayTransaction
from shared.store.engine import writing
from shared.store.upserts import insert_into

_day, _request = tables.hall_day.c, tables.request.c
_TAKE = (
    update(tables.hall_day)
    .where(_day.hall_id == bindparam("of_hall"), _day.day == bindparam("of_day"))
    .values(seq=_day.seq + 1)
    .returning(_day.seq, _day.plan_version, _day.closed_at)
)


@contextmanager
def late_transaction(
    engine: Engine, hall_id: str, day: date, at: datetime, request: Request
) -> Iterator[tuple[DayTransaction, datetime | None]]:
    """Change a hall on a day that may be over, as the answer to a request; tells when the day was closed, None while
    it is open.

    Its events carry the moment `at`. A day that the store has never seen is written down as one that is over.

    Raises:
        RequestAnswered: the request was carried out before.
        StoreUnavailable: the store cannot answer now.
    """
    with writing(engine) as connection:
        key = {"of_hall": hall_id, "of_day": day}
        taken = connection.execute(_TAKE, key).one_or_none()
        if taken is None:
            _write_down(connection, hall_id, day, at)
            taken = connection.execute(_TAKE, key).one()
        _claim(connection, hall_id, day, taken.seq, request)
        transaction = DayTransaction(connection, hall_id, day, at, taken.seq - 1, taken.plan_version)
        yield transaction, taken.closed_at
        transaction.write_log(taken=taken.seq)


def _write_down(connection: Connection, hall_id: str, day: date, at: datetime) -> None:
    """Add a day that nobody opened, opened and closed at once; the hall's row is taken first, as by who opens days."""
    plan_version = connection.execute(
        select(tables.hall.c.plan_version).where(tables.hall.c.hall_id == hall_id).with_for_update()
    ).scalar_one()
    first = {"hall_id": hall_id, "day": day, "seq": 0, "plan_version": plan_version}
    new = insert_into(connection, tables.hall_day).values(**first, opened_at=at, closed_at=at)
    if connection.execute(new.on_conflict_do_nothing().returning(_day.seq)).one_or_none() is None:
        return
    unseen = DayTransaction(connection, hall_id, day, at, 0, plan_version)
    unseen.note(EventKind.DAY_OPENED, {"plan_version": plan_version})
    unseen.note(EventKind.DAY_CLOSED)
    unseen.write_log(taken=0)


def _claim(connection: Connection, hall_id: str, day: date, command: int, request: Request) -> None:
    key = {"hall_id": hall_id, "request_id": request.id}
    claim = insert_into(connection, tables.request).values(**key, day=day, command=command, what=request.what)
    claimed = connection.execute(claim.on_conflict_do_nothing().returning(_request.command)).one_or_none()
    if claimed is None:
        found = connection.execute(
            select(_request.day, _request.command, _request.what).where(
                _request.hall_id == hall_id, _request.request_id == request.id
            )
        ).one()
        raise RequestAnswered(found.day, found.command, found.what)
