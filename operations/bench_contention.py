"""Many programs on one hall at once: does anybody get a number twice, is anybody called twice, and how fast is it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.synchronize import Barrier
from uuid import uuid4

from operations.bench_crowd import PATIENCE_SECONDS, Crowd, Span, rate, timed
from operations.hall_commands import example_hall_file
from shared.domain.errors import Refused, StoreUnavailable
from shared.hall import create_hall, open_hall
from shared.hall.hall_file import load_hall_file


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be done by all processes together; `rounds` of a burst are pressed by all in the same instant."""

    database_url: str
    hall_id: str
    processes: int
    issues: int
    calls: int
    rounds: int = 0


@dataclass(slots=True)
class Part:
    """What one process did."""

    numbers: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    issuing: Span | None = None
    calling: Span | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load. The rates are per second, over all processes."""

    issued: int
    called: int
    duplicate_numbers: int
    called_twice: int
    errors: tuple[str, ...]
    differences: tuple[str, ...]
    issues_per_second: float
    calls_per_second: float

    @property
    def sound(self) -> bool:
        """Whether nothing was given or called twice, nothing failed, and log and tables agree."""
        return not (self.duplicate_numbers or self.called_twice or self.errors or self.differences)


def contend(database_url: str, processes: int, issues: int, calls: int, rounds: int) -> Outcome:
    """Load a hall of its own, made in this database, from many processes.

    Raises:
        StoreUnavailable: the store cannot answer now.
        CrowdError: a process died.
    """
    plan = replace(load_hall_file(example_hall_file()), id=f"bench-{uuid4().hex[:12]}")
    with create_hall(database_url, plan) as hall:
        # The day is opened before: that is done once, and not what is measured.
        hall.open_counter(plan.counters[0].number)
        parts = Crowd(processes, work).run(Load(database_url, plan.id, processes, issues, calls, rounds))
        differences = hall.verify().differences
    numbers = Counter(number for part in parts for number in part.numbers)
    called = Counter(number for part in parts for number in part.called)
    return Outcome(
        issued=numbers.total(),
        called=called.total(),
        duplicate_numbers=sum(count - 1 for count in numbers.values()),
        called_twice=sum(1 for count in called.values() if count > 1),
        errors=tuple(error for part in parts for error in part.errors),
        differences=differences,
        issues_per_second=rate([part.issuing for part in parts if part.issuing]),
        calls_per_second=rate([part.calling for part in parts if part.calling]),
    )


def work(place: int, barrier: Barrier, load: Load) -> Part:
    """One process: issue its share, call its share at a counter, then press Next with all the others."""
    part = Part()
    with open_hall(load.database_url, load.hall_id) as hall:
        plan = hall.plan
        service = plan.services[0].key
        counters = plan.counters_offering(service)
        counter = counters[place % len(counters)].number

        def issue(_turn: int) -> None:
            try:
                part.numbers.append(hall.issue(service, request_id=uuid4().hex).number)
            except (Refused, StoreUnavailable) as error:
                part.errors.append(str(error))

        def call(_turn: int) -> None:
            try:
                ticket = hall.call_next(counter, request_id=uuid4().hex)
            except (Refused, StoreUnavailable) as error:
                part.errors.append(str(error))
            else:
                part.called.extend([ticket.number] if ticket else [])

        part.issuing = _after_the_first(barrier, _share(load.issues, place, load.processes), issue)
        part.calling = _after_the_first(barrier, _share(load.calls, place, load.processes), call)
        for turn in range(load.rounds):
            issue(turn)
            barrier.wait(PATIENCE_SECONDS)
            call(turn)
    return part


def _after_the_first(barrier: Barrier, times: int, do: Callable[[int], object]) -> Span:
    """The first command of a program compiles its statements and reads the plan: it is done, but not timed."""
    if times:
        do(0)
    return timed(barrier, max(0, times - 1), do)


def _share(whole: int, place: int, processes: int) -> int:
    return whole // processes + (1 if place < whole % processes else 0)
