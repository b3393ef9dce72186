"""How far each screen has announced the calls: none is dropped, none is spoken twice, also after a restart."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Engine, and_, select

from shared.domain.announcement import Announcement
from shared.domain.event import EventKind
from shared.store import tables
from shared.store.engine import reading, writing
from shared.store.upserts import insert_into

_SPOKEN = (EventKind.CALLED.value, EventKind.RECALLED.value)


def read_announcements(engine: Engine, hall_id: str, screen: str, day: date) -> tuple[Announcement, ...]:
    """The calls of the day that a screen has not announced, in order.

    Calls that were taken back, or repeated later, are left out. A screen that is new begins with what comes next: its
    cursor is set here, once. So does one whose cursor is in a later day, which a clock far ahead had opened.
    """
    with reading(engine) as connection:
        cursor = _cursor(connection, hall_id, screen)
        if cursor is not None and cursor[0] <= day:
            after = cursor[1] if cursor[0] == day else 0
            return _calls_after(connection, hall_id, day, after)
        end = connection.execute(
            select(tables.hall_day.c.seq).where(
                tables.hall_day.c.hall_id == hall_id, tables.hall_day.c.day == day
            )
        ).scalar_one_or_none()
    move_cursor(engine, hall_id, screen, day, end or 0)
    return ()


def move_cursor(engine: Engine, hall_id: str, screen: str, day: date, seq: int) -> None:
    """Note that a screen has announced everything up to `seq`."""
    with writing(engine) as connection:
        write = insert_into(connection, tables.screen_cursor).values(
            hall_id=hall_id, screen=screen, day=day, seq=seq
        )
        connection.execute(
            write.on_conflict_do_update(
                index_elements=[tables.screen_cursor.c.hall_id, tables.screen_cursor.c.screen],
                set_={"day": day, "seq": seq},
            )
        )


def _cursor(connection: Connection, hall_id: str, screen: str) -> tuple[date, int] | None:
    row = connection.execute(
        select(tables.screen_cursor.c.day, tables.screen_cursor.c.seq).where(
            tables.screen_cursor.c.hall_id == hall_id, tables.screen_cursor.c.screen == screen
        )
    ).one_or_none()
    return None if row is None else (row.day, row.seq)


def _calls_after(connection: Connection, hall_id: str, day: date, seq: int) -> tuple[Announcement, ...]:
    # A ticket keeps the `seq` of its latest call: an event with another one was undone, or called again since.
    still_called = and_(
        tables.ticket.c.hall_id == tables.event.c.hall_id,
        tables.ticket.c.day == tables.event.c.day,
        tables.ticket.c.number == tables.event.c.ticket,
        tables.ticket.c.called_seq == tables.event.c.seq,
    )
    rows = connection.execute(
        select(
            tables.event.c.seq,
            tables.event.c.at,
            tables.event.c.kind,
            tables.event.c.counter,
            tables.ticket.c.number,
            tables.ticket.c.service,
        )
        .join(tables.ticket, still_called)
        .where(
            tables.event.c.hall_id == hall_id,
            tables.event.c.day == day,
            tables.event.c.seq > seq,
            tables.event.c.kind.in_(_SPOKEN),
        )
        .order_by(tables.event.c.seq)
    )
    return tuple(
        Announcement(
            day, row.seq, row.at, row.number, row.service, row.counter, row.kind == EventKind.RECALLED
        )
        for row in rows
    )
