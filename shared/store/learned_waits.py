"""What a hall's quotes learned from its past days: one state a business day, learned once by one of the programs."""

from __future__ import annotations

import json
import zlib
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, select, update

from shared.store import tables
from shared.store.day_transaction import DayTransaction
from shared.store.engine import reading, writing
from shared.store.upserts import insert_into

CLAIM_HOLDS: Final = timedelta(minutes=10)
"""A program that claimed a lesson and has not finished it by then was ended; another one may learn."""

DAYS_KEPT: Final = timedelta(days=3)

_learned = tables.learned_waits.c


def claim_lesson(engine: Engine, hall_id: str, day: date, now: datetime) -> bool:
    """Whether the caller is the one to learn for this day: nobody has, and nobody is at it."""
    with writing(engine) as connection:
        claim = insert_into(connection, tables.learned_waits).values(hall_id=hall_id, day=day, claimed_at=now)
        claimed = connection.execute(
            claim.on_conflict_do_update(
                index_elements=[_learned.hall_id, _learned.day],
                set_={"claimed_at": now},
                where=_learned.learned_at.is_(None) & (_learned.claimed_at < now - CLAIM_HOLDS),
            ).returning(_learned.day)
        )
        return claimed.one_or_none() is not None


def is_claimed(connection: Connection, hall_id: str, day: date, now: datetime) -> bool:
    """Whether somebody has learned for this day, or is at it."""
    claim = select(_learned.learned_at, _learned.claimed_at).where(
        _learned.hall_id == hall_id, _learned.day == day
    )
    row = connection.execute(claim).one_or_none()
    return row is not None and (row.learned_at is not None or row.claimed_at >= now - CLAIM_HOLDS)


def keep_lesson(tx: DayTransaction, state: dict[str, Any], score: dict[str, Any] | None) -> int:
    """Keep what was learned for the transaction's day, drop what is old, and return the size in bytes."""
    packed = zlib.compress(json.dumps(state, separators=(",", ":")).encode())
    tx.connection.execute(
        update(tables.learned_waits)
        .where(_learned.hall_id == tx.hall_id, _learned.day == tx.day)
        .values(learned_at=tx.now, state=packed, score=score)
    )
    tx.connection.execute(
        delete(tables.learned_waits).where(_learned.hall_id == tx.hall_id, _learned.day < tx.day - DAYS_KEPT)
    )
    return len(packed)


def learned_state(engine: Engine, hall_id: str, day: date) -> tuple[date, dict[str, Any]] | None:
    """What was learned last for this day or one before it, and for which; None when nothing was."""
    with reading(engine) as connection:
        row = connection.execute(
            select(_learned.day, _learned.state)
            .where(_learned.hall_id == hall_id, _learned.day <= day, _learned.learned_at.is_not(None))
            .order_by(_learned.day.desc())
            .limit(1)
        ).one_or_none()
    return None if row is None else (row.day, json.loads(zlib.decompress(row.state)))


def latest_score(engine: Engine, hall_id: str) -> dict[str, Any] | None:
    """The score that was kept with the latest lesson; None when there is none."""
    with reading(engine) as connection:
        found: dict[str, Any] | None = connection.execute(
            select(_learned.score)
            .where(_learned.hall_id == hall_id, _learned.learned_at.is_not(None))
            .order_by(_learned.day.desc())
            .limit(1)
        ).scalar_one_or_none()
    return found


def past_days(connection: Connection, hall_id: str, before: date, most: int) -> list[date]:
    """The latest business days before this one on which tickets were issued, oldest first."""
    days = (
        select(tables.series.c.day)
        .where(tables.series.c.hall_id == hall_id, tables.series.c.day < before)
        .distinct()
        .order_by(tables.series.c.day.desc())
        .limit(most)
    )
    return sorted(connection.execute(days).scalars())


def tickets_of(connection: Connection, hall_id: str, days: list[date]) -> int:
    """How many tickets were issued on these days."""
    numbers = select(func.sum(tables.series.c.last_ordinal)).where(
        tables.series.c.hall_id == hall_id, tables.series.c.day.in_(days)
    )
    skipped = select(func.sum(tables.hall_day.c.numbers_skipped)).where(
        tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day.in_(days)
    )
    given, passed_over = (connection.execute(count).scalar_one() or 0 for count in (numbers, skipped))
    return int(given) - int(passed_over)
