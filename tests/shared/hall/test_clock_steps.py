"""Clocks that step by an hour, over midnight and the roll-over, and at the end of summer time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.clock import ManualClock
from shared.domain.errors import Refused
from shared.hall import Hall, create_hall, open_hall
from tools.testing.halls import NINE, small_plan

HOUR = timedelta(hours=1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "call", "start", "finish", "no_show", "log"]),
        # Minutes that pass, and now and then a step of the clock by up to an hour either way.
        st.integers(0, 5) | st.integers(-60, 60),
    ),
    min_size=5,
    max_size=25,
)

COMMANDS: dict[str, Callable[[Hall], object]] = {
    "issue": lambda hall: hall.issue("payment", "senior"),
    "call": lambda hall: hall.call_next(1),
    "start": lambda hall: hall.start(1),
    "finish": lambda hall: hall.finish(1),
    "no_show": lambda hall: hall.no_show(1),
    "log": lambda hall: hall.pause_counter(2, "meeting"),
}


def run(hall: Hall, clock: ManualClock, steps: list[tuple[str, int]]) -> list[str]:
    """Carry the steps out and return the numbers issued, in order, with their day."""
    issued: list[str] = []
    for command, minutes in steps:
        clock.advance(timedelta(minutes=minutes))
        try:
            answer = COMMANDS[command](hall)
        except Refused:
            continue
        if command == "issue":
            issued.append(answer.id)  # type: ignore[attr-defined]
    return issued


@settings(max_examples=25)
@given(steps=STEPS, start=st.sampled_from([NINE, datetime(2026, 11, 22, 15, 50, tzinfo=UTC)]))
def test_a_clock_that_steps_gives_no_number_twice_and_shows_no_nonsense(
    hall_anew: Callable[[ManualClock], Hall], steps: list[tuple[str, int]], start: datetime
) -> None:
    """From nine in the morning, and from ten to midnight, which is no boundary of a business day."""
    clock = ManualClock(start)
    hall = hall_anew(clock)
    issued = run(hall, clock, steps)
    assert len(issued) == len(set(issued))
    assert issued == sorted(issued)
    assert len({ticket_id.partition("-")[0] for ticket_id in issued}) <= 1
    tickets = hall.tickets()
    assert [ticket.id for ticket in tickets] == issued
    assert all(ticket.calls <= 1 for ticket in tickets)
    snapshot = hall.snapshot()
    assert all(line.quote.minutes is None or line.quote.minutes >= 0 for line in snapshot.services)
    mean = hall.figures(1).mean_service
    assert mean is None or mean >= timedelta()
    assert hall.verify().differences == ()


@pytest.fixture(scope="module")
def hall_anew(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ManualClock], Hall]:
    """Makes one hall after another in one file; each ends when the next one begins."""
    url = f"sqlite:///{tmp_path_factory.mktemp('clock') / 'hall.db'}"
    made: list[Hall] = []

    def make(clock: ManualClock) -> Hall:
        for earlier in made:
            earlier.close()
        made.append(create_hall(url, small_plan(f"small-{len(made)}"), clock=clock))
        return made[-1]

    return make


@pytest.mark.parametrize("step", [-HOUR, HOUR])
def test_a_step_of_an_hour_keeps_the_queue_and_its_order(
    hall: Hall, clock: ManualClock, step: timedelta
) -> None:
    first, second = hall.issue("payment"), hall.issue("payment")
    clock.advance(step)
    assert [ticket.id for ticket in hall.waiting()] == [first.id, second.id]
    called = hall.call_next(1)
    assert called is not None
    assert called.id == first.id
    hall.start(1)
    clock.advance(-step)
    done = hall.finish(1)
    assert done.state == "finished"
    assert hall.figures(1).served == 1
    assert (hall.figures(1).mean_service or timedelta()) >= timedelta()
    assert hall.verify().differences == ()


def test_an_undo_after_a_step_back_is_still_the_last_action(hall: Hall, clock: ManualClock) -> None:
    hall.issue("payment")
    hall.call_next(1)
    clock.advance(-HOUR)
    assert [ticket.number for ticket in hall.undo(1).tickets] == ["B001"]
    assert hall.verify().differences == ()


def test_a_lock_after_wrong_pins_does_not_last_an_hour_because_the_clock_stepped(
    hall: Hall, clock: ManualClock
) -> None:
    hall.add_clerk("1001", "王芳", "2468")
    for _ in range(5):
        with pytest.raises(Refused):
            hall.log_in(1, "1001", "0000")
    clock.advance(-HOUR)
    assert hall.log_in(1, "1001", "2468").badge == "1001"


def test_over_midnight_and_back_it_is_one_business_day(hall: Hall, clock: ManualClock) -> None:
    """In Shanghai; the roll-over is at four."""
    clock.set(datetime(2026, 11, 23, 15, 40, tzinfo=UTC))
    numbers = []
    for step in (timedelta(), HOUR, -HOUR, HOUR, timedelta(minutes=30)):
        clock.advance(step)
        ticket = hall.issue("payment")
        numbers.append((ticket.day, ticket.number))
    assert numbers == [(date(2026, 11, 23), f"B00{number}") for number in range(1, 6)]
    assert hall.verify().differences == ()


@pytest.mark.parametrize("rollover", [time(2, 30), time(3), time(4)])
def test_the_hour_that_comes_twice_at_the_end_of_summer_time_opens_one_day(
    database_url: str, clock: ManualClock, rollover: time
) -> None:
    """In Berlin on 25 October 2026 the clock goes from 03:00 back to 02:00, at 01:00 UTC."""
    plan = replace(small_plan(), timezone="Europe/Berlin", rollover=rollover)
    clock.set(datetime(2026, 10, 24, 23, 50, tzinfo=UTC))
    with create_hall(database_url, plan, clock=clock) as hall:
        issued = []
        for _ in range(24):
            issued.append(hall.issue("payment"))
            clock.advance(timedelta(minutes=10))
        days = [ticket.day for ticket in issued]
        assert days == sorted(days)
        assert set(days) == {date(2026, 10, 24), date(2026, 10, 25)}
        assert len({ticket.id for ticket in issued}) == len(issued)
        # 03:50 in winter time is still before a roll-over at four.
        assert [ticket.issued_at for ticket in issued] == sorted(ticket.issued_at for ticket in issued)
        assert hall.verify().differences == ()
        assert hall.verify().days == 2


def test_the_hour_that_is_missing_in_spring_loses_no_day(database_url: str, clock: ManualClock) -> None:
    """In Berlin on 29 March 2026 the clock goes from 02:00 to 03:00; the roll-over at 02:30 does not exist."""
    plan = replace(small_plan(), timezone="Europe/Berlin", rollover=time(2, 30))
    clock.set(datetime(2026, 3, 29, 0, 50, tzinfo=UTC))
    with create_hall(database_url, plan, clock=clock) as hall:
        before = hall.issue("payment")
        clock.advance(timedelta(minutes=20))
        after = hall.issue("payment")
        assert (before.day, after.day) == (date(2026, 3, 28), date(2026, 3, 29))
        assert hall.verify().differences == ()


def test_two_machines_whose_clocks_differ_by_minutes_share_one_queue(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    fast = ManualClock(clock.now() + timedelta(minutes=7))
    with open_hall(database_url, clock=fast) as ahead:
        numbers = [own.issue("payment").number for own in (hall, ahead, hall, ahead)]
        assert numbers == ["B001", "B002", "B003", "B004"]
        called = [own.call_next(counter) for own, counter in ((ahead, 1), (hall, 2))]
        assert [ticket.number for ticket in called if ticket] == ["B001", "B003"]
        assert hall.finish(1).number == "B001"
        assert (hall.figures(1).mean_service or timedelta()) >= timedelta()
        assert hall.verify().differences == ()
