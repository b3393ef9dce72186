from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, insert, select
from sqlalchemy.exc import IntegrityError

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import Detail, EventKind
from shared.hall import Hall
from shared.store import tables
from shared.store.day_lock import DayNotOpen, Request, RequestAnswered
from shared.store.day_questions import DayQuestions
from shared.store.day_transaction import DayTransaction, NothingToDo, day_transaction
from shared.store.days import open_day
from shared.store.engine import make_engine, reading
from shared.store.prepared import Question
from shared.store.records import ticket_values
from tools.testing.halls import NINE

DAY = NINE.date()
AT_NINE = ManualClock(NINE)
ISSUED: Detail = {
    "service": "payment",
    "priority": "ordinary",
    "due_at": NINE.isoformat(),
    "people_ahead": 0,
    "language": "zh",
}


@pytest.fixture
def engine(hall: Hall, database_url: str) -> Iterator[Engine]:
    """The store of the hall, with its day open."""
    engine = make_engine(database_url)
    assert open_day(engine, hall.hall_id, DAY, NINE, real_time=False) == DAY
    yield engine
    engine.dispose()


def log(engine: Engine) -> list[tuple[int, int, str]]:
    with reading(engine) as connection:
        kept = tables.event.c
        rows = connection.execute(select(kept.seq, kept.command, kept.kind).order_by(kept.seq))
        return [(row.seq, row.command, row.kind) for row in rows]


def seq_of_day(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(tables.hall_day.c.seq)).scalar_one())


def test_events_of_one_command_know_each_other(engine: Engine) -> None:
    with day_transaction(engine, "small", DAY, AT_NINE) as tx:
        tx.note(EventKind.PLAN_CHANGED)
        tx.note(EventKind.PLAN_CHANGED)
    with day_transaction(engine, "small", DAY, AT_NINE) as tx:
        tx.note(EventKind.PLAN_CHANGED)
    assert log(engine) == [
        (1, 1, "day_opened"),
        (2, 2, "plan_changed"),
        (3, 2, "plan_changed"),
        (4, 4, "plan_changed"),
    ]
    assert seq_of_day(engine) == 4


def fail(engine: Engine, error: Exception) -> None:
    with day_transaction(engine, "small", DAY, AT_NINE, Request("r-1", "note")) as tx:
        tx.issue("B", 0, ISSUED)
        assert tx.ticket("B001") is not None
        raise error


@pytest.mark.parametrize("error", [ZeroDivisionError(), NothingToDo()])
def test_what_is_rolled_back_leaves_no_gap(engine: Engine, error: Exception) -> None:
    with pytest.raises(type(error)):
        fail(engine, error)
    assert seq_of_day(engine) == 1
    with day_transaction(engine, "small", DAY, AT_NINE, Request("r-1", "note")) as tx:
        assert tx.issue_outlook(["payment"], NINE, "B").last_ordinal == 0
        tx.note(EventKind.PLAN_CHANGED)
    assert [seq for seq, _, _ in log(engine)] == [1, 2]


def test_a_command_that_notes_nothing_is_a_bug(engine: Engine) -> None:
    with pytest.raises(AssertionError, match="NothingToDo"), day_transaction(engine, "small", DAY, AT_NINE):
        pass
    assert seq_of_day(engine) == 1


def test_a_read_sees_what_the_command_has_written(engine: Engine, hall: Hall) -> None:
    ticket = hall.issue("payment")
    with day_transaction(engine, "small", DAY, AT_NINE) as tx:
        called = tx.change_ticket(ticket, EventKind.CALLED, 1)
        assert tx.ticket_at(1) == called
        finished = tx.change_ticket(called, EventKind.FINISHED, 1)
    assert hall.ticket(ticket.id) == finished


def foresee_counter_one(day: DayQuestions, _now: datetime | None) -> tuple[Question, Question]:
    return day.ticket_at(1), day.counter(1)


def test_what_was_foreseen_is_known_until_the_command_writes(engine: Engine, hall: Hall) -> None:
    ticket = hall.issue("payment")
    asked: list[str] = []
    with day_transaction(engine, "small", DAY, AT_NINE, foresight=foresee_counter_one) as tx:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert tx.ticket_at(1) is None
        assert tx.counter(1) == CounterState(1)
        # SQLite answers at once, and has no way to spare.
        assert len(asked) == (0 if engine.dialect.name == "postgresql" else 2)
        called = tx.change_ticket(ticket, EventKind.CALLED, 1)
        assert tx.ticket_at(1) == called


def test_a_wrong_foresight_is_asked_anew(engine: Engine, hall: Hall) -> None:
    hall.issue("payment")
    called = hall.call_next(2)
    with day_transaction(engine, "small", DAY, AT_NINE, foresight=foresee_counter_one) as tx:
        assert tx.ticket_at(2) == called
        assert tx.counter(2).status is CounterStatus.OPEN
        assert tx.ticket_at(1) is None
        tx.note(EventKind.PLAN_CHANGED)


def test_foresight_by_a_clock_that_moves_meanwhile_is_asked_anew(engine: Engine, hall: Hall) -> None:
    """Who is due a minute later is not ahead of somebody who is due now."""
    hall.issue("payment")
    due = hall.waiting()[0].due_at
    clock = ManualClock(due - timedelta(minutes=1))

    def foresee(day: DayQuestions, now: datetime | None) -> tuple[Question, ...]:
        assert now is not None
        clock.set(due)
        return day.outlook(["payment"], now, "B")

    with day_transaction(engine, "small", DAY, clock, foresight=foresee) as tx:
        if engine.dialect.name == "postgresql":
            assert tx.now == due
        assert tx.issue_outlook(["payment"], due - timedelta(minutes=1), "B").people_due == 0
        assert tx.issue_outlook(["payment"], due, "B").people_due == 1
        tx.note(EventKind.PLAN_CHANGED)


@pytest.mark.parametrize(("hall_id", "day"), [("small", date(2026, 11, 24)), ("large", DAY)])
def test_a_day_that_is_not_open(engine: Engine, hall_id: str, day: date) -> None:
    with pytest.raises(DayNotOpen), day_transaction(engine, hall_id, day, AT_NINE):
        pass


def test_a_request_is_claimed_once(engine: Engine) -> None:
    with day_transaction(engine, "small", DAY, AT_NINE, Request("r-1", "first")) as tx:
        tx.note(EventKind.PLAN_CHANGED)

    def claim_again() -> None:
        with day_transaction(engine, "small", DAY, AT_NINE, Request("r-1", "second")) as tx:
            tx.note(EventKind.PLAN_CHANGED)

    with pytest.raises(RequestAnswered) as answered:
        claim_again()
    assert (answered.value.day, answered.value.command, answered.value.what) == (DAY, 2, "first")
    assert seq_of_day(engine) == 2


def test_the_constraint_catches_a_double_call(engine: Engine, hall: Hall) -> None:
    """If the code ever called two tickets to a counter, the database would not."""
    first, second = hall.issue("payment"), hall.issue("payment")

    def call_both() -> None:
        with day_transaction(engine, "small", DAY, AT_NINE) as tx:
            tx.change_ticket(first, EventKind.CALLED, 1)
            tx.change_ticket(second, EventKind.CALLED, 1)

    with pytest.raises(IntegrityError):
        call_both()
    assert [ticket.number for ticket in hall.waiting()] == ["B001", "B002"]
    assert hall.verify().clean


def again(tx: DayTransaction, **changes: object) -> None:
    ticket = tx.ticket("B001")
    assert ticket is not None
    row = {"hall_id": "small", **ticket_values(ticket), **changes}
    tx.connection.execute(insert(tables.ticket), row)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 90},
        {"number": "B002", "seq": 90},
        {"number": "B002", "ordinal": 2},
        {"number": "B002", "ordinal": 2, "seq": 90, "state": "asleep"},
        {"number": "B002", "ordinal": 2, "seq": 90, "state": "called", "counter": None},
        {"number": "B002", "ordinal": 2, "seq": 90, "day": date(2026, 11, 24)},
    ],
    ids=["number", "ordinal", "seq", "state", "called to no counter", "day never opened"],
)
def test_the_constraints_behind_the_code(engine: Engine, hall: Hall, changes: dict[str, object]) -> None:
    hall.issue("payment")

    def write() -> None:
        with day_transaction(engine, "small", DAY, AT_NINE) as tx:
            again(tx, **changes)

    with pytest.raises(IntegrityError):
        write()


class Naive:
    """A clock that forgot its time zone."""

    def now(self) -> datetime:
        return NINE.replace(tzinfo=None)


def test_a_naive_moment_never_reaches_the_store(engine: Engine) -> None:
    def note() -> None:
        with day_transaction(engine, "small", DAY, Naive()) as tx:
            tx.note(EventKind.PLAN_CHANGED)

    with pytest.raises(Exception, match="naive moment"):
        note()
