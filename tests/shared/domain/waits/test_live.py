"""A running hall's quotes: when minutes are told, and that asking changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from shared.domain.event import Detail, Event, EventKind
from shared.domain.plan import HallPlan, Opening
from shared.domain.quote import QueueAhead, Quote
from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Happening, HappeningKind, WaitRange
from shared.domain.waits.live import (
    FORECASTS_AN_HOUR,
    LiveForecast,
    fresh_forecaster,
    rivals_of,
    typical_gaps,
)
from tools.testing.halls import NINE, small_plan

MONDAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)
PLAN = small_plan()


def day_of(plan: HallPlan, customers: int) -> tuple[LiveForecast, datetime]:
    """A live forecast in the middle of a day on which one is called every four minutes, three waiting."""
    live, at, seq = LiveForecast(plan, lambda _version: plan), NINE, 0

    def tell(
        kind: EventKind, ticket: str | None = None, counter: int | None = None, **detail: object
    ) -> None:
        nonlocal seq
        seq += 1
        live.take(Event(MONDAY, seq, seq, at, kind, ticket, counter, None, detail))  # type: ignore[arg-type]

    tell(EventKind.DAY_OPENED, plan_version=1)
    tell(EventKind.COUNTER_OPENED, counter=1)
    for place in range(customers):
        ahead = min(place, 3)
        tell(EventKind.ISSUED, f"B{place:03}", service="payment", priority="ordinary", people_ahead=ahead)
        at += 4 * MINUTE
        if place >= 3:
            tell(EventKind.CALLED, f"B{place - 3:03}", 1)
    return live, at


@pytest.fixture
def asked() -> Callable[..., QueueAhead]:
    def ask(at: datetime, **more: object) -> QueueAhead:
        return replace(QueueAhead("payment", at, 3, 1), **more)  # type: ignore[arg-type]

    return ask


def test_minutes_are_told_once_enough_were_called(asked: Callable[..., QueueAhead]) -> None:
    few, at = day_of(PLAN, 20)
    assert few.quote(asked(at)) == Quote(3)
    live, at = day_of(PLAN, 60)
    told = live.quote(asked(at))
    assert told.minutes is not None
    assert told.low_minutes is not None
    assert told.high_minutes is not None
    assert told.low_minutes <= told.minutes <= told.high_minutes
    assert told.minutes == pytest.approx(13, abs=4)


def test_without_an_open_counter_or_with_a_time_of_its_own_only_people_are_told(
    asked: Callable[..., QueueAhead],
) -> None:
    live, at = day_of(PLAN, 60)
    assert live.quote(asked(at, counters_open=0)) == Quote(3)
    assert live.quote(asked(at, booked=True)) == Quote(3)


def test_nothing_is_promised_for_after_closing_time(asked: Callable[..., QueueAhead]) -> None:
    live, at = day_of(replace(PLAN, openings=(Opening(0, time(8), time(13, 5)),)), 60)
    closes = datetime(2026, 11, 23, 5, 5, tzinfo=NINE.tzinfo)
    assert live.quote(asked(closes - 60 * MINUTE)).minutes is not None
    assert live.quote(asked(closes - MINUTE, people_ahead=9)) == Quote(9)
    assert at < closes


def test_asking_changes_no_later_quote(asked: Callable[..., QueueAhead]) -> None:
    (quiet, at), (curious, _) = day_of(PLAN, 60), day_of(PLAN, 60)
    for minute in range(200):
        curious.quote(asked(at + minute * MINUTE, people_ahead=minute % 7))
    assert [quiet.quote(asked(at, people_ahead=ahead)) for ahead in range(8)] == [
        curious.quote(asked(at, people_ahead=ahead)) for ahead in range(8)
    ]


def test_a_new_plan_holds_from_its_event_on() -> None:
    two = replace(PLAN, counters=PLAN.counters[:2])
    live = LiveForecast(PLAN, lambda version: {1: PLAN, 2: two}[version])
    for seq, version in ((1, 1), (2, 2)):
        kind = EventKind.DAY_OPENED if version == 1 else EventKind.PLAN_CHANGED
        live.take(Event(MONDAY, seq, seq, NINE, kind, detail={"plan_version": version}))
    assert live.quote(QueueAhead("payment", NINE, 2, 1)) == Quote(2)
    assert live.seq == 2


def test_a_line_is_those_who_compete_for_the_same_counters() -> None:
    assert rivals_of(PLAN)["payment"] == ("broadband", "enquiry", "payment")
    assert typical_gaps(PLAN)["payment"] == pytest.approx((2 + 4 + 12) / 3 / 3)


def test_a_state_of_another_version_is_refused() -> None:
    state = json.loads(json.dumps(fresh_forecaster(PLAN).to_json()))
    assert LiveForecast(PLAN, lambda _version: PLAN, state).seq == 0
    with pytest.raises(ValueError, match="another version"):
        LiveForecast(PLAN, lambda _version: PLAN, state | {"version": 1})


def test_a_crowd_gets_fewer_forecasts_to_learn_from_and_quotes_as_ever(
    monkeypatch: pytest.MonkeyPatch, asked: Callable[..., QueueAhead]
) -> None:
    made: list[bool] = []
    observe = HallForecaster.observe

    def noted(self: HallForecaster, happening: Happening) -> WaitRange | None:
        said = observe(self, happening)
        if happening.kind is HappeningKind.ISSUED:
            made.append(said is not None)
        return said

    live, at = day_of(PLAN, 60)
    monkeypatch.setattr(HallForecaster, "observe", noted)
    told: Detail = {"service": "payment", "priority": "ordinary", "people_ahead": 3}

    def issue(seq: int, moment: datetime) -> None:
        live.take(Event(MONDAY, seq, seq, moment, EventKind.ISSUED, f"C{seq:04}", detail=told))

    for place in range(3 * FORECASTS_AN_HOUR):
        issue(1000 + place, at)
    assert all(made[: FORECASTS_AN_HOUR - 1])
    assert sum(made[FORECASTS_AN_HOUR:]) == pytest.approx(FORECASTS_AN_HOUR * (1 / 2 + 1 / 3), abs=2)
    assert live.quote(asked(at)).minutes is not None
    made.clear()
    issue(5000, at + timedelta(hours=1))
    assert made == [True], "an hour without a crowd begins"
