"""The guards are plug-ins: each is tried on a small test file of its own."""

from __future__ import annotations

import pytest

from tools.sources import ROOT
from tools.testing.log_guard import compare

THREAD_LEFT = """
import threading
stop = threading.Event()
def test_leaves_a_thread():
    threading.Thread(target=stop.wait, args=[20], name="lane-printer", daemon=True).start()
"""
TIMER_LEFT = """
from PySide6.QtCore import QTimer
timers = []
def test_leaves_a_timer(qapp):
    timer = QTimer(interval=1000)
    timer.start()
    timers.append(timer)
"""
TIMER_STOPPED = """
from PySide6.QtCore import QTimer
def test_stops_its_timer(qtbot):
    timer = QTimer(interval=1)
    with qtbot.waitSignal(timer.timeout):
        timer.start()
    timer.stop()
"""
QTHREAD_LEFT = """
from PySide6.QtCore import QThread
threads = []
def test_leaves_a_qthread(qapp, request):
    thread = QThread()
    threads.append(thread)
    thread.start()
"""
LOG = """
import logging, pytest
def test_quiet():
    logging.getLogger("hall").info("all well")
def test_warns():
    logging.getLogger("hall").warning("paper is low")
@pytest.mark.expects_log("paper is")
def test_warns_as_expected():
    logging.getLogger("hall").warning("paper is low")
@pytest.mark.expects_log("paper is")
def test_does_not_warn():
    pass
@pytest.mark.expects_log("paper is")
def test_is_skipped_before_it_warns():
    pytest.skip("no printer here")
"""


@pytest.fixture(autouse=True)
def _guards_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("JIAOHAO_TEST_GRACE", "1")


def run(pytester: pytest.Pytester, guard: str, source: str) -> pytest.RunResult:
    pytester.makepyfile(source)
    pytester.makeini("[pytest]\nmarkers = expects_log(*patterns): tested here\nqt_api = pyside6\n")
    return pytester.runpytest_subprocess("-p", f"tools.testing.{guard}", "-p", "no:cacheprovider")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (THREAD_LEFT, "*left a thread behind: lane-printer*"),
        (TIMER_LEFT, "*left behind: [[]<PySide6.QtCore.QTimer*"),
        (QTHREAD_LEFT, "*left behind: [[]<PySide6.QtCore.QThread*"),
    ],
)
def test_what_runs_on_fails_the_test(pytester: pytest.Pytester, source: str, complaint: str) -> None:
    result = run(pytester, "leak_guard", source)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([complaint])


def test_what_ended_in_time_is_fine(pytester: pytest.Pytester) -> None:
    run(pytester, "leak_guard", TIMER_STOPPED).assert_outcomes(passed=1)


def test_unexpected_and_absent_warnings_fail_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, "log_guard", LOG)
    result.assert_outcomes(passed=4, skipped=1, errors=2)
    result.stdout.fnmatch_lines(
        ["unexpected in the log: WARNING hall: paper is low", "expected in the log, but not there: paper is"]
    )


@pytest.mark.parametrize(
    ("messages", "patterns", "complaints"),
    [
        (["ERROR a: gone"], ["gone"], 0),
        (["ERROR a: gone", "ERROR a: gone"], ["a: gone"], 0),
        (["ERROR a: gone", "WARNING b: low"], ["gone"], 1),
        ([], ["gone", "low"], 2),
    ],
)
def test_messages_and_patterns_must_match(messages: list[str], patterns: list[str], complaints: int) -> None:
    assert len(compare(messages, patterns)) == complaints
