"""The real programs through the death of their database server: none is started again, nothing is lost or doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from operations.demo.actor import Actor, ActorError
from shared.hall import Hall, TicketState
from tools.testing.patience import PATIENCE_S
from tools.testing.private_postgres import ServerPair
from tools.testing.programs import programs_of
from tools.testing.waiting import until

COUNTER = 3
SECONDS_BETWEEN_TAPS = 2.0


@dataclass(frozen=True)
class Stage:
    """A hall on a pair of servers, with its programs."""

    servers: ServerPair
    hall: Hall
    kiosk: Actor
    terminal: Actor


@pytest.fixture
def stage(postgres_pair: ServerPair, tmp_path: Path) -> Iterator[Stage]:
    with programs_of(postgres_pair.address, tmp_path) as programs:
        yield Stage(
            postgres_pair,
            programs.hall,
            programs.start("kiosk", "kiosk", "--name", "kiosk-1"),
            programs.start("counter", "counter_terminal", "--counter", str(COUNTER)),
        )


class Customer:
    """Taps for a ticket, and again after a while when the kiosk took no notice or failed: not faster than a finger."""

    def __init__(self, kiosk: Actor) -> None:
        self._kiosk = kiosk
        self._next_tap = 0.0
        self.number = ""

    def has_number(self) -> bool:
        shown = self._kiosk.tell("show", within=PATIENCE_S)
        if shown["number"]:
            self.number = shown["number"]
        elif time.monotonic() > self._next_tap and shown["page"] in {"services", "failed"}:
            # The page may have changed since it was seen.
            with suppress(ActorError):
                self._kiosk.tell(*(("tap", "payment") if shown["page"] == "services" else ("retry",)))
            self._next_tap = time.monotonic() + SECONDS_BETWEEN_TAPS
        return bool(self.number)


def call_through_the_failover(stage: Stage, number: str) -> None:
    """Press Next while there is no server; the clerk presses again only when the terminal gave the press up."""
    stage.servers.primary.kill()
    stage.terminal.tell("next")
    stage.servers.standby.promote()

    def on_the_screen() -> bool:
        state = stage.terminal.tell("state")
        if state["ticket"] != number and state["busy"] is None:
            stage.terminal.tell("next")
        return bool(state["ticket"] == number)

    until("the second call", on_the_screen)


@pytest.mark.timeout(600)
def test_the_programs_go_on_when_the_standby_takes_over(stage: Stage) -> None:
    kiosk, terminal, hall = stage.kiosk, stage.terminal, stage.hall
    until("the terminal", lambda: terminal.tell("state", within=PATIENCE_S)["counter"] == COUNTER)
    terminal.tell("login", "1003", "2468")
    until("the clerk at the counter", lambda: terminal.tell("state")["clerk"] == "1003")
    first, second = hall.issue("payment").number, hall.issue("payment").number
    terminal.tell("next")
    until("the first call", lambda: terminal.tell("state")["ticket"] == first)
    until("the kiosk", lambda: kiosk.tell("show")["page"] == "services")

    call_through_the_failover(stage, second)
    customer = Customer(kiosk)
    until("the third number", customer.has_number)

    def waiting() -> list[str]:
        return [ticket.number for ticket in hall.waiting()]

    until("the third ticket in the hall", lambda: customer.number in waiting())
    # A number that came after the kiosk had given one of its own was never seen, and is cancelled.
    seen = [ticket for ticket in hall.tickets() if ticket.state is not TicketState.CANCELLED]
    calls = {ticket.number: ticket.calls for ticket in seen}
    assert calls == {first: 1, second: 1, customer.number: 0}
    assert hall.verify().differences == ()
    assert [kiosk.stop(), terminal.stop()] == [0, 0]
