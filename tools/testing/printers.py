"""A ticket printer without paper, in the test's hands."""

from __future__ import annotations

import threading

from hardware.printing.printer import PrintOutcome, PrintState
from hardware.status import OK, DeviceStatus
from shared.domain.slip import Slip
from tools.testing.patience import PATIENCE_S

PRINTED = PrintOutcome(PrintState.PRINTED, OK)


class FakePrinter:
    """A printer that does as it is told, and can be held at the start of a paper."""

    name = "fake"

    def __init__(self) -> None:
        self.outcome: PrintOutcome | Exception = PRINTED
        self.slips: list[Slip] = []
        self.prepared: list[Slip] = []
        self.free = threading.Event()
        self.free.set()

    def prepare(self, slip: Slip) -> None:
        """Draw it only."""
        self.prepared.append(slip)

    def print_slip(self, slip: Slip) -> PrintOutcome:
        """Print, or fail, or wait."""
        self.slips.append(slip)
        self.free.wait(PATIENCE_S)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def numbers(self) -> list[str]:
        """What was printed, in order."""
        return [slip.title for slip in self.slips]

    def status(self) -> DeviceStatus:
        """Always well."""
        return OK

    def resume_paper(self, tickets_left: int) -> None:
        """It has no end of paper."""

    def close(self) -> None:
        """Nothing to close."""
