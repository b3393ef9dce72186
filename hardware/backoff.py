"""How long to leave a lost device alone before trying it again."""

from __future__ import annotations

from collections.abc import Callable


class Backoff:
    """Waits 1, 2, 4 … seconds up to a longest between attempts. Counts in `monotonic` seconds; never sleeps."""

    def __init__(self, monotonic: Callable[[], float], first_s: float = 1.0, longest_s: float = 30.0) -> None:
        self._monotonic = monotonic
        self._first_s = first_s
        self._longest_s = longest_s
        self._wait_s = first_s
        self._not_before = 0.0

    @property
    def is_due(self) -> bool:
        """Whether the next attempt may be made now."""
        return self._monotonic() >= self._not_before

    def failed(self) -> None:
        """An attempt failed: double the wait."""
        self._not_before = self._monotonic() + self._wait_s
        self._wait_s = min(self._wait_s * 2, self._longest_s)

    def succeeded(self) -> None:
        """An attempt succeeded: forget the waits."""
        self._wait_s = self._first_s
        self._not_before = 0.0
