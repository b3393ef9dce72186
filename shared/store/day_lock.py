"""Taking a hall's day: the first statement of every change, which also finds out a repeated request.

On PostgreSQL both travel as one statement, and what the command will ask of the day travels behind them, because the
hall's other commands wait from here on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, DateTime, bindparam, literal_column, select, true, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from shared.store import tables
from shared.store.prepared import Prepared, Question, ask_along
from shared.store.schema import SCHEMA_IS_OURS

_day = tables.hall_day.c
_request = tables.request.c

TAKEN_AT: ColumnElement[datetime] = literal_column(
    "NULLIF(current_setting('jiaohao.taken_at', true), '')::timestamptz", DateTime(timezone=True)
)
"""The moment, by PostgreSQL's clock, at which this transaction has taken a day; NULL where it has taken none."""

# Kept in the transaction itself, so that what is asked behind it can count by it.
_BY_SERVER: ColumnElement[datetime] = literal_column(
    "set_config('jiaohao.taken_at', clock_timestamp()::text, true)::timestamptz", tables.UtcDateTime()
)

_UPDATE_DAY = (
    update(tables.hall_day)
    .where(
        _day.hall_id == bindparam("of_hall"),
        _day.day == bindparam("of_day"),
        _day.closed_at.is_(None),
        # Costs no round trip: a program that another machine's update has overtaken takes no day any more.
        SCHEMA_IS_OURS,
    )
    .values(seq=_day.seq + 1)
    .returning(_day.seq, _day.plan_version)
)
_TAKE_DAY = {
    "sqlite": Prepared(_UPDATE_DAY),
    "postgresql": Prepared(_UPDATE_DAY.returning(_BY_SERVER.label("by_server"))),
}
_CLAIM = Prepared(
    sqlite_insert(tables.request).on_conflict_do_nothing().returning(_request.command), _request.keys()
)

_taken = _UPDATE_DAY.cte("taken")
_claimed = (
    postgres_insert(tables.request)
    .from_select(
        ["hall_id", "request_id", "day", "command", "what"],
        select(
            bindparam("of_hall", type_=_request.hall_id.type),
            bindparam("request_id", type_=_request.request_id.type),
            bindparam("of_day", type_=_request.day.type),
            _taken.c.seq,
            bindparam("what", type_=_request.what.type),
        ),
    )
    .on_conflict_do_nothing()
    .returning(_request.command)
    .cte("claimed")
)
_TAKE_DAY_AND_CLAIM = Prepared(
    select(
        _taken.c.seq, _taken.c.plan_version, _claimed.c.command, _BY_SERVER.label("by_server")
    ).select_from(_taken.outerjoin(_claimed, true()))
)
_ANSWERED = Prepared(
    select(_request.day, _request.command, _request.what).where(
        _request.hall_id == bindparam("of_hall"), _request.request_id == bindparam("request_id")
    )
)


class DayNotOpen(Exception):
    """The day asked for has not been opened, or was closed by a later one."""


class RequestAnswered(Exception):
    """The request id has been used: the command was carried out before, as `command` of `day`."""

    def __init__(self, day: date, command: int, what: str) -> None:
        super().__init__(what)
        self.day = day
        self.command = command
        self.what = what


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, and for what: a retry of the same request finds the first one's result."""

    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The day's row, taken: this command's first `seq`, and the moment by the server's clock, if there is one.

    `answers` are the rows that answer what was asked along with it, each question's; none on SQLite.
    """

    seq: int
    plan_version: int
    by_server: datetime | None
    answers: Sequence[list[Any]]


def take_day(
    connection: Connection,
    hall_id: str,
    day: date,
    request: Request | None,
    along: Sequence[Question] = (),
) -> Taken:
    """Take the day's row, with the next `seq`, and note that it answers the request; on PostgreSQL ask the rest along.

    Raises:
        DayNotOpen: there is no such day, or it is closed.
        RequestAnswered: the request was carried out before.
    """
    values: dict[str, object] = {"of_hall": hall_id, "of_day": day}
    if connection.dialect.name == "postgresql":
        statement = _TAKE_DAY["postgresql"]
        if request is not None:
            statement, values = _TAKE_DAY_AND_CLAIM, values | {"request_id": request.id, "what": request.what}
        rows, answers = ask_along(connection, Question(statement, values), along)
        row = rows[0] if rows else None
        claimed = row is not None and (request is None or row.command is not None)
        by_server = None if row is None else row.by_server
    else:
        row, answers, by_server = _TAKE_DAY["sqlite"].row(connection, values), [], None
        claimed = row is None or request is None or _claim(connection, hall_id, day, row.seq, request)
    if row is None:
        raise DayNotOpen(f"{hall_id} {day}")
    if request is not None and not claimed:
        [found] = _ANSWERED.rows(connection, {"of_hall": hall_id, "request_id": request.id})
        raise RequestAnswered(found.day, found.command, found.what)
    return Taken(int(row.seq), int(row.plan_version), by_server, answers)


def _claim(connection: Connection, hall_id: str, day: date, seq: int, request: Request) -> bool:
    values = {"hall_id": hall_id, "request_id": request.id, "day": day, "command": seq, "what": request.what}
    return _CLAIM.row(connection, values) is not None
