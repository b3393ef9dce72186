from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lobby_display.lobby_state import Flash, Page, compose, page_of, quote_text
from shared.domain.plan import Localized
from shared.domain.quote import Quote
from shared.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from lobby_display.layout import Layout
    from shared.domain.announcement import Announcement
    from shared.domain.snapshot import HallSnapshot

    MakeSnapshot = Callable[..., HallSnapshot]
    MakeAnnouncement = Callable[..., Announcement]

ZH, EN = Words("zh"), Words("en")


def test_calls_are_shown_newest_first_with_their_counter(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    state = compose(make_snapshot(), now, ZH, layout)
    assert [(call.number, call.counter) for call in state.calls] == [
        ("A023", "3"),
        ("B107", "1"),
        ("A022", "5"),
        ("C004", "2"),
    ]
    assert state.calls[0].service == "缴费充值"
    assert state.calls[0].time == "09:41"


def test_only_who_is_still_expected_is_due(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    state = compose(make_snapshot(), now, ZH, layout)
    assert [call.number for call in state.calls if call.due] == ["A023", "B107"]


def test_the_call_that_is_spoken_flashes(
    make_snapshot: MakeSnapshot, make_announcement: MakeAnnouncement, now: datetime, layout: Layout
) -> None:
    spoken = make_announcement("B107", 1, 88)
    state = compose(make_snapshot(), now, ZH, layout, flash=Flash(spoken, 7))
    assert {call.number: call.flash for call in state.calls} == {"A023": 0, "B107": 7, "A022": 0, "C004": 0}


def test_the_same_number_of_another_day_does_not_flash(
    make_snapshot: MakeSnapshot, make_announcement: MakeAnnouncement, now: datetime, layout: Layout
) -> None:
    yesterday = replace(make_announcement(), day=make_announcement().day - timedelta(days=1))
    state = compose(make_snapshot(), now, ZH, layout, flash=Flash(yesterday, 1))
    assert all(call.flash == 0 for call in state.calls)


def test_waiting_is_told_by_service(make_snapshot: MakeSnapshot, now: datetime, layout: Layout) -> None:
    pages = [compose(make_snapshot(), now + timedelta(seconds=12 * turn), ZH, layout) for turn in range(2)]
    rows = {row.name: (row.people, row.quote) for state in pages for row in state.waiting}
    assert len(rows) == 10
    assert rows["缴费充值"] == ("3", "4-10 分钟")
    assert rows["开户入网"] == ("0", "无需等候")
    assert rows["政企客户"] == ("1", "请稍候")
    assert pages[0].waiting_total == "共 36 人"


@pytest.mark.parametrize(
    ("quote", "zh", "en"),
    [
        (Quote(0), "无需等候", "no wait"),
        (Quote(0, 0, 0, 1), "无需等候", "no wait"),
        (Quote(0, 2, 0, 5), "5 分钟内", "< 5 min"),
        (Quote(1, 1, 0, 2), "2 分钟内", "< 2 min"),
        (Quote(3, 7, 4, 10), "4-10 分钟", "4–10 min"),
        (Quote(3), "请稍候", "a while"),
    ],
)
def test_a_quote_is_a_range(quote: Quote, zh: str, en: str) -> None:
    assert quote_text(quote, ZH) == zh
    assert quote_text(quote, EN) == en


def test_counters_are_open_or_paused_and_closed_ones_are_left_out(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    state = compose(make_snapshot(), now, ZH, layout)
    assert [chip.number for chip in state.counters] == ["1", "2", "3", "4", "5", "7", "8"]
    assert [(chip.number, chip.label, chip.badge) for chip in state.counters if chip.paused] == [
        ("4", "暂停", "8004")
    ]
    assert (state.counters[0].label, state.counters[0].badge) == ("工号", "8001")
    assert [chip.number for chip in state.counters if chip.barrier_free] == ["8"]


def test_a_counter_without_a_clerk_says_that_it_is_open(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    snapshot = make_snapshot()
    nobody = tuple(replace(line, state=replace(line.state, clerk=None)) for line in snapshot.counters)
    state = compose(replace(snapshot, counters=nobody), now, ZH, layout)
    assert (state.counters[0].label, state.counters[0].badge) == ("服务中", "")


def test_everything_is_said_in_english_too(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    state = compose(make_snapshot(), now, EN, layout)
    texts = [state.hall, state.date, state.waiting_total, *(row.name for row in state.waiting)]
    texts += [call.service for call in state.calls] + [chip.label for chip in state.counters]
    assert state.hall == "People's Road Hall"
    assert all(text.isascii() for text in texts)


def test_notices_take_turns(make_snapshot: MakeSnapshot, now: datetime, layout: Layout) -> None:
    shown = [
        compose(make_snapshot(), now + timedelta(seconds=12 * turn), ZH, layout).notice for turn in range(4)
    ]
    titles = [notice.title for notice in shown if notice is not None]
    assert titles in (["资费公示", "服务承诺"] * 2, ["服务承诺", "资费公示"] * 2)


def test_stale_data_names_the_time_of_the_last_news(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    later = now + timedelta(minutes=20)
    state = compose(make_snapshot(), later, ZH, layout, stale_since=now)
    assert state.stale == "数据暂未更新，最后更新于 09:41"
    assert state.time == "10:01"
    assert compose(make_snapshot(), now, ZH, layout).stale == ""


def test_the_screen_rests_after_hours_when_the_last_customer_has_gone(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    evening = now + timedelta(hours=10)
    waiting = compose(make_snapshot(), evening, ZH, layout)
    over = compose(make_snapshot(calls=(), waiting=()), evening, ZH, layout)
    assert not waiting.dim
    assert waiting.closed == ""
    assert over.dim
    assert over.closed == "今日营业已结束"
    assert over.hours == "营业时间 周一至周六 08:30–18:00"
    assert over.waiting == ()
    assert over.counters == ()


@pytest.mark.parametrize(
    ("ago", "says"),
    [
        (timedelta(hours=2), "08:30 开始营业"),
        (timedelta(hours=-10), "今日营业已结束"),
        (timedelta(days=1), "今日休息"),
    ],
)
def test_a_closed_hall_says_whether_it_opens_again_today(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout, ago: timedelta, says: str
) -> None:
    assert compose(make_snapshot(calls=(), waiting=()), now - ago, ZH, layout).closed == says


def test_an_empty_hall_in_opening_hours_is_awake(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    state = compose(make_snapshot(calls=(), waiting=()), now, ZH, layout)
    assert not state.dim
    assert state.calls == ()


def test_the_picture_walks_a_few_pixels_every_five_minutes(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    states = [compose(make_snapshot(), now + timedelta(minutes=5 * turn), ZH, layout) for turn in range(5)]
    places = [(state.shift_x, state.shift_y) for state in states]
    assert len(set(places[:4])) == 4
    assert places[4] == places[0]
    assert all(0 <= step <= 4 for place in places for step in place)


def test_a_call_of_a_service_that_is_gone_still_shows(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    snapshot = make_snapshot()
    reduced = replace(snapshot, plan=replace(snapshot.plan, services=snapshot.plan.services[1:]))
    state = compose(reduced, now, ZH, layout)
    assert (state.calls[0].number, state.calls[0].service) == ("A023", "")


def test_a_hall_without_notices_shows_none(
    make_snapshot: MakeSnapshot, now: datetime, layout: Layout
) -> None:
    snapshot = make_snapshot()
    plan = replace(snapshot.plan, notices=(), name=Localized("厅", "Hall"))
    assert compose(replace(snapshot, plan=plan), now, ZH, layout).notice is None


@pytest.mark.parametrize(("count", "most"), [(10, 5), (10, 4), (1, 3), (7, 3), (12, 5)])
def test_pages_show_everything_once_and_are_even(count: int, most: int) -> None:
    items = list(range(count))
    pages = [page_of(items, most, turn) for turn in range(page_of(items, most, 0)[1].of)]
    lengths = [len(page) for page, _ in pages]
    assert [item for page, _ in pages for item in page] == items
    assert max(lengths) <= most
    assert max(lengths) - min(lengths) <= 1


def test_nothing_is_one_empty_page() -> None:
    assert page_of([], 5, 3) == ((), Page(0, 1))
