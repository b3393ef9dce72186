"""How far each screen has announced the calls: none is dropped, none is spoken twice, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Engine, and_, bindparam, or_, select

from shared.domain.announcement import Announcement
from shared.domain.event import EventKind
from shared.store import tables
from shared.store.day_picture import SEQ
from shared.store.days import OPEN_DAYS
from shared.store.engine import reading, writing
from shared.store.prepared import Prepared, Question, ask
from shared.store.upserts import insert_into

_event, _ticket, _screen = tables.event.c, tables.ticket.c, tables.screen_cursor.c
_CURSOR = Prepared(
    select(_screen.day, _screen.seq).where(
        _screen.hall_id == bindparam("of_hall"), _screen.screen == bindparam("of_screen")
    )
)
# A ticket keeps the `seq` of its latest call: an event with another one was undone, or called again since.
_STILL_CALLED = and_(
    _ticket.hall_id == _event.hall_id,
    _ticket.day == _event.day,
    _ticket.number == _event.ticket,
    _ticket.called_seq == _event.seq,
)
_CALLS_AFTER = Prepared(
    select(_event.seq, _event.at, _event.kind, _event.counter, _ticket.number, _ticket.service)
    .join(tables.ticket, _STILL_CALLED)
    .where(
        _event.hall_id == bindparam("of_hall"),
        _event.day == bindparam("of_day"),
        _event.seq > bindparam("after"),
        or_(_event.kind == EventKind.CALLED.value, _event.kind == EventKind.RECALLED.value),
    )
    .order_by(_event.seq)
)


def read_announcements(
    engine: Engine, hall_id: str, screen: str, day_of: Callable[[date | None], date]
) -> tuple[Announcement, ...]:
    """The calls of the day that a screen has not announced, in order; `day_of` tells the day from the latest open one.

    Calls that were taken back, or repeated later, are left out. A screen that is new begins with what comes next: its
    cursor is set here, once. So does one whose cursor is in a later day, which a clock far ahead had opened.
    """
    of_hall = {"of_hall": hall_id}
    with reading(engine) as connection:
        open_days, cursors = ask(
            connection,
            [Question(OPEN_DAYS, of_hall), Question(_CURSOR, {**of_hall, "of_screen": screen})],
        )
        day = day_of(max((row.day for row in open_days), default=None))
        if cursors and cursors[0].day <= day:
            after = cursors[0].seq if cursors[0].day == day else 0
            rows = _CALLS_AFTER.rows(connection, {**of_hall, "of_day": day, "after": after})
            return tuple(_announcement(day, row) for row in rows)
        end = SEQ.row(connection, {**of_hall, "of_day": day})
    move_cursor(engine, hall_id, screen, day, 0 if end is None else end.seq)
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


def _announcement(day: date, row: Any) -> Announcement:  # noqa: ANN401 - a named tuple of its own
    repeated = row.kind == EventKind.RECALLED
    return Announcement(day, row.seq, row.at, row.number, row.service, row.counter, repeated)
