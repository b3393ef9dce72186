from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.domain.plan import HallPlan, Localized
from shared.domain.snapshot import HallSnapshot
from shared.hall import Hall, create_hall, open_hall
from shared.qt.change_feed import ChangeFeed
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from shared.store.changes import ChangeListener

    MakeFeed = Callable[..., tuple[ChangeFeed, "Ear"]]

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PLAN = HallPlan("h", Localized("厅", "Hall"), "Asia/Shanghai", time(3), (), (), (), ())


class FakeHall:
    """A hall whose store can go and come back."""

    def __init__(self) -> None:
        self.seq = 0
        self.error: Exception | None = None
        self.changed = threading.Event()
        self.listeners_open = 0

    def snapshot(self) -> HallSnapshot:
        if self.error is not None:
            raise self.error
        self.seq += 1
        return HallSnapshot(PLAN, 1, date(2026, 11, 23), self.seq, NOW, (), (), (), (), (), (), ())

    def change_listener(self) -> FakeHall:
        if self.error is not None:
            raise self.error
        self.listeners_open += 1
        return self

    def wait(self, timeout: float) -> bool:
        happened = self.changed.wait(timeout)
        self.changed.clear()
        return happened

    def close(self) -> None:
        self.listeners_open -= 1


class Ear:
    """What a screen hears of a feed."""

    def __init__(self, feed: ChangeFeed) -> None:
        self.news: list[int] = []
        self.stale: list[datetime | None] = []
        self.threads: set[threading.Thread] = set()
        feed.news.connect(self._hear)
        feed.stale.connect(self.stale.append)

    def _hear(self, snapshot: HallSnapshot) -> None:
        self.news.append(snapshot.seq)
        self.threads.add(threading.current_thread())


@pytest.fixture
def hall() -> FakeHall:
    return FakeHall()


@pytest.fixture
def make_feed(qtbot: QtBot, hall: FakeHall) -> Iterator[MakeFeed]:
    feeds: list[ChangeFeed] = []

    def make(beat_s: float = 60) -> tuple[ChangeFeed, Ear]:
        feed = ChangeFeed(hall, beat_s=beat_s, retry_s=0.01, clock=ManualClock(NOW))
        ear = Ear(feed)
        feeds.append(feed)
        feed.start()
        return feed, ear

    yield make
    for feed in feeds:
        assert feed.stop(PATIENCE_S)
    assert hall.listeners_open == 0


def test_the_first_news_comes_without_any_change(make_feed: MakeFeed, qtbot: QtBot) -> None:
    _, ear = make_feed()
    qtbot.waitUntil(lambda: ear.news == [1])
    assert ear.threads == {threading.current_thread()}


def test_a_change_brings_news(make_feed: MakeFeed, hall: FakeHall, qtbot: QtBot) -> None:
    _, ear = make_feed()
    qtbot.waitUntil(lambda: ear.news == [1])
    hall.changed.set()
    qtbot.waitUntil(lambda: ear.news == [1, 2])
    assert ear.stale == []


def test_the_slow_beat_brings_news_without_a_change(make_feed: MakeFeed, qtbot: QtBot) -> None:
    _, ear = make_feed(beat_s=0.02)
    qtbot.waitUntil(lambda: len(ear.news) >= 3)
    assert ear.news[:3] == [1, 2, 3]


@pytest.mark.expects_log("the hall cannot be read, trying again: no route")
def test_an_outage_is_told_once_and_ends_with_news(
    make_feed: MakeFeed, hall: FakeHall, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    _, ear = make_feed(beat_s=0.02)
    qtbot.waitUntil(lambda: bool(ear.news))
    hall.error = StoreUnavailable("unreachable", "no route to the database")
    qtbot.waitUntil(lambda: ear.stale == [NOW])
    heard = len(ear.news)
    hall.error = None
    qtbot.waitUntil(lambda: len(ear.news) > heard)
    assert ear.stale == [NOW]
    assert caplog.text.count("no route to the database") == 1
    assert caplog.text.count("the hall can be read again") == 1


@pytest.mark.expects_log("trying again: there is no hall yet")
def test_a_store_that_never_answered_has_no_last_news(
    make_feed: MakeFeed, hall: FakeHall, qtbot: QtBot
) -> None:
    hall.error = StoreUnavailable("no_schema", "there is no hall yet")
    _, ear = make_feed()
    qtbot.waitUntil(lambda: ear.stale == [None])
    assert ear.news == []


@pytest.mark.expects_log("reading the hall failed")
def test_a_bug_in_reading_is_logged_and_the_screen_told(
    make_feed: MakeFeed, hall: FakeHall, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    hall.error = ZeroDivisionError("ours")
    _, ear = make_feed()
    qtbot.waitUntil(lambda: ear.stale == [None])
    assert "ZeroDivisionError" in caplog.text


def test_a_feed_that_never_started_stops(hall: FakeHall, qtbot: QtBot) -> None:
    assert ChangeFeed(hall).stop()


def test_a_store_that_hangs_is_told_before_it_fails(hall: FakeHall, qtbot: QtBot) -> None:
    answers = threading.Event()
    stuck = threading.Event()

    class HangingHall(FakeHall):
        def snapshot(self) -> HallSnapshot:
            if self.seq:
                stuck.set()
                answers.wait()
            return super().snapshot()

    hanging = HangingHall()
    feed = ChangeFeed(hanging, beat_s=60, clock=ManualClock(NOW))
    ear = Ear(feed)
    try:
        feed.start()
        qtbot.waitUntil(lambda: ear.news == [1])
        with qtbot.waitSignal(feed.stale):
            hanging.changed.set()
        assert stuck.is_set()
        with qtbot.waitSignal(feed.news):
            answers.set()
        assert ear.stale[-1] == NOW
    finally:
        answers.set()
        assert feed.stop(PATIENCE_S)


class GatedListener:
    """A real hall's listener that says when it has come to rest: nothing was heard for a whole wait."""

    def __init__(self, listener: ChangeListener, rested: threading.Event) -> None:
        self._listener, self._rested = listener, rested

    def wait(self, timeout: float) -> bool:
        heard = self._listener.wait(timeout)
        if not heard:
            self._rested.set()
        return heard

    def close(self) -> None:
        self._listener.close()


class GatedHall:
    """A real hall whose pictures are begun when the gate opens; `read` holds the `seq` of each."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.read: list[int] = []
        self.begun, self.gate, self.rested = threading.Event(), threading.Event(), threading.Event()
        self.gate.set()

    def snapshot(self) -> HallSnapshot:
        picture = self._hall.snapshot()
        self.begun.set()
        self.gate.wait(PATIENCE_S)
        self.read.append(picture.seq)
        return picture

    def change_listener(self) -> GatedListener:
        return GatedListener(self._hall.change_listener(), self.rested)


def test_ten_changes_while_a_picture_is_read_bring_one_picture_more(tmp_path: Path, qtbot: QtBot) -> None:
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    clock = ManualClock(NOW)
    with create_hall(url, small_plan(), clock=clock) as hall, open_hall(url, clock=clock) as other:
        hall.issue("payment")
        before = hall.snapshot().seq
        gated = GatedHall(hall)
        feed = ChangeFeed(gated, beat_s=PATIENCE_S, clock=clock)
        ear = Ear(feed)
        try:
            feed.start()
            assert gated.rested.wait(PATIENCE_S)
            assert gated.read == [before]
            gated.gate.clear()
            gated.begun.clear()
            other.issue("payment")
            assert gated.begun.wait(PATIENCE_S)
            for _ in range(10):
                other.issue("enquiry")
            gated.rested.clear()
            gated.gate.set()
            assert gated.rested.wait(PATIENCE_S)
            assert gated.read == [before, before + 1, before + 11]
            qtbot.waitUntil(lambda: ear.news == gated.read)
        finally:
            gated.gate.set()
            assert feed.stop(PATIENCE_S)
