"""Real programs at once: processes of their own, or threads with a hall of their own, on one database."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from shared.domain.clock import ManualClock
from shared.hall import Hall, open_hall
from shared.store.audit import history
from shared.store.engine import make_engine, reading
from tools.testing.halls import NINE
from tools.testing.patience import PATIENCE_S

PROGRAMS = 8
TICKETS_EACH = 6


def work_a_morning(
    database_url: str, program: int, results: multiprocessing.Queue[tuple[list[str], list[str]]]
) -> None:
    """Issue tickets and call at a counter that another process works at too."""
    issued, called = [], []
    with open_hall(database_url, clock=ManualClock(NINE)) as hall:
        for _ in range(TICKETS_EACH):
            issued.append(hall.issue("payment").number)
            ticket = hall.call_next(program % 2 + 1)
            if ticket is not None:
                called.append(ticket.number)
    results.put((issued, called))


def test_processes_issue_and_call_without_duplicates(hall: Hall, database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[list[str], list[str]]] = spawn.Queue()
    programs = [
        spawn.Process(target=work_a_morning, args=(database_url, program, results))
        for program in range(PROGRAMS)
    ]
    for program in programs:
        program.start()
    answers = [results.get(timeout=PATIENCE_S) for _ in programs]
    for program in programs:
        program.join(PATIENCE_S)
    assert [program.exitcode for program in programs] == [0] * PROGRAMS
    issued = [number for numbers, _ in answers for number in numbers]
    called = [number for _, numbers in answers for number in numbers]
    assert sorted(issued) == [f"B{ordinal:03d}" for ordinal in range(1, PROGRAMS * TICKETS_EACH + 1)]
    assert len(called) == len(set(called)) == PROGRAMS * TICKETS_EACH
    assert hall.verify().differences == ()


def at_once(database_url: str, command: Callable[[Hall], object]) -> list[object]:
    """What each of several programs gets for the same command at the same moment."""
    together = Barrier(PROGRAMS)

    def run(_program: int) -> object:
        with open_hall(database_url, clock=ManualClock(NINE)) as hall:
            together.wait(PATIENCE_S)
            return command(hall)

    with ThreadPoolExecutor(PROGRAMS) as pool:
        return list(pool.map(run, range(PROGRAMS)))


def test_of_many_terminals_of_one_counter_one_calls(hall: Hall, database_url: str) -> None:
    """All believe the counter to be free: the first to come calls, the others are told that the view is stale."""
    for _ in range(PROGRAMS):
        hall.issue("payment")

    def call(own: Hall) -> str:
        try:
            ticket = own.call_next(1, holding=None)
        except Exception as error:  # noqa: BLE001 – the kind is what the test counts
            return str(getattr(error, "code", error))
        return ticket.number if ticket else "nobody"

    assert Counter(at_once(database_url, call)) == {"B001": 1, "stale_view": PROGRAMS - 1}
    assert len(hall.waiting()) == PROGRAMS - 1


def test_of_many_counters_each_gets_another_ticket(hall: Hall, database_url: str) -> None:
    hall.issue("payment")
    got = at_once(database_url, lambda own: own.call_next(2))
    assert sum(ticket is not None for ticket in got) == 1


def test_one_request_from_many_taps_issues_one_ticket(hall: Hall, database_url: str) -> None:
    tickets = at_once(database_url, lambda own: own.issue("payment", request_id="tap"))
    assert len(set(tickets)) == 1
    assert hall.waiting() == (tickets[0],)
    engine = make_engine(database_url)
    with reading(engine) as connection:
        assert len(history(connection, "small", NINE.date(), "B001")) == 1
    engine.dispose()
