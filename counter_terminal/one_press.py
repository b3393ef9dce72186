"""One press of a key is one command: no second one while it is under way, and one request id for its retries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from shared.domain.errors import StoreUnavailable
from shared.domain.request_id import new_request_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shared.domain.clock import Clock

T = TypeVar("T")

RETRY_MS = 1000
RETRY_FOR = timedelta(seconds=10)
"""A press is forgotten after this: a call that comes later than that would surprise clerk and customer."""


class Worker(Protocol):
    """Where commands run; `shared.qt.lanes.Lane` fits it."""

    def submit(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        *,
        pressed: bool = False,
    ) -> None:
        """Run a piece of work and call back; what was `pressed` before all that nobody has pressed a key for."""
        ...


@dataclass(frozen=True, slots=True)
class Press(Generic[T]):
    """A command under way: `work` gets the press's own request id each time it is tried."""

    work: Callable[[str], T]
    on_done: Callable[[T], None]
    on_error: Callable[[Exception], None]
    on_retry: Callable[[StoreUnavailable], None]
    request_id: str
    pressed_at: datetime


class OnePress(QObject):
    """Carries one press at a time to the hall and tries it again while the store cannot answer."""

    def __init__(self, worker: Worker, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._clock = clock
        self._under_way: Press[object] | None = None
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._send)

    @property
    def busy(self) -> bool:
        """Whether a press is under way."""
        return self._under_way is not None

    def begin(
        self,
        work: Callable[[str], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        on_retry: Callable[[StoreUnavailable], None],
    ) -> None:
        """Begin a press unless one is under way; exactly one of `on_done` and `on_error` ends it.

        `on_retry` hears of each try that the store did not answer.
        """
        if self.busy:
            return
        self._under_way = Press(work, on_done, on_error, on_retry, new_request_id(), self._clock.now())  # type: ignore[arg-type]
        self._send()

    def try_again(self) -> None:
        """Try now a press that waits for its next try."""
        if self._retry.isActive():
            self._retry.stop()
            self._send()

    def let_go(self) -> str | None:
        """Wait no longer for the press that is under way, whatever comes of it; returns its request id."""
        press, self._under_way = self._under_way, None
        self._retry.stop()
        return None if press is None else press.request_id

    def stop(self) -> None:
        """Try no more."""
        self._retry.stop()

    def _send(self) -> None:
        press = self._under_way
        if press is not None:
            self._worker.submit(
                lambda: press.work(press.request_id),
                partial(self._done, press),
                partial(self._failed, press),
                pressed=True,
            )

    def _done(self, press: Press[object], result: object) -> None:
        if press is self._under_way:
            self._under_way = None
            press.on_done(result)

    def _failed(self, press: Press[object], error: Exception) -> None:
        if press is not self._under_way:
            return
        if isinstance(error, StoreUnavailable) and self._clock.now() - press.pressed_at < RETRY_FOR:
            self._retry.start()
            press.on_retry(error)
            return
        self._under_way = None
        press.on_error(error)
