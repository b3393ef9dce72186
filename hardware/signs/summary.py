"""A sign for the whole hall: calls of all counters, each long enough to be read, none skipped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from hardware.signs.sign import WindowSign
from hardware.status import DeviceStatus

_LONGEST_QUEUE = 50


class SummarySign:
    """Shows call after call for at least `hold_s` seconds each; the last one stays.

    More than fifty calls behind, the oldest are dropped: a sign that was dead for an hour shall not replay it.
    """

    def __init__(
        self, sign: WindowSign, hold_s: float = 4.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = sign.name
        self._sign = sign
        self._hold_s = hold_s
        self._monotonic = monotonic
        self._waiting: deque[Callable[[], DeviceStatus]] = deque(maxlen=_LONGEST_QUEUE)
        self._free_at = 0.0

    def show(self, text: str) -> DeviceStatus:
        """Show a text when the calls before it were read."""
        return self._enqueue(lambda: self._sign.show(text))

    def show_call(self, number: str, counter: str) -> DeviceStatus:
        """Show a call when those before it were read."""
        return self._enqueue(lambda: self._sign.show_call(number, counter))

    def show_paused(self) -> DeviceStatus:
        """Show the paused text: the hall is closed."""
        return self._enqueue(self._sign.show_paused)

    def show_welcome(self) -> DeviceStatus:
        """Show the welcome text."""
        return self._enqueue(self._sign.show_welcome)

    def refresh(self) -> DeviceStatus:
        """Show the next call when it is time, else what the sign itself has to do."""
        if self._waiting and self._monotonic() >= self._free_at:
            return self._next()
        return self._sign.refresh()

    def status(self) -> DeviceStatus:
        """How the last attempt to reach the sign ended."""
        return self._sign.status()

    def close(self) -> None:
        """Let go of the line."""
        self._sign.close()

    def _enqueue(self, show: Callable[[], DeviceStatus]) -> DeviceStatus:
        self._waiting.append(show)
        return self._next() if self._monotonic() >= self._free_at else self._sign.status()

    def _next(self) -> DeviceStatus:
        self._free_at = self._monotonic() + self._hold_s
        return self._waiting.popleft()()
