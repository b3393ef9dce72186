"""Whatever happens between a machine and its store, every kept thing arrives once, on both engines."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from shared.domain.clock import ManualClock
from shared.hall import Hall, Refused, Ticket, TicketState, create_hall
from shared.hall.standby.keeper import Keeper
from tools.testing.halls import NINE, small_plan

SERVICES = st.sampled_from(["enquiry", "payment", "broadband"])
KIOSKS = st.sampled_from(["kiosk-1", "kiosk-2"])


class Killed(BaseException):
    """The machine dies here; nothing of ours catches it."""


class CutOffHall(RuleBasedStateMachine):
    """Two kiosks and a terminal that keep, deliver, and die while they do; the store goes on meanwhile."""

    new_database: Callable[[], str]
    monkeypatch: pytest.MonkeyPatch

    def __init__(self) -> None:
        super().__init__()
        self.clock = ManualClock(NINE)
        self.folder = tempfile.TemporaryDirectory()
        self.hall: Hall = create_hall(self.new_database(), small_plan(), clock=self.clock)
        self.keepers = {name: self.open(name) for name in ("kiosk-1", "kiosk-2", "counter-1")}
        for name in ("kiosk-1", "kiosk-2"):
            self.keepers[name].prepare(self.hall)
        self.keepers["counter-1"].prepare_file(self.hall.snapshot())
        self.requests = (f"request-{number}" for number in itertools.count())
        self.promised: dict[str, datetime] = {}
        self.tried: set[str] = set()
        self.finished: dict[str, datetime] = {}

    def open(self, name: str) -> Keeper:
        """Start a machine; it finds what it kept in its file."""
        file = Path(self.folder.name) / f"{name}.db"
        return Keeper(file, name, self.clock, issues=name.startswith("kiosk"))

    @rule(name=KIOSKS, service=SERVICES)
    def keep(self, name: str, service: str) -> None:
        """A customer takes a number from a kiosk that is cut off."""
        ticket = self.keepers[name].issue(service, "ordinary", next(self.requests))
        assert ticket.id not in self.promised, "a number was given twice"
        self.promised[ticket.id] = ticket.issued_at

    @rule(name=KIOSKS, service=SERVICES)
    def keep_after_a_first_try(self, name: str, service: str) -> None:
        """The first request came through, but its answer did not: the customer holds the kept number alone."""
        request = next(self.requests)
        self.tried.add(self.hall.issue(service, request_id=request).id)
        ticket = self.keepers[name].issue(service, "ordinary", request)
        self.promised[ticket.id] = ticket.issued_at

    @rule(service=SERVICES)
    def issue(self, service: str) -> None:
        """Somebody else takes a number from the store."""
        assert self.hall.issue(service).id not in self.promised

    @rule()
    def call(self) -> None:
        """The counter calls, and serves, somebody."""
        with suppress(Refused):
            self.hall.call_next(1)

    @rule()
    def finish(self) -> None:
        """The clerk finishes the ticket at the counter without the store, once."""
        ticket: Ticket | None = self.hall.snapshot().counter(1).ticket
        if ticket is not None and ticket.id not in self.finished:
            self.keepers["counter-1"].finish(ticket, 1, None, next(self.requests))
            self.finished[ticket.id] = self.clock.now()

    @rule(name=st.sampled_from(["kiosk-1", "kiosk-2", "counter-1"]))
    def deliver(self, name: str) -> None:
        """The store is back for a machine."""
        self.keepers[name].deliver(self.hall)
        assert self.hall.verify().differences == ()

    @rule(name=KIOSKS, after=st.integers(0, 2))
    def die_while_delivering(self, name: str, after: int) -> None:
        """A machine is killed after some deliveries, before it could note the last one, and starts again."""
        from shared.store import kept_log

        noted = itertools.count()

        def note(*arguments: object) -> None:
            if next(noted) >= after:
                raise Killed
            kept_log.note_delivered(*arguments)  # type: ignore[arg-type]

        with self.monkeypatch.context() as patch:
            patch.setattr("shared.hall.standby.keeper.note_delivered", note)
            with suppress(Killed):
                self.keepers[name].deliver(self.hall)
        self.keepers[name].close()
        self.keepers[name] = self.open(name)

    @rule(minutes=st.integers(1, 30))
    def wait(self, minutes: int) -> None:
        """Time goes on."""
        self.clock.advance(timedelta(minutes=minutes))

    @rule()
    def sleep_over(self) -> None:
        """A night passes; nothing else tells the store."""
        self.clock.advance(timedelta(days=1))

    def teardown(self) -> None:
        """In the end everything kept is there, once, as it was."""
        for keeper in self.keepers.values():
            keeper.deliver(self.hall)
            assert not keeper.pending()
            assert keeper.hall().verify().clean or not keeper.issues
        for ticket_id, issued_at in self.promised.items():
            assert self.hall.ticket(ticket_id).issued_at == issued_at
        outages = self.hall.standby.outages(NINE - timedelta(days=1))
        assert sum(outage.tickets for outage in outages) == len(self.promised)
        trouble = {name.split("=")[0] for outage in outages for name in outage.trouble}
        for ticket_id in self.tried:
            ticket = self.hall.ticket(ticket_id)
            gone = ticket.state in {TicketState.CANCELLED, TicketState.EXPIRED}
            assert gone or ticket.number in trouble, "a customer has two live tickets, and nobody is told"
        for ticket_id, at in self.finished.items():
            ticket = self.hall.ticket(ticket_id)
            assert ticket.finished_at == at or ticket.number in trouble
        assert self.hall.verify().clean
        for keeper in self.keepers.values():
            keeper.close()
        self.hall.close()
        self.folder.cleanup()


@pytest.mark.timeout(600)
def test_everything_kept_arrives_once(
    new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    CutOffHall.new_database, CutOffHall.monkeypatch = staticmethod(new_database), monkeypatch
    run_state_machine_as_test(
        CutOffHall,
        settings=settings(
            max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
