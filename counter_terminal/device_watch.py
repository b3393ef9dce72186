"""Keeps the terminal's picture of the hall's devices: read behind the hall's news, never oftener than need be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_terminal.one_press import Worker
    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.device_health import DeviceHealth
    from shared.hall import Hall

AGAIN_AFTER = timedelta(seconds=4)
"""News of the hall come every five seconds at least; in a busy hall they come much oftener."""


class DeviceWatch:
    """Reads on the store's worker, one reading at a time, so that a command of the clerk waits for one at most."""

    def __init__(self, keeper: StateKeeper, hall: Callable[[], Hall], worker: Worker) -> None:
        self._keeper = keeper
        self._hall = hall
        self._worker = worker
        self._reading = False
        self._read_at: datetime | None = None

    def look(self) -> None:
        """Read, unless it was done a moment ago or a command is under way."""
        now = self._keeper.clock.now()
        rested = self._read_at is None or not timedelta(0) <= now - self._read_at < AGAIN_AFTER
        if self._reading or not rested or self._keeper.state.busy is not None:
            return
        self._reading = True
        self._worker.submit(lambda: self._hall().devices(), self._take, self._leave)

    def _take(self, devices: tuple[DeviceHealth, ...]) -> None:
        self._reading = False
        self._read_at = self._keeper.clock.now()
        self._keeper.change(devices=devices)

    def _leave(self, _error: Exception) -> None:
        """The change feed says that the store is out of reach; the next news tries again."""
        self._reading = False
