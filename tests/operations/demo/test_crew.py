"""The demo's day through the public interface: everyone is accounted for, and the log agrees with the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from operations.demo.crew import Crew
from operations.demo.office_day import Visitor
from operations.demo.play import play_at_once
from operations.demo.stage import PIN, Stage, latest_opening, set_stage
from operations.demo.summary import summarise
from shared.domain.clock import ManualClock
from shared.domain.ticket import TicketState
from shared.hall import Hall, open_hall

MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return set_stage(tmp_path, "zh")


@pytest.fixture
def clock(stage: Stage) -> ManualClock:
    return ManualClock(stage.opening)


@pytest.fixture
def hall(stage: Stage, clock: ManualClock) -> Iterator[Hall]:
    with open_hall(stage.database_url, clock=clock) as hall:
        yield hall


def crew_for(stage: Stage, hall: Hall, visitors: list[Visitor]) -> Crew:
    return Crew(hall, stage.opening, visitors, stage.clerks, seed=5)


def visitor(minute: int, service: str = "payment", patience: int = 60) -> Visitor:
    return Visitor(minute * MINUTE, service, "ordinary", 4 * MINUTE, patience * MINUTE)


def play(crew: Crew, clock: ManualClock, stage: Stage, minutes: int) -> list[datetime]:
    moments: list[datetime] = []
    play_at_once(crew, clock, stage.opening + minutes * MINUTE, moments.append)
    return moments


def test_patient_customers_are_served_and_the_log_agrees(
    stage: Stage, hall: Hall, clock: ManualClock
) -> None:
    crew = crew_for(stage, hall, [visitor(minute) for minute in range(30)])
    moments = play(crew, clock, stage, 120)
    tickets = hall.tickets()
    summary = summarise(stage.plan, tickets, hall.verify())
    assert moments == sorted(moments)
    assert (summary.issued, summary.served + summary.no_shows, summary.still_waiting) == (30, 30, 0)
    assert summary.verified
    payment = next(line for line in summary.services if line.service == "payment")
    assert payment.mean_wait is not None
    assert payment.longest_wait is not None
    assert 0 < payment.mean_wait <= payment.longest_wait


def test_a_customer_without_patience_is_missed(stage: Stage, hall: Hall, clock: ManualClock) -> None:
    crew = crew_for(stage, hall, [visitor(0, patience=0)])
    play(crew, clock, stage, 5)
    (ticket,) = hall.tickets()
    assert (ticket.state, ticket.calls) == (TicketState.NO_SHOW, 2)


def test_a_resting_clerk_leaves_the_counter_to_a_person(stage: Stage, hall: Hall, clock: ManualClock) -> None:
    crew = crew_for(stage, hall, [visitor(minute, "complaint") for minute in range(10)])
    crew.resting = frozenset({1})
    play(crew, clock, stage, 90)
    assert {ticket.counter for ticket in hall.tickets()} == {8}


def test_a_person_who_is_quicker_does_not_stop_the_day(stage: Stage, hall: Hall, clock: ManualClock) -> None:
    crew = crew_for(stage, hall, [visitor(3, "enterprise") for _ in range(4)])
    while hall.snapshot().counter(8).ticket is None:
        play_at_once(crew, clock, clock.now() + timedelta(seconds=1), lambda _now: None)
    assert hall.call_next(8) is not None
    play(crew, clock, stage, 150)
    assert crew.refused == 1
    assert {ticket.state for ticket in hall.tickets()} == {TicketState.FINISHED}
    assert hall.verify().clean


def test_the_stage_is_fresh_each_time_and_its_clerks_can_log_in(
    stage: Stage, hall: Hall, tmp_path: Path
) -> None:
    hall.issue("payment")
    hall.close()
    again = set_stage(tmp_path, "zh")
    with open_hall(again.database_url) as fresh:
        assert fresh.tickets() == ()
        assert fresh.log_in(2, "1002", PIN).badge == "1002"


@pytest.mark.parametrize(
    ("today", "opening"),
    [
        ("2026-11-24T13:00", "2026-11-24T08:30"),
        ("2026-11-24T02:00", "2026-11-24T08:30"),
        ("2026-11-29T13:00", "2026-11-27T08:30"),
        ("2027-01-01T13:00", "2026-12-31T08:30"),
    ],
)
def test_the_demo_plays_on_the_latest_working_day(stage: Stage, today: str, opening: str) -> None:
    def in_the_hall(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(stage.plan.timezone))

    assert latest_opening(stage.plan, in_the_hall(today)) == in_the_hall(opening)
