"""Several real processes that do the same at the same moment, for `jiaohao bench` and the benchmarks."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from queue import Empty
from threading import BrokenBarrierError
from time import monotonic
from typing import Any, Generic, TypeVar

PATIENCE_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 1.0

Answer = TypeVar("Answer")
Worker = Callable[[int, Barrier, Any], Answer]
"""Given its place from 0, the barrier that all meet at, and the task. It is sent by name: no lambda."""


class CrowdError(Exception):
    """A process of the crowd died, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Span:
    """When one process worked, by the machine's monotonic clock, in seconds, and what it had done then."""

    began: float
    ended: float
    done: int


def rate(spans: list[Span]) -> float:
    """What all did together per second, from the first one's beginning to the last one's end."""
    seconds = max(span.ended for span in spans) - min(span.began for span in spans)
    return sum(span.done for span in spans) / seconds


def timed(barrier: Barrier, times: int, do: Callable[[int], object]) -> Span:
    """Meet the others and then do something so many times.

    What is there by then is left out of collections, as in a program with a screen (`shared.qt.garbage_rounds`).
    """
    gc.collect()
    gc.freeze()
    barrier.wait(PATIENCE_SECONDS)
    began = monotonic()
    for turn in range(times):
        do(turn)
    return Span(began, monotonic(), times)


@dataclass(frozen=True, slots=True)
class Crowd(Generic[Answer]):
    """So many processes that run one worker."""

    processes: int
    worker: Worker[Answer]

    def run(self, task: object) -> list[Answer]:
        """What each answered, in no order.

        Raises:
            CrowdError: a process died. However slow the machine is, those that live are waited for.
        """
        spawn = multiprocessing.get_context("spawn")
        barrier = spawn.Barrier(self.processes)
        answers: Queue[Answer | str] = spawn.Queue()
        members = [
            spawn.Process(target=_take_part, args=(self.worker, place, barrier, task, answers))
            for place in range(self.processes)
        ]
        for member in members:
            member.start()
        told: list[Answer | str] = []
        while len(told) < len(members):
            # Looked at before: who ends by itself has said what it had to say.
            fault = _fault(members)
            try:
                told.append(answers.get(timeout=LOOK_AGAIN_SECONDS))
            except Empty:
                if fault:
                    for member in members:
                        member.terminate()
                    raise CrowdError(fault) from None
        for member in members:
            member.join(PATIENCE_SECONDS)
        troubles = [answer for answer in told if isinstance(answer, str)]
        if troubles:
            raise CrowdError("; ".join(troubles))
        return [answer for answer in told if not isinstance(answer, str)]


def _fault(members: list[SpawnProcess]) -> str | None:
    codes = [member.exitcode for member in members if not member.is_alive()]
    if any(codes):
        return f"processes died; exit codes: {codes}"
    return "processes ended without an answer" if len(codes) == len(members) else None


def _take_part(
    worker: Worker[Answer], place: int, barrier: Barrier, task: object, answers: Queue[Answer | str]
) -> None:
    try:
        answers.put(worker(place, barrier, task))
    except BrokenBarrierError:
        answers.put(f"process {place}: another one did not come")
    except Exception as error:  # noqa: BLE001 - told to the process that waits for the answer
        barrier.abort()
        answers.put(f"process {place}: {type(error).__name__}: {error}")
