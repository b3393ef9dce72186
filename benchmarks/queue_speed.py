"""Issues and calls a second on one hall, next to the same statements through the bare driver in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks import bare_driver
from benchmarks.measurement import Effort, Measurement
from benchmarks.stores import stores
from operations.bench_crowd import Crowd, Span, rate, timed
from operations.hall_commands import example_hall_file
from shared.hall import Hall, create_hall, open_hall
from shared.hall.hall_file import load_hall_file


@dataclass(frozen=True, slots=True)
class Task:
    """What each process does: so many issues and calls in each round, by the hall and by the bare driver in turn."""

    database_url: str
    hall_id: str
    bare_hall_id: str
    """The bare driver has a hall of its own, or the first one's quotes would follow its tickets too."""

    rounds: int
    commands: int


Spans = list[dict[str, Span]]
"""One process's times: for each round, of `issue`, `call`, `bare issue` and `bare call`."""


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure both engines, with one process and with several."""
    with stores(folder) as urls:
        for engine, url in urls.items():
            for processes in effort.processes:
                yield from _measure(effort, engine, url, processes)


def _measure(effort: Effort, engine: str, url: str, processes: int) -> Iterator[Measurement]:
    plan = replace(load_hall_file(example_hall_file()), id=f"bench-{uuid4().hex[:8]}")
    commands = max(1, effort.commands // processes)
    bare = replace(plan, id=f"{plan.id}-bare")
    with create_hall(url, plan), create_hall(url, bare):
        spans = Crowd(processes, work).run(Task(url, plan.id, bare.id, effort.rounds, commands))

    def per_second(what: str) -> float:
        return median(rate([rounds[turn][what] for rounds in spans]) for turn in range(effort.rounds))

    for what in ("issue", "call"):
        name = f"{what}, {engine}, {processes} process{'es' if processes > 1 else ''}"
        yield Measurement("queue", name, per_second(what), "/s", per_second(f"bare {what}"))


def work(place: int, barrier: Barrier, task: Task) -> Spans:
    """One process of the crowd."""
    with (
        open_hall(task.database_url, task.hall_id) as hall,
        open_hall(task.database_url, task.bare_hall_id) as bare,
    ):
        plan = hall.plan
        service = plan.services[0]
        counters = plan.counters_offering(service.key)
        counter = counters[place % len(counters)].number

        def issue(_turn: int, at: Hall = hall) -> None:
            at.issue(service.key, request_id=uuid4().hex)

        def call(_turn: int, at: Hall = hall) -> None:
            at.call_next(counter, request_id=uuid4().hex)

        for each in (hall, bare):
            # Twice: the first command of a program reads the hall's plan and opens the day.
            for turn in range(2):
                issue(turn, each)
                call(turn, each)
        issue(0, bare)
        issues = bare_driver.record(bare, lambda: issue(0, bare))
        calls = bare_driver.record(bare, lambda: call(0, bare))
        driver = bare_driver.bare_driver(task.database_url)
        work_of = {
            "issue": issue,
            "bare issue": lambda _turn: bare_driver.issue(driver, issues, service.prefix),
            "call": call,
            "bare call": lambda _turn: bare_driver.call_next(driver, calls),
        }
        return [
            {what: timed(barrier, task.commands, do) for what, do in work_of.items()}
            for _round in range(task.rounds)
        ]
