"""Small phrases in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from kiosk import wording
from shared.domain.opening import WeekHours, next_opening, week_hours
from shared.domain.plan import Opening
from shared.words import Words
from tools.testing.sample_hall import MORNING, make_plan

ZH, EN = Words("zh"), Words("en")
EVENING = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(("people", "zh", "en"), [(0, "无人等候", "No queue"), (3, "前面 3 人", "3 ahead")])
def test_people_ahead(people: int, zh: str, en: str) -> None:
    assert wording.people_ahead(people, ZH) == zh
    assert wording.people_ahead(people, EN) == en


def test_the_wait_without_a_figure_is_only_the_people() -> None:
    assert wording.wait_text(3, "", ZH) == "前面 3 人"
    assert wording.wait_text(0, "很快叫到您", ZH) == "前面没有人，很快叫到您"


@pytest.mark.parametrize(
    ("numbers", "zh", "en"),
    [
        ((), "", ""),
        ((3,), "请留意 3 号窗口", "Watch for counter 3"),
        ((2, 3, 5), "请留意 2-3、5 号窗口", "Watch for counters 2–3, 5"),
    ],
)
def test_counters_to_watch(numbers: tuple[int, ...], zh: str, en: str) -> None:
    assert wording.counters_text(numbers, ZH) == zh
    assert wording.counters_text(numbers, EN) == en


@pytest.mark.parametrize(
    ("closed_days", "zh", "en"),
    [
        (0, "明天 08:30 开始营业", "We open tomorrow at 08:30"),
        (2, "周四 08:30 开始营业", "We open Thursday at 08:30"),
        (9, "12 月 3 日 08:30 开始营业", "We open 3/12 at 08:30"),
    ],
)
def test_the_next_opening_is_named_as_people_name_it(closed_days: int, zh: str, en: str) -> None:
    shut = tuple(date(2026, 11, 24) + timedelta(days=day) for day in range(closed_days))
    plan = replace(make_plan(), closed_on=shut)
    span = next_opening(plan, EVENING)
    assert wording.next_opening_text(plan, span, EVENING, ZH) == zh
    assert wording.next_opening_text(plan, span, EVENING, EN) == en


def test_later_today_is_today() -> None:
    plan = make_plan()
    early = MORNING - timedelta(hours=2)
    assert wording.next_opening_text(plan, next_opening(plan, early), early, ZH) == "今天 08:30 开始营业"


def test_an_unknown_opening_is_not_promised() -> None:
    assert wording.next_opening_text(make_plan(), None, EVENING, ZH) == ""


def test_the_sign_at_the_door() -> None:
    noon = (time(8, 30), time(12)), (time(13), time(17, 30))
    workdays = WeekHours((0, 1, 2, 3, 4), noon)
    assert wording.days_text(workdays, ZH) == "周一至周五"
    assert wording.days_text(WeekHours((6,), noon), EN) == "Sunday"
    assert wording.times_text(workdays, ZH) == "08:30-12:00、13:00-17:30"
    every_day = week_hours(replace(make_plan(), openings=tuple(Opening(day, *noon[0]) for day in range(7))))
    assert [wording.days_text(line, ZH) for line in every_day] == ["每天"]
