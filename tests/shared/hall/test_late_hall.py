"""A program can start before its store: the hall is opened when it can be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall
from shared.hall.late_hall import LateHall
from tools.testing.sample_hall import make_plan

Answer = TypeVar("Answer")


def on_a_lane(work: Callable[[], Answer]) -> Answer:
    """Do it on another thread, as programs do."""
    with ThreadPoolExecutor(1) as lane:
        return lane.submit(work).result()


def test_it_is_opened_once_and_only_when_it_is_needed(sqlite_url: str) -> None:
    opened: list[Hall] = []

    def open_now() -> Hall:
        opened.append(create_hall(sqlite_url, make_plan()))
        return opened[-1]

    late = LateHall(open_now)
    assert not opened
    assert on_a_lane(late.get) is on_a_lane(late.get)
    assert on_a_lane(late.snapshot).plan.id == "renmin-road"
    assert len(opened) == 1
    late.close()


def test_it_is_tried_again_after_the_store_was_out_of_reach(sqlite_url: str) -> None:
    answers: list[Exception] = [StoreUnavailable("unreachable", "no answer")]

    def open_now() -> Hall:
        if answers:
            raise answers.pop()
        return create_hall(sqlite_url, make_plan())

    late = LateHall(open_now)
    with pytest.raises(StoreUnavailable):
        on_a_lane(late.change_listener)
    listener = on_a_lane(late.change_listener)
    assert not listener.wait(0)
    listener.close()
    late.close()


def test_one_that_was_never_opened_can_be_closed() -> None:
    late = LateHall(lambda: pytest.fail("nobody needed it"))
    late.close()
    assert late._hall is None


def test_the_thread_that_draws_is_told_to_use_a_lane(sqlite_url: str) -> None:
    late = LateHall(lambda: create_hall(sqlite_url, make_plan()))
    with pytest.raises(AssertionError, match="use a lane"):
        late.snapshot()
    assert late._hall is None
