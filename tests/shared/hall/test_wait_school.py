"""Quotes learn from the past days, once a day, and every program tells the same."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.domain.clock import CLOCK_VARIABLE, ManualClock, ScaledClock
from shared.domain.quote import Quote
from shared.hall import Hall, create_hall, open_hall
from shared.store import tables
from shared.store.engine import make_engine, reading
from tools.testing.halls import NINE, small_plan
from tools.testing.patience import PATIENCE_S

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def live_through_a_day(hall: Hall, clock: ManualClock, seed: int, customers: int = 40) -> None:
    """Two counters work through a morning; a few customers miss their call."""
    chance = random.Random(seed)
    for counter in (1, 2):
        hall.open_counter(counter)
    for place in range(customers):
        hall.issue(chance.choice(("payment", "enquiry")), chance.choice(("ordinary", "ordinary", "senior")))
        clock.advance(MINUTE * chance.uniform(0.5, 3))
        if place % 4 != 3:
            hall.call_next(chance.choice((1, 2)))
        if place % 10 == 9 and (line := hall.snapshot().counter(1)).ticket is not None:
            hall.no_show(line.plan.number)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NINE)


@pytest.fixture
def hall(database_url: str, clock: ManualClock) -> Iterator[Hall]:
    """A hall on its third day, before anything was learned for it."""
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        for day in range(2):
            clock.set(NINE + day * DAY)
            live_through_a_day(hall, clock, seed=day)
        clock.set(NINE + 2 * DAY)
        yield hall


def quotes(hall: Hall) -> list[Quote]:
    return [line.quote for line in hall.snapshot().services]


def test_nothing_is_due_before_the_day_has_begun_or_without_a_past(
    database_url: str, clock: ManualClock
) -> None:
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        assert not hall.waits_are_due()
        hall.issue("payment")
        assert not hall.waits_are_due()
        assert hall.learn_waits() is None
        clock.advance(DAY)
        assert not hall.waits_are_due()
        hall.issue("payment")
        assert hall.waits_are_due()


def test_one_program_learns_and_the_others_have_nothing_to_do(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    hall.open_counter(1)
    lesson = hall.learn_waits()
    assert lesson is not None
    assert (lesson.days, lesson.tickets) == (2, 80)
    with open_hall(database_url, clock=clock) as other:
        assert not other.waits_are_due()
        assert other.learn_waits() is None
    assert hall.verify().clean


def test_every_program_tells_the_same_quote(hall: Hall, database_url: str, clock: ManualClock) -> None:
    hall.open_counter(1)
    with open_hall(database_url, clock=clock) as kiosk:
        hall.issue("payment")
        cold = quotes(hall)
        assert quotes(kiosk) == cold
        hall.learn_waits()
        live_through_a_day(hall, clock, seed=9, customers=25)
        seen = quotes(hall)
        assert quotes(kiosk) == seen
        with open_hall(database_url, clock=clock) as late:
            assert quotes(late) == seen
    assert all(quote.high_minutes is not None for quote in seen[:2])


def test_a_process_that_only_issues_tells_what_the_screens_tell(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    hall.open_counter(1)
    hall.learn_waits()
    live_through_a_day(hall, clock, seed=4, customers=10)
    shown = next(line.quote for line in hall.snapshot().services if line.service.key == "payment")
    with open_hall(database_url, clock=clock) as once:
        ticket = once.issue("payment")
    told = Quote(ticket.people_ahead, ticket.quote_minutes, ticket.quote_low, ticket.quote_high)
    assert told == shown
    assert told.high_minutes is not None


def test_what_was_learned_for_days_long_gone_is_dropped(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    for _day in range(6):
        hall.issue("payment")
        assert hall.learn_waits() is not None
        clock.advance(DAY)
    engine = make_engine(database_url)
    with reading(engine) as connection:
        kept = list(connection.execute(select(tables.learned_waits.c.day)).scalars())
    engine.dispose()
    assert len(kept) == 4


def test_a_lesson_that_was_given_up_is_taken_up_later(
    hall: Hall, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.issue("payment")
    with monkeypatch.context() as patched:
        patched.setattr("shared.hall.wait_school.taught", _killed)
        with pytest.raises(KeyboardInterrupt):
            hall.learn_waits()
    assert hall.learn_waits() is None
    clock.advance(11 * MINUTE)
    assert hall.waits_are_due()
    assert hall.learn_waits() is not None


def _killed(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_what_another_version_learned_is_not_used(
    hall: Hall, database_url: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.open_counter(1)
    hall.learn_waits()
    assert quotes(hall)[0].high_minutes is not None
    monkeypatch.setattr("shared.domain.waits.forecaster.STATE_VERSION", 99)
    with open_hall(database_url, clock=clock) as newer:
        assert [quote.high_minutes for quote in quotes(newer)] == [None, None, None]
        assert newer.issue("payment").quote_minutes is None


def school_process(database_url: str, now: datetime) -> subprocess.CompletedProcess[str]:
    """The lesson in a process of its own, whose clock hardly moves from this morning."""
    clock = ScaledClock(datetime.now(UTC), now, 0.001)
    return subprocess.run(
        [sys.executable, "-m", "shared.hall.school_process"],
        input=json.dumps({"database": database_url, "hall": "small"}),
        env=os.environ | {CLOCK_VARIABLE: clock.spec()},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_the_lesson_runs_as_a_process(hall: Hall, database_url: str, clock: ManualClock) -> None:
    hall.issue("payment")
    ended = school_process(database_url, clock.now())
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert not hall.waits_are_due()


def test_a_process_that_finds_no_hall_says_so(tmp_path: Path) -> None:
    ended = school_process(f"sqlite:///{tmp_path / 'none.db'}", NINE)
    assert ended.returncode == 1
    assert "jiaohao init" in ended.stderr
