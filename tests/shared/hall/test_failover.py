"""Two PostgreSQL servers, one following the other: what a hall has when the first is killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.domain.ticket import Ticket
from shared.hall import Hall, create_hall, open_hall
from shared.store import engine as engine_module
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S
from tools.testing.private_postgres import PrivatePostgres, ServerPair
from tools.testing.waiting import until

BEFORE_THE_KILL = 30
AFTER_THE_KILL = 10


@dataclass
class Program:
    """One program at work: it repeats a command that failed, with the same request id, until it has an answer."""

    hall: Hall
    command: Callable[[Hall, str], Ticket | None]
    name: str
    killed: threading.Event
    promoted: threading.Event
    noticed: threading.Event
    asked: int = 0
    answers: list[Ticket] = field(default_factory=list)

    def run(self) -> None:
        left = AFTER_THE_KILL
        while left > 0:
            left -= self.killed.is_set()
            self.asked += 1
            answer = self.insist(f"{self.name}-{self.asked}")
            if answer is not None:
                self.answers.append(answer)

    def insist(self, request_id: str) -> Ticket | None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self.command(self.hall, request_id)
            except StoreUnavailable:
                assert time.monotonic() < deadline, "the hall did not come back"
                self.noticed.set()
                self.promoted.wait(PATIENCE_S)


def issue(hall: Hall, request_id: str) -> Ticket:
    return hall.issue("payment", request_id=request_id)


def call_at(counter: int) -> Callable[[Hall, str], Ticket | None]:
    return lambda hall, request_id: hall.call_next(counter, request_id)


@pytest.fixture
def programs(postgres_pair: ServerPair, clock: ManualClock) -> Iterator[list[Program]]:
    """Two that issue and two that call."""
    killed, promoted, noticed = threading.Event(), threading.Event(), threading.Event()
    address = postgres_pair.address
    create_hall(address, small_plan(), clock=clock).close()
    with ExitStack() as stack:
        yield [
            Program(
                stack.enter_context(open_hall(address, clock=clock)), command, name, killed, promoted, noticed
            )
            for name, command in {"a": issue, "b": issue, "c": call_at(1), "d": call_at(2)}.items()
        ]


def test_a_killed_primary_loses_nothing_and_nothing_happens_twice(
    postgres_pair: ServerPair, programs: list[Program], clock: ManualClock
) -> None:
    first = programs[0]
    with ThreadPoolExecutor(len(programs)) as pool:
        running = [pool.submit(program.run) for program in programs]
        until("enough work", lambda: sum(len(program.answers) for program in programs) >= BEFORE_THE_KILL)
        postgres_pair.primary.kill()
        first.killed.set()
        assert first.noticed.wait(PATIENCE_S)
        postgres_pair.standby.promote()
        first.promoted.set()
        assert [future.result(PATIENCE_S) for future in running] == [None] * len(programs)

    issued = [ticket.id for program in programs[:2] for ticket in program.answers]
    called = [ticket.id for program in programs[2:] for ticket in program.answers]
    tickets = {ticket.id: ticket for ticket in first.hall.tickets()}
    assert sorted(issued) == sorted(tickets), "one ticket for each request, and no other"
    assert len(set(called)) == len(called), "nobody was called twice"
    assert set(called) == {ticket.id for ticket in tickets.values() if ticket.calls}
    assert first.hall.verify().differences == ()

    # The old primary comes back, as it must, without taking writes; the hall is not led astray.
    postgres_pair.primary.start_as_standby()
    after = first.hall.issue("payment")
    with open_hall(postgres_pair.address, clock=clock) as newcomer:
        assert newcomer.ticket(after.id) == after
        assert newcomer.call_next(3) is None


def test_without_its_standby_a_primary_keeps_its_answer_back_until_it_is_told(
    postgres_pair: ServerPair, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server's own limit would end the wait before a slow machine has seen it.
    monkeypatch.setattr(engine_module, "POSTGRES_OPTIONS", "")
    with create_hall(postgres_pair.address, small_plan(), clock=clock) as hall, ThreadPoolExecutor(1) as pool:
        hall.issue("payment")
        postgres_pair.standby.kill()
        waiting = pool.submit(hall.issue, "payment", request_id="alone")
        until("the wait for the standby", lambda: waits_for_standby(postgres_pair.primary))
        assert not waiting.done()
        postgres_pair.primary.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
        postgres_pair.primary.execute("SELECT pg_reload_conf()")
        assert waiting.result(PATIENCE_S).number == "B002"
        assert hall.issue("payment", request_id="alone").number == "B002"
        assert hall.verify().clean


def waits_for_standby(server: PrivatePostgres) -> bool:
    return server.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == [(1,)]
