"""A kiosk's surroundings in a test's hands: a ticket source that answers when told to, a clock, a resting finger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kiosk.view_model import KioskViewModel
from kiosk.visit import Intent
from shared.domain.clock import ManualClock
from shared.domain.ticket import Ticket
from shared.hall.check_in import CheckIn
from shared.qt.sizes import Screen
from tools.testing.sample_hall import make_plan, make_ticket

PORTRAIT = Screen(1080, 1920, 32.0)


@dataclass
class FakeTickets:
    """A ticket source that answers when it is told to."""

    intents: list[Intent] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    scans: list[tuple[Callable[[CheckIn], None], Callable[[Exception], None]]] = field(default_factory=list)
    waiting: list[tuple[Callable[[Ticket], None], Callable[[Exception], None]]] = field(default_factory=list)

    def issue(
        self, intent: Intent, on_done: Callable[[Ticket], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Remember who asked."""
        self.intents.append(intent)
        self.waiting.append((on_done, on_error))

    def check_in(
        self, code: str, on_done: Callable[[CheckIn], None], on_error: Callable[[Exception], None]
    ) -> None:
        """Remember what was scanned."""
        self.codes.append(code)
        self.scans.append((on_done, on_error))

    def answer(self) -> Ticket:
        """Give the ticket that was asked for last."""
        intent = self.intents[-1]
        ticket = replace(
            make_ticket(make_plan(), "B023"),
            service=intent.service,
            priority=intent.priority,
            appointed_for=intent.appointed_for,
        )
        self.waiting.pop()[0](ticket)
        return ticket

    def fail(self, error: Exception) -> None:
        """Give no ticket."""
        self.waiting.pop()[1](error)


@dataclass
class Kiosk:
    """A view model with everything around it in the test's hands."""

    view: KioskViewModel
    tickets: FakeTickets
    clock: ManualClock
    seconds: list[float]

    def pause(self, seconds: float = 5.0) -> None:
        """Let the finger rest."""
        self.seconds[0] += seconds


MakeKiosk = Callable[..., Kiosk]
