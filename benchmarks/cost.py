"""What a running program holds at one moment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil

from benchmarks.measurement import Measurement
from operations.demo.actor import Actor

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Resident memory in megabytes, and how many threads and open descriptors."""

    memory: float
    threads: int
    descriptors: int


def costs(programs: Mapping[str, Actor]) -> dict[str, Cost]:
    """What each program holds now."""
    found = {}
    for name, actor in programs.items():
        process = psutil.Process(actor.pid)
        # On Windows they are called handles.
        descriptors = getattr(process, "num_handles" if os.name == "nt" else "num_fds")()
        found[name] = Cost(process.memory_info().rss / MEGABYTE, process.num_threads(), descriptors)
    return found


def grown(
    benchmark: str, when: str, before: Mapping[str, Cost], after: Mapping[str, Cost]
) -> Iterator[Measurement]:
    """What each program holds after something, beside what it held before."""
    for name, cost in after.items():
        earlier = before.get(name, cost)
        yield Measurement(benchmark, f"{name}: memory {when}", cost.memory, "MB", earlier.memory)
        yield Measurement(benchmark, f"{name}: threads {when}", cost.threads, "", earlier.threads)
        yield Measurement(benchmark, f"{name}: descriptors {when}", cost.descriptors, "", earlier.descriptors)
