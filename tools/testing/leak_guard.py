"""A thread still running, or a timer still ticking, after a test fails it: the next one would suffer."""

from __future__ import annotations

import os
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Far more than a sound thread needs to end, so that a busy machine fails no test.
GRACE_S = float(os.environ.get("JIAOHAO_TEST_GRACE", "30"))


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail the test when a Python thread that it started is still alive long after its end."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    for thread in set(threading.enumerate()) - before:
        # Python's name for a thread that somebody else started; those of Qt are watched below.
        if not thread.name.startswith("Dummy-"):
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                pytest.fail(f"the test left a thread behind: {thread.name}", pytrace=False)


@pytest.fixture(autouse=True)
def no_qt_activity_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test with Qt when a QTimer or a QThread that Python code started still runs after it."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer

    timers, threads = Started(), Started()
    monkeypatch.setattr(QTimer, "start", timers.recording(QTimer.start))
    monkeypatch.setattr(QThread, "start", threads.recording(QThread.start))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    ticking = [timer for timer in timers.alive() if timer.isActive()]
    running = [thread for thread in threads.alive() if not thread.wait(int(GRACE_S * 1000))]
    for timer in ticking:
        timer.stop()
    if ticking or running:
        pytest.fail(f"the test left behind: {ticking + running}", pytrace=False)


class Started:
    """Remembers the Qt objects whose `start` was called, without keeping them alive."""

    def __init__(self) -> None:
        self._objects: list[weakref.ref[Any]] = []

    def recording(self, start: Callable[..., Any]) -> Callable[..., Any]:
        """Return a `start` that remembers its object and then does what `start` does."""

        def record_and_start(started: object, *arguments: object) -> object:
            self._objects.append(weakref.ref(started))
            return start(started, *arguments)

        return record_and_start

    def alive(self) -> list[Any]:
        """Return the objects whose Python and C++ halves both still exist."""
        import shiboken6

        objects = (reference() for reference in self._objects)
        return [found for found in objects if found is not None and shiboken6.isValid(found)]
