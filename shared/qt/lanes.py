"""A lane: one worker thread and its queue, so that nothing slow ever runs on the GUI thread.

One lane for the store and one for each device: a jammed printer cannot hold up the next call.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from shared.domain.errors import Refused, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

T = TypeVar("T")

STOP_SECONDS = 2.0

KNOWN_ERRORS = (Refused, StoreUnavailable)
"""Errors that a screen words for the person in front of it; any other is a bug."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    on_done: Callable[[Any], None] | None
    on_error: Callable[[Exception], None] | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: _Job
    result: Any
    error: Exception | None


class Lane(QObject):
    """Runs jobs one after another on its own thread; results arrive on the thread that made the lane."""

    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed: deque[_Job] = deque()
        self._jobs: deque[_Job] = deque()
        self._came = threading.Condition()
        self._stopping = threading.Event()
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def submit(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        *,
        pressed: bool = False,
    ) -> None:
        """Queue a piece of work; exactly one of the two callbacks follows, on the thread that made the lane.

        `on_error` hears of known errors (`KNOWN_ERRORS`) and of bugs, so that no button stays dead; a bug is
        raised again behind it, into the excepthook. A known error that nobody listens to is a bug of the
        caller. After `stop` nothing is delivered.

        What a person has `pressed` goes before all other work that is queued, and not before other presses.
        """
        with self._came:
            (self._pressed if pressed else self._jobs).append(_Job(work, on_done, on_error))
            self._came.notify()

    def stop(self, timeout_s: float = STOP_SECONDS) -> bool:
        """Drop what is queued, let the running job end, and return whether the thread ended in time."""
        self._stopping.set()
        with self._came:
            self._came.notify()
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            log.warning("%s is still busy after %.1f s and is left behind", self._thread.name, timeout_s)
            return False
        return True

    def _next(self) -> _Job | None:
        """The next job, as soon as there is one; None when the lane stops."""
        with self._came:
            while not self._stopping.is_set():
                for jobs in (self._pressed, self._jobs):
                    if jobs:
                        return jobs.popleft()
                self._came.wait()
        return None

    def _run(self) -> None:
        while (job := self._next()) is not None:
            outcome = _carry_out(job)
            if not self._stopping.is_set():
                self._ended.emit(outcome)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        if self._stopping.is_set():
            return
        job, error = outcome.job, outcome.error
        if error is None:
            if job.on_done is not None:
                job.on_done(outcome.result)
            return
        if job.on_error is not None:
            job.on_error(error)
        if job.on_error is None or not isinstance(error, KNOWN_ERRORS):
            raise error


def _carry_out(job: _Job) -> _Outcome:
    try:
        return _Outcome(job, job.work(), None)
    except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which tells known errors from bugs
        return _Outcome(job, None, error)
