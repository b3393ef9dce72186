"""What a long past costs: the same commands in a hall with millions of past tickets and in one without any."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

from benchmarks.measurement import Effort, Measurement
from benchmarks.stores import several_stores
from operations.hall_commands import example_hall_file
from shared.domain.clock import ManualClock
from shared.hall import Hall, open_hall
from shared.hall.hall_file import load_hall_file
from tools.past_days import give_a_past

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MOST_TICKETS_A_DAY = 2000


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure both engines: milliseconds a command, beside those of an empty hall."""
    tickets_a_day = min(MOST_TICKETS_A_DAY, effort.past // 2)
    days = max(2, effort.past // tickets_a_day)
    with several_stores(folder, 2) as [past, empty]:
        for engine in past:
            with ExitStack() as opened:
                halls = [
                    opened.enter_context(_hall(past[engine], days, tickets_a_day)),
                    opened.enter_context(_hall(empty[engine], 1, 1)),
                ]
                yield from _measure(effort, f"{engine}, {days * tickets_a_day:,} past tickets", *halls)


def _hall(database_url: str, days: int, tickets_a_day: int) -> Hall:
    plan = replace(load_hall_file(example_hall_file()), id=f"bench-{uuid4().hex[:8]}")
    clock = ManualClock(NOW)
    give_a_past(database_url, plan, clock, days, tickets_a_day)
    return open_hall(database_url, plan.id, clock=clock)


def _measure(effort: Effort, where: str, long: Hall, empty: Hall) -> Iterator[Measurement]:
    service = long.plan.services[0].key
    counter = long.plan.counters_offering(service)[0].number
    commands: dict[str, Callable[[Hall], object]] = {
        "issue": lambda hall: hall.issue(service, request_id=uuid4().hex),
        "call": lambda hall: hall.call_next(counter, uuid4().hex),
        "snapshot": lambda hall: hall.snapshot(),
    }
    times: dict[tuple[str, Hall], list[float]] = {
        (what, hall): [] for what in commands for hall in (long, empty)
    }
    for _turn in range(effort.rounds):
        for what, command in commands.items():
            for hall in (long, empty):
                began = perf_counter()
                for _time in range(effort.commands):
                    command(hall)
                times[what, hall].append((perf_counter() - began) / effort.commands * 1000)
    for what in commands:
        yield Measurement(
            "history", f"{what}, {where}", median(times[what, long]), "ms", median(times[what, empty])
        )
