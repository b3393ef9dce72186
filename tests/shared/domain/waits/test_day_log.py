"""What the hall's own events mean to a forecaster."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.domain.event import Event, EventKind
from shared.domain.waits.day_log import DayLog, counters_for
from shared.domain.waits.happening import Happening, HappeningKind
from tools.testing.halls import NINE, small_plan

MONDAY = date(2026, 11, 23)


class Log:
    """Writes events a minute apart and gives what they mean."""

    def __init__(self) -> None:
        self.log = DayLog(small_plan())
        self.seq = 0

    def add(
        self, kind: EventKind, ticket: str | None = None, counter: int | None = None, **detail: object
    ) -> list[Happening]:
        self.seq += 1
        at = NINE + timedelta(minutes=self.seq)
        event = Event(MONDAY, self.seq, self.seq, at, kind, ticket, counter, None, detail)  # type: ignore[arg-type]
        return list(self.log.happenings(event))

    def issue(self, ticket: str, service: str = "payment", **more: object) -> Happening:
        given = {"service": service, "priority": "senior", "people_ahead": 2, **more}
        (happening,) = self.add(EventKind.ISSUED, ticket, None, **given)
        return happening


@pytest.fixture
def log() -> Log:
    return Log()


def kinds(happenings: list[Happening]) -> list[HappeningKind]:
    return [happening.kind for happening in happenings]


def test_an_issue_tells_what_the_hall_knew_in_local_time(log: Log) -> None:
    for counter in (1, 2, 3):
        log.add(EventKind.COUNTER_OPENED, counter=counter)
    log.add(EventKind.COUNTER_PAUSED, counter=2, reason="meal")
    ask = log.issue("B001").ask
    assert ask is not None
    assert (ask.at.hour, ask.at.minute, ask.at.tzinfo) == (9, 5, None)
    assert (ask.service, ask.priority, ask.people_ahead, ask.counters_open, ask.booked) == (
        "payment",
        "senior",
        2,
        2,
        False,
    )


def test_an_appointment_and_a_ticket_kept_through_an_outage_teach_nothing(log: Log) -> None:
    for more in ({"appointed_for": NINE.isoformat()}, {"kept_by": "kiosk-1"}):
        ask = log.issue("B001", **more).ask
        assert ask is not None
        assert ask.booked


def test_counters_count_that_take_the_people_ahead_once_one_takes_the_service() -> None:
    plan = small_plan()
    assert [counters_for(plan, "payment", open_now) for open_now in ((), (3,), (1,), (1, 3), (1, 2, 3))] == [
        0,
        0,
        1,
        2,
        3,
    ]


def test_who_is_set_aside_leaves_the_line_and_comes_back_without_a_lesson(log: Log) -> None:
    log.issue("B001")
    assert kinds(log.add(EventKind.CALLED, "B001", 1)) == [HappeningKind.CALLED]
    assert kinds(log.add(EventKind.HELD, "B001", 1)) == [HappeningKind.LEFT, HappeningKind.FINISHED]
    assert kinds(log.add(EventKind.RESUMED, "B001")) == [HappeningKind.BACK]
    (back,) = log.add(EventKind.TRANSFERRED, "B001", 1, service="broadband")
    assert back.ask is not None
    assert (back.kind, back.ask.service, back.ask.priority) == (HappeningKind.BACK, "broadband", "senior")


def test_what_was_taken_back_counts_as_where_the_ticket_stands_again(log: Log) -> None:
    log.issue("B001")
    log.add(EventKind.CALLED, "B001", 1)
    assert kinds(
        log.add(EventKind.UNDONE, "B001", 1, restores={"state": "waiting", "service": "payment"})
    ) == [HappeningKind.BACK]
    assert kinds(log.add(EventKind.UNDONE, "B001", 1, restores={"state": "held"})) == [HappeningKind.LEFT]
    assert kinds(log.add(EventKind.UNDONE, "B001", 1, restores={"state": "serving"})) == []


def test_a_counter_is_as_open_as_an_undo_makes_it(log: Log) -> None:
    log.add(EventKind.COUNTER_OPENED, counter=1)
    log.add(EventKind.COUNTER_CLOSED, counter=1)
    log.add(EventKind.UNDONE, counter=1, restores={"status": "open"})
    ask = log.issue("B001").ask
    assert ask is not None
    assert ask.counters_open == 1


@pytest.mark.parametrize("kind", [EventKind.CANCELLED, EventKind.EXPIRED])
def test_who_gives_up_or_is_left_over_has_left(log: Log, kind: EventKind) -> None:
    log.issue("B001")
    assert kinds(log.add(kind, "B001")) == [HappeningKind.LEFT]


def test_a_log_with_holes_is_borne(log: Log) -> None:
    assert log.add(EventKind.RETURNED, "B007") == []
    assert log.add(EventKind.DAY_OPENED) == []
    assert log.issue("B001", people_ahead=None).ask is not None
