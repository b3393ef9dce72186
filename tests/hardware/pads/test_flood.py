from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.pads.flood import MOST_A_SECOND, QUIET_S, FloodGuard


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_fast_fingers_are_no_flood() -> None:
    time = Time()
    guard = FloodGuard(time)
    for _ in range(200):
        assert guard.lets_through()
        time.now += 0.1
    assert not guard.is_flooding


def test_a_flood_is_shut_out_until_it_has_been_quiet() -> None:
    time = Time()
    guard = FloodGuard(time)
    assert sum(guard.lets_through() for _ in range(10_000)) == MOST_A_SECOND
    assert guard.is_flooding
    time.now += QUIET_S - 0.1
    assert not guard.lets_through()
    time.now += QUIET_S
    assert not guard.is_flooding
    assert guard.lets_through()


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=300))
def test_never_more_than_fingers_can_press_in_any_second(gaps: list[float]) -> None:
    time = Time()
    guard = FloodGuard(time)
    let_through = []
    for gap in gaps:
        time.now += gap
        if guard.lets_through():
            let_through.append(time.now)
    for index, moment in enumerate(let_through):
        assert sum(1 for other in let_through[index:] if other - moment < 1.0) <= MOST_A_SECOND
