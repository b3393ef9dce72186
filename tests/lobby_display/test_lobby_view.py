from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from lobby_display.lobby_view import LobbyView, Place
from shared.domain.clock import ManualClock
from shared.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from shared.domain.announcement import Announcement
    from shared.domain.snapshot import HallSnapshot

    MakeSnapshot = Callable[..., HallSnapshot]
    MakeAnnouncement = Callable[..., Announcement]


@pytest.fixture
def clock(now: datetime) -> ManualClock:
    return ManualClock(now)


@pytest.fixture
def view(qtbot: QtBot, clock: ManualClock) -> LobbyView:
    return LobbyView(Words("zh"), Place(55, 6, "Noto Sans SC"), clock)


def test_before_the_first_news_the_screen_says_that_it_connects(view: LobbyView) -> None:
    assert view.current.stale == "正在连接数据库，请稍候"
    assert view.current.calls == ()


def test_news_are_shown(view: LobbyView, make_snapshot: MakeSnapshot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.state_changed):
        view.take_news(make_snapshot())
    assert view.current.stale == ""
    assert view.property("state")["calls"][0]["number"] == "A023"


def test_a_flash_lasts_until_its_end(
    view: LobbyView, make_snapshot: MakeSnapshot, make_announcement: MakeAnnouncement
) -> None:
    view.take_news(make_snapshot())
    view.flash(make_announcement())
    first = view.current.calls[0].flash
    view.end_flash()
    assert first > 0
    assert view.current.calls[0].flash == 0


def test_a_recall_flashes_anew(
    view: LobbyView, make_snapshot: MakeSnapshot, make_announcement: MakeAnnouncement
) -> None:
    view.take_news(make_snapshot())
    view.flash(make_announcement())
    first = view.current.calls[0].flash
    view.flash(make_announcement(recalled=True))
    assert view.current.calls[0].flash > first


def test_the_time_in_the_hall_is_by_its_own_zone(view: LobbyView, make_snapshot: MakeSnapshot) -> None:
    assert view.time_in_hall() == time(1, 41, 30)
    view.take_news(make_snapshot())
    assert view.time_in_hall() == time(9, 41, 30)


def test_lost_touch_is_said_and_taken_back(
    view: LobbyView, make_snapshot: MakeSnapshot, clock: ManualClock, now: datetime
) -> None:
    view.take_news(make_snapshot())
    clock.advance(timedelta(minutes=3))
    view.lose_touch(now)
    assert "09:41" in view.current.stale
    assert view.current.calls[0].number == "A023"
    view.take_news(make_snapshot())
    assert view.current.stale == ""


def test_a_store_that_never_answered_leaves_the_first_words(view: LobbyView) -> None:
    view.lose_touch(None)
    assert view.current.stale == "正在连接数据库，请稍候"


def test_the_clock_goes_on_without_news(
    view: LobbyView, make_snapshot: MakeSnapshot, clock: ManualClock
) -> None:
    view.take_news(make_snapshot())
    clock.advance(timedelta(minutes=1))
    view.refresh()
    assert view.current.time == "09:42"


def test_ticking_starts_and_stops(
    view: LobbyView, make_snapshot: MakeSnapshot, clock: ManualClock, qtbot: QtBot
) -> None:
    view.take_news(make_snapshot())
    view.start()
    clock.advance(timedelta(minutes=1))
    qtbot.waitUntil(lambda: view.current.time == "09:42")
    view.stop()


def test_a_new_size_is_laid_out_anew(view: LobbyView, make_snapshot: MakeSnapshot, qtbot: QtBot) -> None:
    view.take_news(make_snapshot())
    with qtbot.waitSignal(view.looks_changed):
        view.resize(1080, 1920)
    assert view.arrangement.portrait
    assert view.property("looks")["layout"]["portrait"] is True


def test_a_window_without_a_size_yet_changes_nothing(view: LobbyView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.looks_changed):
        view.resize(0, 0)
    assert view.arrangement.width == 1920


def test_numbers_do_not_move_when_a_long_one_has_gone(view: LobbyView, make_snapshot: MakeSnapshot) -> None:
    snapshot = make_snapshot()
    long = replace(snapshot, calls=(replace(snapshot.calls[0], number="A1000"), *snapshot.calls[1:]))
    view.take_news(long)
    small = view.arrangement.hero_px
    view.take_news(snapshot)
    assert view.arrangement.hero_px == small


@pytest.mark.expects_log("reads well up to .* m, the farthest seat is 30.0 m away")
def test_a_screen_too_small_for_its_hall_is_said_once(
    qtbot: QtBot, clock: ManualClock, make_snapshot: MakeSnapshot, caplog: pytest.LogCaptureFixture
) -> None:
    view = LobbyView(Words("zh"), Place(32, 30, "Noto Sans SC"), clock)
    view.take_news(make_snapshot())
    view.resize(1280, 720)
    assert caplog.text.count("hang the screen nearer") == 1


def test_who_took_an_english_ticket_is_called_in_english_too(
    view: LobbyView, make_snapshot: MakeSnapshot, make_announcement: MakeAnnouncement
) -> None:
    snapshot = make_snapshot()
    english = replace(snapshot.calls[0], ticket=replace(snapshot.calls[0].ticket, language="en"))
    view.take_news(replace(snapshot, calls=(english, *snapshot.calls[1:])))
    assert view.languages_of(make_announcement("A023")) == (Language.ZH, Language.EN)
    assert view.languages_of(make_announcement("B107", 1, 88)) == (Language.ZH,)
    assert view.languages_of(make_announcement("Z999", 1, 99)) == (Language.ZH,)
