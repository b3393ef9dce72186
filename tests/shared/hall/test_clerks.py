from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterStatus
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall, clerks
from shared.store.clerks import read_clerk


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow by design; the tests are about everything else."""
    monkeypatch.setattr(clerks, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def refusal_of(command: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        command()
    return refusal.value


def test_logging_in_seats_the_clerk_and_opens_the_counter(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234", "supervisor")
    clerk = hall.log_in(1, "1001", "1234")
    assert (clerk.badge, clerk.name, clerk.role) == ("1001", "王芳", "supervisor")
    state = hall.snapshot().counter(1).state
    assert (state.clerk, state.status) == ("1001", CounterStatus.OPEN)
    hall.issue("payment")
    called = hall.call_next(1)
    assert called is not None
    assert called.clerk == "1001"
    hall.finish(1)
    assert hall.log_out(1).clerk is None
    assert hall.snapshot().counter(1).state.status is CounterStatus.CLOSED
    assert hall.verify().differences == ()


def test_pins_are_not_stored(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "12345678")
    record = read_clerk(hall._engine, "small", "1001")
    assert record is not None
    assert record.pin_hash.startswith("$argon2id$")
    assert "12345678" not in record.pin_hash


def test_five_wrong_pins_lock_for_a_minute(hall: Hall, clock: ManualClock) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    for _ in range(5):
        assert refusal_of(lambda: hall.log_in(1, "1001", "9999")).code is RefusalCode.WRONG_PIN
    refused = refusal_of(lambda: hall.log_in(1, "1001", "1234"))
    assert (refused.code, refused.facts) == (RefusalCode.LOCKED_OUT, {"seconds": 61})
    clock.advance(timedelta(seconds=60))
    assert hall.log_in(1, "1001", "1234").badge == "1001"


def test_a_right_pin_forgets_the_wrong_ones(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    for _ in range(2):
        for _ in range(4):
            assert refusal_of(lambda: hall.log_in(1, "1001", "9999")).code is RefusalCode.WRONG_PIN
        hall.log_in(1, "1001", "1234")
    assert hall.log_in(1, "1001", "1234").badge == "1001"


def test_a_lock_by_a_clock_that_was_far_ahead_does_not_last(hall: Hall, clock: ManualClock) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    clock.advance(timedelta(days=400))
    for _ in range(5):
        refusal_of(lambda: hall.log_in(1, "1001", "9999"))
    clock.advance(-timedelta(days=400))
    assert hall.log_in(1, "1001", "1234").badge == "1001"


def test_a_new_pin_ends_the_lock(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    for _ in range(5):
        refusal_of(lambda: hall.log_in(1, "1001", "9999"))
    hall.add_clerk("1001", "王芳", "4321")
    assert hall.log_in(1, "1001", "4321").badge == "1001"
    assert [clerk.badge for clerk in hall.clerks()] == ["1001"]


@pytest.mark.parametrize("pin", ["", "123", "12a4", "12 4"])
def test_weak_pins(hall: Hall, pin: str) -> None:
    assert refusal_of(lambda: hall.add_clerk("1001", "王芳", pin)).code is RefusalCode.WEAK_PIN
    assert hall.clerks() == ()


def test_who_is_not_known(hall: Hall) -> None:
    assert refusal_of(lambda: hall.log_in(1, "1001", "1234")).code is RefusalCode.UNKNOWN_BADGE


@pytest.mark.parametrize(("badge", "role"), [("", "clerk"), ("1001", "king")])
def test_wrong_descriptions_of_a_clerk(hall: Hall, badge: str, role: str) -> None:
    with pytest.raises(ValueError, match=r"badge number|role"):
        hall.add_clerk(badge, "王芳", "1234", role)


def test_a_taken_counter_is_taken_over_only_on_purpose(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    hall.add_clerk("1002", "李雷", "1234")
    hall.log_in(1, "1001", "1234")
    refused = refusal_of(lambda: hall.log_in(1, "1002", "1234"))
    assert (refused.code, refused.facts["badge"]) == (RefusalCode.COUNTER_TAKEN, "1001")
    hall.log_in(1, "1002", "1234", take_over=True)
    assert hall.snapshot().counter(1).state.clerk == "1002"


def test_a_clerk_who_moves_leaves_the_counter_before(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    hall.log_in(1, "1001", "1234")
    hall.log_in(2, "1001", "1234")
    states = [line.state for line in hall.snapshot().counters]
    assert [state.clerk for state in states] == [None, "1001", None]
    assert states[0].status is CounterStatus.CLOSED
    hall.issue("payment")
    hall.call_next(2)
    refused = refusal_of(lambda: hall.log_in(1, "1001", "1234"))
    assert refused.code is RefusalCode.COUNTER_BUSY
    assert hall.snapshot().counter(2).state.clerk == "1001"
    assert hall.verify().differences == ()
