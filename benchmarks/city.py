"""Many halls in one PostgreSQL: a peak hour at its true rate, and how far more halls bring more throughput."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import cycle
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic, process_time, sleep

import psutil
from sqlalchemy import Engine

from benchmarks.disk import disk_waits
from benchmarks.measurement import Effort, Measurement, percentile
from benchmarks.stores import server_process, stores
from operations.bench_crowd import PATIENCE_SECONDS, Crowd, Span, rate
from operations.hall_commands import example_hall_file
from shared.domain.clock import SystemClock
from shared.domain.plan import CounterPlan, HallPlan, Localized
from shared.domain.request_id import new_request_id
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file
from shared.store.engine import make_engine

COUNTERS = 50
TICKETS_A_DAY = 10_000
PEAK_SHARE = 0.15
"""The busiest hour's part of a day's customers."""

CITIES = (1, 10, 50, 200)
IN_LINE = 5
AT_COUNTERS = 5
"""Customers of each hall when the measuring begins."""

WORKING_SHARE = 0.1
"""The throughput of a city is measured for this part of the peak's time."""


@dataclass(frozen=True, slots=True)
class CityTask:
    """What all processes do together in these halls, for so many seconds."""

    database_url: str
    hall_ids: tuple[str, ...]
    seconds: float
    processes: int
    server: int
    """The server's process, whose children work for us."""


@dataclass(frozen=True, slots=True)
class PeakPart:
    """What one process saw: by command, seconds from when it was due until the answer was there.

    `processor` is the processor time that this process needed, and `server` what the whole server needed meanwhile.
    """

    waits: dict[str, list[float]]
    processor: float
    server: float


@dataclass(frozen=True, slots=True)
class WorkPart:
    """What one process did as fast as it could, and how busy the machine was, in percent."""

    span: Span
    busy: float


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure on PostgreSQL."""
    with stores(folder) as urls:
        url = urls["postgres"]
        began = monotonic()
        hall_ids = _build(url, effort.halls)
        yield Measurement("city", f"setting {effort.halls} halls up", monotonic() - began, "s")
        processes = min(effort.processes[-1], effort.halls)
        task = CityTask(url, hall_ids, effort.seconds, processes, server_process(folder))
        yield from _peak(task, folder)
        yield from _throughput(replace(task, seconds=effort.seconds * WORKING_SHARE))


def _build(url: str, halls: int) -> tuple[str, ...]:
    """All halls with their plans; each opens its day and its counters when its first customers come."""
    hall_ids = tuple(f"hall-{number:03d}" for number in range(1, halls + 1))
    plan = _plan()
    for hall_id in hall_ids:
        create_hall(url, replace(plan, id=hall_id)).close()
    return hall_ids


def _plan() -> HallPlan:
    plan = load_hall_file(example_hall_file())
    offers = dict.fromkeys((service.key for service in plan.services), timedelta())
    counters = tuple(
        CounterPlan(number, Localized(f"{number} 号窗口", f"Counter {number}"), offers)
        for number in range(1, COUNTERS + 1)
    )
    return replace(plan, counters=counters)


def _peak(task: CityTask, folder: Path) -> Iterator[Measurement]:
    with disk_waits(folder) as of_disk:
        parts = Crowd(task.processes, replay).run(task)
    halls = f"{len(task.hall_ids)} halls at their peak"
    for what in parts[0].waits:
        waits = [wait for part in parts for wait in part.waits[what]]
        for share in (50, 99):
            value = percentile(waits, share) * 1000
            yield Measurement("city", f"{what}, {halls}, p{share}", value, "ms")
        yield Measurement("city", f"{what}, {halls}, rate", len(waits) / task.seconds, "/s")
    for share in (50, 99):
        value = percentile(of_disk, share) * 1000
        yield Measurement("city", f"the disk alone, for one block, p{share}", value, "ms")
    cores = 100 / task.seconds
    server = max(part.server for part in parts)
    yield Measurement("city", f"the server's processor time, {halls}", server * cores, "% of a core")
    programs = sum(part.processor for part in parts)
    yield Measurement("city", f"the programs' processor time, {halls}", programs * cores, "% of a core")


@dataclass(slots=True)
class _Customers:
    """A hall's customers: one comes, one is called, one goes, in turn, so that the line stays as long as it is."""

    hall: Hall
    random: Random
    free: deque[int] = field(default_factory=lambda: deque(range(1, COUNTERS + 1)))
    busy: deque[int] = field(default_factory=deque)
    commands: Iterator[str] = field(default_factory=lambda: cycle(("issue", "call", "finish")))

    def begin(self) -> None:
        """Open the day, with some people in line and some at the counters."""
        for _customer in range(IN_LINE + AT_COUNTERS):
            self.do("issue")
        for _customer in range(AT_COUNTERS):
            self.do("call")

    def go_on(self) -> str:
        """Carry the next command out, and return which it was."""
        command = next(self.commands)
        self.do(command)
        return command

    def do(self, command: str) -> None:
        if command == "issue":
            self.hall.issue(self.random.choice(self.hall.plan.services).key, request_id=new_request_id())
        elif command == "call":
            if self.hall.call_next(self.free[0], new_request_id()) is None:
                raise AssertionError(f"{self.hall.hall_id}: nobody waits")
            self.busy.append(self.free.popleft())
        else:
            self.hall.finish(self.busy[0], new_request_id())
            self.free.append(self.busy.popleft())


def _customers(task: CityTask, place: int, engine: Engine) -> list[_Customers]:
    """Those of the halls of one process; where there are fewer halls than processes, of one that it shares."""
    random = Random(place)
    mine = task.hall_ids[place :: task.processes] or [task.hall_ids[place % len(task.hall_ids)]]
    return [_Customers(Hall(engine, hall_id, SystemClock()), random) for hall_id in mine]


def replay(place: int, barrier: Barrier, task: CityTask) -> PeakPart:
    """One process: its share of the halls, each command at a moment of its own.

    Customers arrive, and counters become free, independently of how fast the store answers: a slow answer makes the
    next ones late, and that counts.
    """
    engine = make_engine(task.database_url)
    customers = _customers(task, place, engine)
    for of_hall in customers:
        of_hall.begin()
    waits: dict[str, list[float]] = {"issue": [], "call": [], "finish": []}
    random = Random(place)
    a_second = len(waits) * len(customers) * TICKETS_A_DAY * PEAK_SHARE / 3600
    barrier.wait(PATIENCE_SECONDS)
    server, processor = _server_time(task.server), process_time()
    began = monotonic()
    due = began + random.expovariate(a_second)
    while due - began < task.seconds or not all(waits.values()):
        sleep(max(0.0, due - monotonic()))
        command = random.choice(customers).go_on()
        waits[command].append(monotonic() - due)
        due += random.expovariate(a_second)
    part = PeakPart(waits, process_time() - processor, _server_time(task.server) - server)
    # No connection ends before all processes have seen what the server needed for it.
    barrier.wait(PATIENCE_SECONDS)
    engine.dispose()
    return part


def _server_time(server: int) -> float:
    """Processor seconds of the server and all of its processes that are alive."""
    parent = psutil.Process(server)
    return sum(
        process.cpu_times().user + process.cpu_times().system
        for process in (parent, *parent.children(recursive=True))
    )


def _throughput(task: CityTask) -> Iterator[Measurement]:
    of_one: float | None = None
    most = len(task.hall_ids)
    for halls in dict.fromkeys(min(size, most) for size in CITIES):
        parts = Crowd(task.processes, work).run(replace(task, hall_ids=task.hall_ids[:halls]))
        value = rate([part.span for part in parts])
        what = f"{task.processes} processes, {halls} halls"
        yield Measurement("city", f"as many commands as fit, {what}", value, "/s", of_one)
        yield Measurement("city", f"the machine is busy, {what}", median(part.busy for part in parts), "%")
        of_one = of_one or value


def work(place: int, barrier: Barrier, task: CityTask) -> WorkPart:
    """One process: issue and call in its halls in turn, without a break."""
    engine = make_engine(task.database_url)
    customers = _customers(task, place, engine)
    counter = place + 1
    for of_hall in customers:
        of_hall.hall.issue(of_hall.hall.plan.services[0].key)
    done = 0
    barrier.wait(PATIENCE_SECONDS)
    psutil.cpu_percent()
    began = monotonic()
    turns = cycle(customers)
    while not done or monotonic() - began < task.seconds:
        hall = next(turns).hall
        hall.issue(hall.plan.services[0].key, request_id=new_request_id())
        hall.call_next(counter, new_request_id())
        done += 2
    part = WorkPart(Span(began, monotonic(), done), psutil.cpu_percent())
    engine.dispose()
    return part
