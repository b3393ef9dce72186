"""A connection cut between COMMIT and its answer: nobody knows what happened, and asking again tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from tools.testing.cuttable_line import CuttableLine
from tools.testing.hall_commands import CASES, ONCE, called
from tools.testing.halls import small_plan


@pytest.fixture
def hall(postgres_url: str, clock: ManualClock) -> Iterator[Hall]:
    """The small hall, with a connection that nobody cuts."""
    with create_hall(postgres_url, small_plan(), clock=clock) as hall:
        yield hall


@pytest.fixture
def far(hall: Hall, line: CuttableLine, clock: ManualClock) -> Iterator[Hall]:
    """The same hall over a line that can be cut, on a day that is open."""
    with open_hall(line.url, clock=clock) as far:
        far.pause_counter(3, "meeting")
        yield far


@pytest.mark.parametrize("name", CASES)
def test_the_retry_gets_the_first_result_and_changes_nothing(
    hall: Hall, far: Hall, line: CuttableLine, clock: ManualClock, name: str
) -> None:
    prepare, command, go_on = CASES[name]
    prepare(hall)
    clock.advance(timedelta(seconds=5))
    before = hall.snapshot().seq
    line.cut_after_commit()
    with pytest.raises(StoreUnavailable) as fault:
        command(far)
    assert fault.value.cause == "unreachable"
    assert line.commits_cut == 1
    committed = hall.snapshot()
    assert committed.seq > before
    first = command(far)
    assert hall.snapshot() == committed
    clock.advance(timedelta(minutes=1))
    go_on(hall)
    seq = hall.snapshot().seq
    assert command(far) == first
    assert hall.snapshot().seq == seq
    assert hall.verify().differences == ()


def test_an_answer_lost_again_and_again_is_still_the_first(hall: Hall, far: Hall, line: CuttableLine) -> None:
    for tap in range(3):
        line.cut_after_commit()
        with pytest.raises(StoreUnavailable):
            far.issue("payment", request_id=f"tap-{tap}", print_at="kiosk-1")
        again = far.issue("payment", request_id=f"tap-{tap}", print_at="kiosk-1")
        assert again.number == f"B{tap + 1:03d}"
    assert line.commits_cut == 3
    assert [ticket.number for ticket in hall.waiting()] == ["B001", "B002", "B003"]
    assert len(hall.print_jobs()) == 3
    assert hall.verify().differences == ()


def test_without_a_retry_the_change_stands(hall: Hall, far: Hall, line: CuttableLine) -> None:
    """What a terminal that gave up must show when the store is back."""
    called(hall)
    line.cut_after_commit()
    with pytest.raises(StoreUnavailable):
        far.finish(1, ONCE)
    assert far.snapshot().counter(1).ticket is None
    assert far.call_next(1) is not None
    assert hall.verify().differences == ()
