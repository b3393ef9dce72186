"""The database server is killed in the middle of the work and started again: the hall goes on, and nothing is lost."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.domain.ticket import Ticket
from shared.hall import Hall, create_hall, open_hall
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S
from tools.testing.private_postgres import NewServer

KILLS = 2
ANSWERS_BETWEEN = 8


class Terminal:
    """Issues and calls by turns, and repeats what failed with the same request id once the server is back."""

    def __init__(self, hall: Hall, counter: int, server_up: threading.Event) -> None:
        self.hall, self.counter, self.server_up = hall, counter, server_up
        self.stop = threading.Event()
        self.answered = 0
        self.issued: list[str] = []
        self.called: list[str] = []

    def work(self) -> None:
        while not self.stop.is_set():
            request = f"{self.counter}-{self.answered}"
            ticket = self.insist(request, issue=self.answered % 2 == 0)
            if ticket is not None:
                (self.issued if self.answered % 2 == 0 else self.called).append(ticket.number)
            self.answered += 1

    def insist(self, request: str, *, issue: bool) -> Ticket | None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if issue:
                    return self.hall.issue("payment", request_id=request)
                return self.hall.call_next(self.counter, request)
            except StoreUnavailable:
                assert time.monotonic() < deadline, "the server did not come back"
                self.server_up.wait(PATIENCE_S)


def test_terminals_go_on_after_the_server_was_killed(
    new_postgres_server: NewServer, clock: ManualClock
) -> None:
    server = new_postgres_server()
    server.start()
    url = server.address("postgres")
    server_up = threading.Event()
    server_up.set()
    with ExitStack() as halls, ThreadPoolExecutor(2) as pool:
        hall = halls.enter_context(create_hall(url, small_plan(), clock=clock))
        terminals = [
            Terminal(halls.enter_context(open_hall(url, clock=clock)), counter, server_up)
            for counter in (1, 2)
        ]
        work = [pool.submit(terminal.work) for terminal in terminals]
        try:
            for _ in range(KILLS):
                await_answers(terminals)
                server_up.clear()
                server.kill()
                server.start()
                server_up.set()
            await_answers(terminals)
        finally:
            for terminal in terminals:
                terminal.stop.set()
        for each in work:
            each.result(PATIENCE_S)
        issued = [number for terminal in terminals for number in terminal.issued]
        called = [number for terminal in terminals for number in terminal.called]
        assert len(issued) == len(set(issued))
        assert len(called) == len(set(called))
        assert set(called) <= set(issued)
        assert {ticket.number for ticket in hall.tickets()} == set(issued)
        assert hall.verify().differences == ()


def await_answers(terminals: list[Terminal]) -> None:
    """Let each terminal get some more answers."""
    wanted = [terminal.answered + ANSWERS_BETWEEN for terminal in terminals]
    deadline = time.monotonic() + PATIENCE_S
    tick = threading.Event()
    while any(terminal.answered < want for terminal, want in zip(terminals, wanted, strict=True)):
        assert time.monotonic() < deadline, "the terminals get no answers"
        tick.wait(0.01)
