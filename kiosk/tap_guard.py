"""Keeps the taps of an impatient finger from reaching the page that has just come up under it."""

from __future__ import annotations

from collections.abc import Callable


class TapGuard:
    """Lets no tap through until a rest is over; a tap during the rest makes it last until the finger is still."""

    def __init__(self, settle_ms: int, monotonic: Callable[[], float]) -> None:
        self._settle_s = settle_ms / 1000
        self._monotonic = monotonic
        self._until = 0.0

    def rest(self, for_ms: int) -> None:
        """A page has come up: rest for so many milliseconds."""
        self._until = self._monotonic() + for_ms / 1000

    def lets_through(self) -> bool:
        """Whether a tap counts now."""
        now = self._monotonic()
        if now >= self._until:
            return True
        self._until = max(self._until, now + self._settle_s)
        return False
