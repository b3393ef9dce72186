from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from sqlalchemy import Engine, bindparam, insert, select, text
from sqlalchemy.exc import IntegrityError

from shared.domain.errors import StoreUnavailable
from shared.hall import create_hall
from shared.store import tables
from shared.store.engine import committed_together, make_engine, reading, writing
from shared.store.prepared import Prepared, Question, ask
from tools.testing.halls import NINE, small_plan

DAY = NINE.date()
_event, _day = tables.event.c, tables.hall_day.c
INSERT_EVENT = Prepared(insert(tables.event), tables.event.c.keys())
EVENTS = Prepared(
    select(tables.event).where(_event.hall_id == bindparam("of_hall")).order_by(_event.seq).limit(5)
)
DAYS = Prepared(select(_day.day, _day.opened_at, _day.closed_at).where(_day.hall_id == bindparam("of_hall")))
OF_HALL = {"of_hall": "small"}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A store with one hall and one open day."""
    create_hall(database_url, small_plan()).close()
    engine = make_engine(database_url)
    with writing(engine) as connection:
        row = {"hall_id": "small", "day": DAY, "seq": 0, "plan_version": 1, "opened_at": NINE}
        connection.execute(insert(tables.hall_day), row)
    yield engine
    engine.dispose()


def an_event(seq: int, day: date = DAY) -> dict[str, object]:
    return {
        "hall_id": "small",
        "day": day,
        "seq": seq,
        "command": 1,
        "at": NINE,
        "kind": "day_opened",
        "ticket": None,
        "counter": None,
        "clerk": None,
        "detail": {"plan_version": seq, "name": "营业厅"},
    }


def test_values_come_back_as_they_were_given(engine: Engine) -> None:
    with writing(engine) as connection:
        INSERT_EVENT.send(connection, an_event(1))
        INSERT_EVENT.send(connection, an_event(2))
    with reading(engine) as connection:
        rows = EVENTS.rows(connection, OF_HALL)
        by_sqlalchemy = connection.execute(select(tables.event).order_by(_event.seq)).all()
    assert [row._asdict() for row in rows] == [an_event(1), an_event(2)]
    assert [row._asdict() for row in by_sqlalchemy] == [an_event(1), an_event(2)]


def test_several_questions_are_answered_each(engine: Engine) -> None:
    with reading(engine) as connection:
        days, events, nobody = ask(
            connection,
            [Question(DAYS, OF_HALL), Question(EVENTS, OF_HALL), Question(DAYS, {"of_hall": "elsewhere"})],
        )
    assert [tuple(row) for row in days] == [(DAY, NINE, None)]
    assert events == nobody == []


def test_one_row_or_none(engine: Engine) -> None:
    with writing(engine) as connection:
        assert EVENTS.row(connection, OF_HALL) is None
        INSERT_EVENT.send(connection, an_event(1))
        assert EVENTS.row(connection, OF_HALL).seq == 1
        INSERT_EVENT.send(connection, an_event(2))
        with pytest.raises(AssertionError, match="2 rows"):
            EVENTS.row(connection, OF_HALL)


def test_what_is_committed_together_is_there_for_others(engine: Engine) -> None:
    with writing(engine) as connection, committed_together(connection):
        INSERT_EVENT.send(connection, an_event(1))
        INSERT_EVENT.send(connection, an_event(2))
    with reading(engine) as connection:
        assert len(EVENTS.rows(connection, OF_HALL)) == 2


def test_a_fault_among_several_leaves_nothing_and_is_raised_as_sqlalchemys(engine: Engine) -> None:
    def write_twice() -> None:
        with writing(engine) as connection, committed_together(connection):
            INSERT_EVENT.send(connection, an_event(1))
            INSERT_EVENT.send(connection, an_event(1))

    with pytest.raises(IntegrityError, match=r"(UNIQUE|unique) constraint"):
        write_twice()
    with reading(engine) as connection:
        assert EVENTS.rows(connection, OF_HALL) == []


@pytest.mark.parametrize("times", [1, 2])
def test_a_missing_table_is_told_as_the_environments_fault(engine: Engine, times: int) -> None:
    nothing = Prepared(text("SELECT * FROM no_such_table"))
    with pytest.raises(StoreUnavailable) as fault, reading(engine) as connection:
        ask(connection, [Question(nothing, {})] * times)
    assert fault.value.cause == "no_schema"


@pytest.mark.parametrize("times", [1, 2])
def test_a_connection_that_was_cut_is_told_once_and_not_used_again(postgres_url: str, times: int) -> None:
    create_hall(postgres_url, small_plan()).close()
    engine = make_engine(postgres_url)

    def ask_after_the_cut() -> None:
        with reading(engine) as connection:
            me = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 120000)", (me,))
            ask(connection, [Question(DAYS, OF_HALL)] * times)

    with pytest.raises(StoreUnavailable) as fault:
        ask_after_the_cut()
    assert fault.value.cause == "unreachable"
    with reading(engine) as connection:
        assert DAYS.rows(connection, OF_HALL) == []
    engine.dispose()
