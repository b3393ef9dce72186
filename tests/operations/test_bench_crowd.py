from __future__ import annotations

import os
from multiprocessing.synchronize import Barrier

import pytest

from operations.bench_crowd import PATIENCE_SECONDS, Crowd, CrowdError, timed


def meet(place: int, barrier: Barrier, task: int) -> tuple[int, int]:
    return place, timed(barrier, task, lambda _turn: None).done


def die(place: int, barrier: Barrier, _task: int) -> int:
    if place:
        os._exit(7)
    barrier.wait(PATIENCE_SECONDS)
    return place


def fail(place: int, barrier: Barrier, _task: int) -> int:
    if place:
        raise ZeroDivisionError("nothing")
    barrier.wait(PATIENCE_SECONDS)
    return place


def test_all_answer() -> None:
    assert sorted(Crowd(2, meet).run(3)) == [(0, 3), (1, 3)]


@pytest.mark.parametrize(
    ("worker", "told"), [(die, r"exit codes: .*7"), (fail, "ZeroDivisionError: nothing")]
)
def test_one_that_dies_or_fails_is_told(worker: object, told: str) -> None:
    with pytest.raises(CrowdError, match=told):
        Crowd(2, worker).run(0)  # type: ignore[arg-type]
