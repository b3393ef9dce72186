"""How many tickets the rest of a roll is good for, counted from the moment the printer first calls its paper low."""

from __future__ import annotations

from dataclasses import replace

from hardware.status import Cause, DeviceStatus, Health

USUAL_TICKETS_LEFT = 40
"""What a near-end sensor at its usual place leaves: some 5 m of paper, tickets of 12 cm."""


class PaperGauge:
    """An estimate: sensors differ, so an installer counts once how many tickets come after the warning.

    A printer that was low already when the program started leaves nothing to count from, and is given no number.
    """

    def __init__(self, tickets_at_warning: int = USUAL_TICKETS_LEFT) -> None:
        self._tickets_at_warning = tickets_at_warning
        self._seen_full = False
        self._left: int | None = None

    def read(self, status: DeviceStatus) -> DeviceStatus:
        """The status with the estimate in it."""
        if Cause.PAPER_LOW in status.causes:
            if self._left is None and self._seen_full:
                self._left = self._tickets_at_warning
        elif status.health is Health.OK:
            self._seen_full = True
            self._left = None
        elif Cause.PAPER_OUT in status.causes:
            self._left = 0
        return replace(status, tickets_left=self._left) if self._left is not None else status

    def printed(self, tickets: int) -> None:
        """So many tickets came out."""
        if self._left is not None:
            self._left = max(self._left - tickets, 0)
