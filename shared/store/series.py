"""How many numbers of each prefix a hall gives."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from shared.store import tables
from shared.store.engine import reading


def busiest_days(engine: Engine, hall_id: str) -> dict[str, int]:
    """The most that was given of each prefix in a day, of all days in which no number was passed over."""
    series, day = tables.series.c, tables.hall_day.c
    most = (
        select(series.prefix, func.max(series.last_ordinal).label("most"))
        .join(tables.hall_day, (day.hall_id == series.hall_id) & (day.day == series.day))
        .where(series.hall_id == hall_id, day.numbers_skipped == 0)
        .group_by(series.prefix)
    )
    with reading(engine) as connection:
        return {row.prefix: row.most for row in connection.execute(most)}
