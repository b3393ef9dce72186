from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    assert made.stop()


def test_work_runs_elsewhere_and_its_result_comes_home(lane: Lane, qtbot: QtBot) -> None:
    results: list[tuple[str, bool]] = []
    here = threading.current_thread()

    def done(worker: str) -> None:
        results.append((worker, threading.current_thread() is here))

    lane.submit(lambda: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(results))
    assert results == [("lane-test", True)]


def test_jobs_run_in_the_order_they_came(lane: Lane, qtbot: QtBot) -> None:
    results: list[int] = []
    for number in range(20):
        lane.submit(partial(abs, number), results.append)
    qtbot.waitUntil(lambda: len(results) == 20)
    assert results == list(range(20))


def test_presses_overtake_other_work_that_is_queued_but_no_press(lane: Lane, qtbot: QtBot) -> None:
    results: list[str] = []
    running, go_on = threading.Event(), threading.Event()

    def hold() -> str:
        running.set()
        go_on.wait(PATIENCE_S)
        return "under way"

    lane.submit(hold, results.append)
    assert running.wait(PATIENCE_S)
    for name in ("look", "another look"):
        lane.submit(partial(str, name), results.append)
    for name in ("press", "another press"):
        lane.submit(partial(str, name), results.append, pressed=True)
    go_on.set()
    qtbot.waitUntil(lambda: len(results) == 5, timeout=PATIENCE_MS)
    assert results == ["under way", "press", "another press", "look", "another look"]


@pytest.mark.parametrize(
    "error", [Refused(RefusalCode.COUNTER_FREE, "nobody there"), StoreUnavailable("unreachable", "gone")]
)
def test_a_known_error_is_told_and_nothing_else_happens(lane: Lane, qtbot: QtBot, error: Exception) -> None:
    told: list[Exception] = []

    def fail() -> None:
        raise error

    with qtbot.captureExceptions() as unexpected:
        lane.submit(fail, on_error=told.append)
        qtbot.waitUntil(lambda: bool(told))
    assert told == [error]
    assert unexpected == []


def test_a_bug_is_told_and_raised(lane: Lane, qtbot: QtBot) -> None:
    told: list[Exception] = []
    with qtbot.captureExceptions() as unexpected:
        lane.submit(lambda: 1 // 0, on_error=told.append)
        qtbot.waitUntil(lambda: bool(unexpected))
    assert isinstance(told[0], ZeroDivisionError)
    assert unexpected[0][0] is ZeroDivisionError


def test_a_known_error_that_nobody_hears_is_raised(lane: Lane, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StoreUnavailable("unreachable", "gone")

    with qtbot.captureExceptions() as unexpected:
        lane.submit(fail)
        qtbot.waitUntil(lambda: bool(unexpected))
    assert unexpected[0][0] is StoreUnavailable


def test_the_lane_goes_on_after_an_error(lane: Lane, qtbot: QtBot) -> None:
    results: list[int] = []
    told: list[Exception] = []
    with qtbot.captureExceptions():
        lane.submit(lambda: 1 // 0, on_error=told.append)
        lane.submit(lambda: 7, results.append)
        qtbot.waitUntil(lambda: bool(results))
    assert results == [7]


def test_a_stopped_lane_delivers_nothing(qtbot: QtBot) -> None:
    lane = Lane("test")
    started, may_end = threading.Event(), threading.Event()
    results: list[int] = []

    def work() -> int:
        started.set()
        may_end.wait(PATIENCE_S)
        return 1

    lane.submit(work, results.append)
    lane.submit(lambda: 2, results.append)
    assert started.wait(PATIENCE_S)
    threading.Timer(0.05, may_end.set).start()
    assert lane.stop(PATIENCE_S)
    QCoreApplication.processEvents()
    assert results == []


@pytest.mark.expects_log("lane-jammed is still busy")
def test_a_jammed_lane_is_left_behind_in_time(qtbot: QtBot) -> None:
    lane = Lane("jammed")
    started, may_end = threading.Event(), threading.Event()

    def jam() -> None:
        started.set()
        may_end.wait(PATIENCE_S)

    lane.submit(jam)
    assert started.wait(PATIENCE_S)
    assert not lane.stop(timeout_s=0.05)
    may_end.set()
    assert lane.stop(PATIENCE_S)
