"""Keys faster than any person can press them: a stuck or broken device, which is not listened to until it is quiet."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

MOST_A_SECOND = 12
QUIET_S = 2.0


class FloodGuard:
    """Lets keys through as fast as fingers are; counts in `monotonic` seconds.

    What stands in buffers behind a flood is as old as the flood, so nothing counts before two quiet seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._let_through: deque[float] = deque()
        self._flooding = False
        self._last = 0.0

    @property
    def is_flooding(self) -> bool:
        """Whether the device is not listened to now."""
        return self._flooding and self._monotonic() - self._last < QUIET_S

    def lets_through(self) -> bool:
        """Whether the key that came now counts."""
        now = self._monotonic()
        self._flooding = self.is_flooding
        self._last = now
        while self._let_through and now - self._let_through[0] >= 1.0:
            self._let_through.popleft()
        if len(self._let_through) >= MOST_A_SECOND:
            self._flooding = True
        if self._flooding:
            return False
        self._let_through.append(now)
        return True
