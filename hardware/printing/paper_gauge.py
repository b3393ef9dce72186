"""How many tickets the rest of a roll is good for: by the low-paper sensor, or counted over a whole roll."""

from __future__ import annotations

from dataclasses import replace

from hardware.status import Cause, DeviceStatus, Health

USUAL_TICKETS_LEFT = 40
"""What a near-end sensor at its usual place leaves: some 5 m of paper, tickets of 12 cm."""

LEAST_WARNING = 20
"""Staff need to hear of low paper so many tickets ahead: one of them has to come, with a roll."""

FLICKER = 5
"""A sensor on its edge says low and fine in turns; only so many tickets printed while it says fine are a new roll."""


class PaperGauge:
    """An estimate: sensors differ, so an installer counts once how many tickets come after the sensor's warning.

    `roll_tickets` is for printers without such a sensor, or with one that warns too late: how many tickets a whole roll
    gives, counted from each new roll on; 0 does not count. A printer that was low already when the program started
    leaves nothing to count from, and is given no number unless one is handed over by `resume`.
    """

    def __init__(self, tickets_at_warning: int = USUAL_TICKETS_LEFT, roll_tickets: int = 0) -> None:
        self._tickets_at_warning = tickets_at_warning
        self._roll_tickets = roll_tickets
        self._left: int | None = roll_tickets or None
        self._seen_full = False
        self._is_out = False
        self._is_low = False
        self._was_low = False
        self._printed_since_low = 0

    def resume(self, tickets_left: int) -> None:
        """Go on from an estimate that was written down before the program started again; 0: the roll was at its end."""
        self._left = tickets_left
        self._is_out = tickets_left == 0

    def read(self, status: DeviceStatus) -> DeviceStatus:
        """The status with the estimate in it; a counted roll near its end turns a good status into paper low."""
        if status.health is Health.OK:
            self._see_fine()
            return self._counted(status)
        if Cause.PAPER_LOW in status.causes:
            self._see_low()
        elif Cause.PAPER_OUT in status.causes:
            self._is_out, self._left = True, 0
        return replace(status, tickets_left=self._left) if self._left is not None else status

    def printed(self, tickets: int) -> None:
        """So many tickets came out, or may have."""
        if self._left is not None:
            self._left = max(self._left - tickets, 0)
        if self._was_low and not self._is_low:
            self._printed_since_low += tickets
            if self._printed_since_low >= FLICKER:
                self._begin_roll(self._printed_since_low)

    def _see_fine(self) -> None:
        self._seen_full = True
        self._is_low = False
        if self._is_out:
            self._begin_roll(0)

    def _see_low(self) -> None:
        self._is_low = self._was_low = True
        self._printed_since_low = 0
        if self._left is not None:
            self._left = min(self._left, self._tickets_at_warning)
        elif self._seen_full:
            self._left = self._tickets_at_warning

    def _begin_roll(self, used: int) -> None:
        self._is_out = self._was_low = False
        self._printed_since_low = 0
        self._left = max(self._roll_tickets - used, 0) if self._roll_tickets else None

    def _counted(self, status: DeviceStatus) -> DeviceStatus:
        if not self._roll_tickets or self._left is None:
            return status
        if self._left > max(self._tickets_at_warning, USUAL_TICKETS_LEFT):
            return replace(status, tickets_left=self._left)
        return DeviceStatus(Health.ATTENTION, (Cause.PAPER_LOW,), status.detail, self._left)
