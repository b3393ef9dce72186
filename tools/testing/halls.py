"""A small hall for tests of the rules and the store: three services, five classes, three counters that differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.plan import CounterPlan, HallPlan, Localized, PriorityClass, Service
from shared.hall import Hall, create_hall

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 on Monday 23 November 2026 in Shanghai."""

_ENQUIRY = Service("enquiry", "A", Localized("业务咨询", "Enquiries"), timedelta(minutes=3), 2)
_PAYMENT = Service("payment", "B", Localized("缴费充值", "Bills and top-up"), timedelta(minutes=15), 4)
_BROADBAND = Service("broadband", "C", Localized("宽带业务", "Broadband"), timedelta(minutes=20), 12)

_CLASSES = (
    ("ordinary", "普通", "Ordinary", 0),
    ("senior", "长者", "Senior", 5),
    ("disabled", "无障碍", "Accessible", 8),
    ("vip", "VIP", "VIP", 4),
    ("appointment", "预约", "Appointment", 0),
)


def small_plan(hall_id: str = "small") -> HallPlan:
    """A hall in Shanghai, always open, whose day begins at four.

    Counter 1 offers enquiries and payments; counter 2 all three, payments with a penalty of ten minutes; counter 3
    broadband alone. So the three services compete for counter 2, and counter 3 takes no payment unless sent one.
    """
    at_once, later = timedelta(), timedelta(minutes=10)
    return HallPlan(
        id=hall_id,
        name=Localized("小营业厅", "Small Hall"),
        timezone="Asia/Shanghai",
        rollover=time(4),
        services=(_ENQUIRY, _PAYMENT, _BROADBAND),
        priorities=tuple(
            PriorityClass(key, Localized(zh, en), timedelta(minutes=minutes))
            for key, zh, en, minutes in _CLASSES
        ),
        counters=(
            _counter(1, enquiry=at_once, payment=at_once),
            _counter(2, enquiry=at_once, payment=later, broadband=at_once),
            _counter(3, broadband=at_once),
        ),
        openings=(),
    )


def _counter(number: int, **offers: timedelta) -> CounterPlan:
    return CounterPlan(number, Localized(f"{number} 号窗口", f"Counter {number}"), offers)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at nine in the morning of a Monday in Shanghai until the test moves it."""
    return ManualClock(NINE)


@pytest.fixture
def hall(database_url: str, clock: ManualClock) -> Iterator[Hall]:
    """The small hall, freshly created, on each engine in turn; its time is the fixture `clock`."""
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        yield hall
