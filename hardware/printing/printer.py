"""Print a slip on an ESC/POS printer and say honestly what became of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from secrets import randbelow
from typing import Protocol

from hardware.health import HealthLog
from hardware.lines.line import Line, LineError
from hardware.printing.escpos_bytes import filler
from hardware.printing.escpos_status import ask_status, wait_until_printed, wait_until_processed
from hardware.printing.fonts import TicketFont
from hardware.printing.paper import Paper, Rendering
from hardware.printing.paper_gauge import PaperGauge
from hardware.printing.rendering import encode_slip
from hardware.status import OK, Cause, DeviceStatus, Health, down, unknown
from shared.domain.slip import Slip

_LOGGER = logging.getLogger(__name__)


class PrintState(StrEnum):
    """`FAILED` promises that nothing was printed, so printing again is safe; `SENT_UNCONFIRMED` promises nothing."""

    PRINTED = "printed"
    SENT_UNCONFIRMED = "sent_unconfirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What became of a slip, the printer's status then, and the cause unless it was printed."""

    state: PrintState
    status: DeviceStatus

    @property
    def cause(self) -> Cause | None:
        """Why it is not known to be printed; None when it was."""
        return None if self.state is PrintState.PRINTED else self.status.cause


class Confirmation(StrEnum):
    """What counts as proof of printing.

    `ID`: the printer sends a number of ours back by `GS ( H`, for printers that know it. `FENCE`: `GS r` answered after
    the data, then a good `DLE EOT`. `STATUS`: a good `DLE EOT` after the data is enough, for clones that do not know
    `GS r`. `NONE`: ask nothing, for printers that never answer.
    """

    ID = "id"
    FENCE = "fence"
    STATUS = "status"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for answers, in seconds; `printed_s` covers the printing of a whole ticket."""

    answer_s: float = 1.0
    printed_s: float = 8.0


class TicketPrinter(Protocol):
    """A ticket printer, used from one thread at a time. Nothing here raises for what the environment does."""

    name: str

    def prepare(self, slip: Slip) -> None:
        """Draw a slip and print nothing: fonts and all are loaded then, and the same slip is not drawn again."""
        ...

    def print_slip(self, slip: Slip) -> PrintOutcome:
        """Print all copies and wait for the confirmation. May take seconds: call it on the printer's lane."""
        ...

    def status(self) -> DeviceStatus:
        """Ask the printer how it is."""
        ...

    def resume_paper(self, tickets_left: int) -> None:
        """Go on from an estimate of the paper that was written down before the program started again."""
        ...

    def close(self) -> None:
        """Let go of the device."""


class EscposPrinter:
    """An ESC/POS printer on any line. Connects for each ticket or question and hangs up after it.

    Hanging up leaves the printer to others, and lets a printer that was power-cycled be found again.
    """

    def __init__(
        self,
        line: Line,
        paper: Paper,
        font: TicketFont,
        *,
        confirmation: Confirmation = Confirmation.FENCE,
        patience: Patience | None = None,
        gauge: PaperGauge | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = line.name
        self._line = line
        self._paper = paper
        self._font = font
        self._confirmation = confirmation if line.answers else Confirmation.NONE
        self._patience = patience or Patience()
        self._gauge = gauge or PaperGauge()
        self._sleep = sleep
        self._health = HealthLog(f"printer {line.name}", _LOGGER)
        # Not from 1 on: on a serial line the answer to a ticket from before this start may still come.
        self._jobs = randbelow(10_000)
        self._was_cut_short = False
        self._prepared: tuple[Slip, tuple[bytes, ...]] | None = None

    def prepare(self, slip: Slip) -> None:
        """Draw a slip and print nothing; it is kept for `print_slip`. Raises OSError when the font cannot be read."""
        self._prepared = (slip, encode_slip(slip, self._paper, self._font))

    def print_slip(self, slip: Slip) -> PrintOutcome:
        """Look, print, confirm, hang up. Raises OSError only when the font file cannot be read."""
        pieces = self._drawn(slip) * slip.copies
        outcome = self._print(pieces)
        if outcome.state is not PrintState.FAILED:
            self._gauge.printed(slip.copies)
        outcome = replace(outcome, status=self._gauge.read(outcome.status))
        self._health.note(outcome.status)
        if outcome.state is not PrintState.PRINTED:
            _LOGGER.debug("slip %s on %s: %s", slip.title, self.name, outcome)
        return outcome

    def status(self) -> DeviceStatus:
        """Ask by `DLE EOT`. A line that cannot answer is unknown, unless it keeps what is written, as a file does."""
        try:
            self._line.open()
            status = self._ask()
        except LineError as error:
            status = down(error.cause, error.detail)
        finally:
            self._hang_up()
        self._health.note(status)
        return self._gauge.read(status)

    def resume_paper(self, tickets_left: int) -> None:
        """Count on from there."""
        self._gauge.resume(tickets_left)

    def close(self) -> None:
        """Hang up."""
        self._hang_up()

    def _drawn(self, slip: Slip) -> tuple[bytes, ...]:
        prepared, self._prepared = self._prepared, None
        if prepared is not None and prepared[0] == slip:
            return prepared[1]
        return encode_slip(slip, self._paper, self._font)

    def _print(self, pieces: tuple[bytes, ...]) -> PrintOutcome:
        try:
            self._line.open()
            before = self._ask()
        except LineError as error:
            self._hang_up()
            return PrintOutcome(PrintState.FAILED, down(error.cause, error.detail))
        if before.health is Health.DOWN:
            self._hang_up()
            return PrintOutcome(PrintState.FAILED, before)
        return self._send_and_confirm(pieces)

    def _send_and_confirm(self, pieces: tuple[bytes, ...]) -> PrintOutcome:
        sent_before = False
        try:
            self._complete_cut_short_picture()
            for piece in pieces:
                self._line.write(piece)
                sent_before = True
                self._rest()
            outcome = self._confirm()
            self._line.close()
        except LineError as error:
            self._hang_up()
            untouched = error.untouched or (not sent_before and error.sent == 0)
            self._was_cut_short |= not untouched
            state = PrintState.FAILED if untouched or self._line.keeps else PrintState.SENT_UNCONFIRMED
            return PrintOutcome(state, down(error.cause, error.detail))
        return outcome

    def _complete_cut_short_picture(self) -> None:
        if self._was_cut_short and self._paper.rendering is Rendering.RASTER and self._line.answers:
            self._line.write(filler(self._paper))
        self._was_cut_short = False

    def _confirm(self) -> PrintOutcome:
        if self._confirmation is Confirmation.NONE:
            if self._line.keeps:
                return PrintOutcome(PrintState.PRINTED, OK)
            return PrintOutcome(PrintState.SENT_UNCONFIRMED, self._ask())
        missing = self._wait_for_proof()
        after = self._ask()
        if after.health in (Health.DOWN, Health.UNKNOWN):
            return PrintOutcome(PrintState.SENT_UNCONFIRMED, after)
        if missing is not None:
            return PrintOutcome(
                PrintState.SENT_UNCONFIRMED, unknown(missing, "the ticket's end was not confirmed")
            )
        return PrintOutcome(PrintState.PRINTED, after)

    def _wait_for_proof(self) -> Cause | None:
        """What is missing for the proof of printing; None when it is there or not asked for."""
        match self._confirmation:
            case Confirmation.ID:
                self._jobs += 1
                return wait_until_printed(self._line, self._jobs, self._patience.printed_s)
            case Confirmation.FENCE:
                return wait_until_processed(self._line, self._patience.printed_s)
            case _:
                return None

    def _ask(self) -> DeviceStatus:
        if self._line.answers and self._confirmation is not Confirmation.NONE:
            return ask_status(self._line, self._patience.answer_s)
        return OK if self._line.keeps else unknown(Cause.NO_ANSWER, f"{self.name} cannot answer")

    def _rest(self) -> None:
        if self._paper.strip_delay_ms:
            self._sleep(self._paper.strip_delay_ms / 1000)

    def _hang_up(self) -> None:
        with suppress(LineError):
            self._line.close()
