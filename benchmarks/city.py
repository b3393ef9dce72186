"""Many halls in one PostgreSQL: a peak hour at its true rate, and how far more halls bring more throughput."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from time import monotonic, sleep
from uuid import uuid4

from benchmarks.measurement import Effort, Measurement, percentile
from benchmarks.stores import stores
from operations.bench_crowd import PATIENCE_SECONDS, Crowd, Span, rate, timed
from operations.hall_commands import example_hall_file
from shared.domain.clock import SystemClock
from shared.domain.plan import CounterPlan, HallPlan, Localized
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file
from shared.store.engine import make_engine

COUNTERS = 50
TICKETS_A_DAY = 10_000
PEAK_SHARE = 0.15
"""The busiest hour's part of a day's customers."""

CITIES = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class PeakTask:
    """What all processes replay together: every hall's customers, so many seconds long."""

    database_url: str
    hall_ids: tuple[str, ...]
    seconds: float
    processes: int


@dataclass(frozen=True, slots=True)
class PeakPart:
    """What one process saw: seconds from when a customer or a clerk was due until the answer was there."""

    issues: list[float]
    calls: list[float]


@dataclass(frozen=True, slots=True)
class ThroughputTask:
    """As many commands as fit, over these halls."""

    database_url: str
    hall_ids: tuple[str, ...]
    commands: int


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure on PostgreSQL."""
    with stores(folder) as urls:
        url = urls["postgres"]
        processes = effort.processes[-1]
        hall_ids = tuple(f"hall-{number:03d}" for number in range(max(effort.halls, processes)))
        for hall_id in hall_ids:
            with create_hall(url, _plan(hall_id)) as hall:
                hall.open_counter(1)
        yield from _peak(PeakTask(url, hall_ids[: effort.halls], effort.seconds, processes))
        yield from _throughput(url, hall_ids, processes, max(1, effort.commands // processes))


def _plan(hall_id: str) -> HallPlan:
    plan = load_hall_file(example_hall_file())
    offers = dict.fromkeys((service.key for service in plan.services), timedelta())
    counters = tuple(
        CounterPlan(number, Localized(f"{number} 号窗口", f"Counter {number}"), offers)
        for number in range(1, COUNTERS + 1)
    )
    return replace(plan, id=hall_id, counters=counters)


def _peak(task: PeakTask) -> Iterator[Measurement]:
    parts = Crowd(task.processes, replay).run(task)
    halls = f"{len(task.hall_ids)} halls at their peak"
    for what, waits in (
        ("issue", [wait for part in parts for wait in part.issues]),
        ("call", [wait for part in parts for wait in part.calls]),
    ):
        for share in (50, 99):
            value = percentile(waits, share) * 1000
            yield Measurement("city", f"{what}, {halls}, p{share}", value, "ms")
        yield Measurement("city", f"{what}, {halls}, rate", len(waits) / task.seconds, "/s")


def replay(place: int, barrier: Barrier, task: PeakTask) -> PeakPart:
    """One process: its share of the halls, each customer and each call at a moment of its own.

    Customers arrive, and counters become free, independently of how fast the store answers: a slow answer makes the
    next ones late, and that counts.
    """
    engine = make_engine(task.database_url)
    mine = [Hall(engine, hall_id, SystemClock()) for hall_id in task.hall_ids[place :: task.processes]]
    services = [service.key for service in mine[0].plan.services] if mine else []
    random = Random(place)
    a_second = len(mine) * TICKETS_A_DAY * PEAK_SHARE / 3600
    for hall in mine:
        hall.issue(services[0])
    part = PeakPart([], [])
    barrier.wait(PATIENCE_SECONDS)
    due = began = monotonic()
    while a_second:
        due += random.expovariate(2 * a_second)
        if part.calls and due - began > task.seconds:
            break
        sleep(max(0.0, due - monotonic()))
        hall = random.choice(mine)
        if len(part.issues) <= len(part.calls):
            hall.issue(random.choice(services), request_id=uuid4().hex)
            part.issues.append(monotonic() - due)
        else:
            hall.call_next(random.randint(1, COUNTERS), uuid4().hex)
            part.calls.append(monotonic() - due)
    engine.dispose()
    return part


def _throughput(url: str, hall_ids: tuple[str, ...], processes: int, commands: int) -> Iterator[Measurement]:
    of_one: float | None = None
    for halls in (size for size in CITIES if size <= processes):
        spans = Crowd(processes, work).run(ThroughputTask(url, hall_ids[:halls], commands))
        value = 2 * rate(spans)
        yield Measurement(
            "city", f"issue and call, {processes} processes, {halls} halls", value, "/s", of_one
        )
        of_one = of_one or value


def work(place: int, barrier: Barrier, task: ThroughputTask) -> Span:
    """One process: issue and call in turn in one hall, at a counter of its own."""
    engine = make_engine(task.database_url)
    hall = Hall(engine, task.hall_ids[place % len(task.hall_ids)], SystemClock())
    service = hall.plan.services[0].key

    def issue_and_call(_turn: int) -> None:
        hall.issue(service, request_id=uuid4().hex)
        hall.call_next(place + 1, uuid4().hex)

    issue_and_call(0)
    span = timed(barrier, task.commands, issue_and_call)
    engine.dispose()
    return span
