"""A hall whose store may be out of reach when a program starts: it is opened when it is first needed, or later."""

from __future__ import annotations

import threading
from collections.abc import Callable

from shared.domain.snapshot import HallSnapshot
from shared.hall.hall import Hall
from shared.store.changes import ChangeListener


class LateHall:
    """Opens a hall at its first use, and tries again at the next use while it cannot.

    Safe from any thread but the one that made it, which draws and must wait for no store.
    """

    def __init__(self, open_now: Callable[[], Hall]) -> None:
        self._open_now = open_now
        self._drawing_thread = threading.get_ident()
        self._hall: Hall | None = None
        self._lock = threading.Lock()

    def get(self) -> Hall:
        """The open hall.

        Raises:
            StoreUnavailable: it cannot be opened now.
            Refused: `unknown_hall`.
        """
        if threading.get_ident() == self._drawing_thread:
            raise AssertionError("the thread that draws must not wait for the store: use a lane")
        with self._lock:
            if self._hall is None:
                self._hall = self._open_now()
            return self._hall

    def snapshot(self) -> HallSnapshot:
        """One frozen picture of the hall now; raises what `get` raises."""
        return self.get().snapshot()

    def change_listener(self) -> ChangeListener:
        """A listener that hears of changes in the hall; raises what `get` raises."""
        return self.get().change_listener()

    def close(self) -> None:
        """Give the connections back, if there are any."""
        with self._lock:
            if self._hall is not None:
                self._hall.close()
