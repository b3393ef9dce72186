from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from shared.domain.clock import ManualClock, SystemClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.hall import Hall, TicketState, create_hall, open_hall
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S

DAY = timedelta(days=1)


def test_a_new_day_expires_what_was_open_and_numbers_begin_again(hall: Hall, clock: ManualClock) -> None:
    waiting, held, serving, called, missed, finished = (hall.issue("payment") for _ in range(6))
    hall.hold_ticket(held.id)
    hall.cancel(waiting.id)
    left = hall.issue("broadband")
    for _ in range(2):
        hall.call_next(1)
    hall.start(1)
    hall.call_next(2)
    clock.advance(DAY)
    fresh = hall.issue("payment")
    assert (fresh.number, fresh.day) == ("B001", date(2026, 11, 24))
    states = {
        ticket.number: hall.ticket(ticket.id).state for ticket in (waiting, held, serving, called, left)
    }
    assert states == {
        "B001": TicketState.CANCELLED,
        "B002": TicketState.EXPIRED,
        "B003": TicketState.FINISHED,
        "B004": TicketState.EXPIRED,
        "C001": TicketState.EXPIRED,
    }
    assert {hall.ticket(ticket.id).state for ticket in (missed, finished)} == {TicketState.EXPIRED}
    assert hall.waiting() == (fresh,)
    report = hall.verify()
    assert (report.days, report.differences) == (2, ())


def test_counters_begin_a_day_closed_and_without_a_clerk(hall: Hall, clock: ManualClock) -> None:
    hall.open_counter(1)
    clock.advance(DAY)
    assert hall.snapshot().counter(1).state.since is None
    hall.issue("payment")
    assert hall.snapshot().counter(1).state.since is None


def test_before_the_first_command_a_new_day_is_empty(hall: Hall, clock: ManualClock) -> None:
    hall.issue("payment")
    clock.advance(DAY)
    snapshot = hall.snapshot()
    assert (snapshot.day, snapshot.seq, snapshot.waiting) == (date(2026, 11, 24), 0, ())


def test_a_ticket_of_yesterday_is_told_to_be_of_yesterday(hall: Hall, clock: ManualClock) -> None:
    ticket = hall.issue("payment")
    clock.advance(DAY)
    with pytest.raises(Refused, match="2026-11-23, which is over") as refusal:
        hall.cancel(ticket.id)
    assert refusal.value.code is RefusalCode.UNKNOWN_TICKET


def test_a_clock_set_back_over_the_roll_over_stays_in_the_day(hall: Hall, clock: ManualClock) -> None:
    clock.advance(timedelta(hours=19, minutes=10))
    first = hall.issue("payment")
    clock.advance(-timedelta(minutes=30))
    second = hall.issue("payment")
    assert (first.day, second.day) == (date(2026, 11, 24), date(2026, 11, 24))
    assert [first.number, second.number] == ["B001", "B002"]
    assert [ticket.number for ticket in hall.waiting()] == ["B002", "B001"]
    assert hall.verify().differences == ()


def test_a_clock_far_ahead_for_a_while_does_not_repeat_numbers(hall: Hall, clock: ManualClock) -> None:
    hall.issue("payment")
    clock.advance(400 * DAY)
    assert hall.issue("payment").number == "B001"
    clock.advance(-400 * DAY)
    back = hall.issue("payment")
    assert (back.number, back.day) == ("B002", date(2026, 11, 23))
    assert hall.snapshot().waiting == (back,)
    assert hall.verify().differences == ()


def test_a_program_that_runs_on_over_the_roll_over_follows(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    with open_hall(database_url, clock=clock) as other:
        hall.issue("payment")
        other.issue("payment")
        clock.advance(DAY)
        assert other.issue("payment").number == "B001"
        assert hall.issue("payment").number == "B002"


def test_programs_that_find_a_new_day_at_once_open_it_once(
    hall: Hall, database_url: str, clock: ManualClock
) -> None:
    for _ in range(5):
        hall.issue("payment")
    clock.advance(DAY)
    programs = 4
    together = Barrier(programs)

    def issue(_program: int) -> str:
        with open_hall(database_url, clock=clock) as program:
            together.wait(PATIENCE_S)
            return program.issue("payment").number

    with ThreadPoolExecutor(programs) as pool:
        numbers = list(pool.map(issue, range(programs)))
    assert sorted(numbers) == ["B001", "B002", "B003", "B004"]
    report = hall.verify()
    # The new day: one opening and four tickets. The old one: one opening, five tickets, five expiries, one closing.
    assert (report.days, report.events, report.differences) == (2, 17, ())


class DeadClock(SystemClock):
    """A machine's clock after its battery died."""

    def now(self) -> datetime:
        return datetime(2020, 1, 1, tzinfo=UTC)


def test_a_machine_with_a_dead_clock_is_told_and_expires_nobody(
    new_postgres_database: Callable[[], str],
) -> None:
    url = new_postgres_database()
    with create_hall(url, small_plan()) as hall, open_hall(url, clock=DeadClock()) as dead:
        ticket = hall.issue("payment")
        with pytest.raises(StoreUnavailable) as fault:
            dead.issue("payment")
        assert fault.value.cause == "clock"
        assert hall.ticket(ticket.id).state is TicketState.WAITING
        assert hall.verify().clean
