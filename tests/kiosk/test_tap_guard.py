"""A hammering finger reaches nothing that came up under it."""

from __future__ import annotations

from kiosk.tap_guard import TapGuard


class Seconds:
    now = 50.0

    def __call__(self) -> float:
        return self.now


def test_a_tap_counts_when_nothing_has_changed() -> None:
    assert TapGuard(350, Seconds()).lets_through()


def test_taps_during_the_rest_are_ignored_and_prolong_it() -> None:
    clock = Seconds()
    guard = TapGuard(350, clock)
    guard.rest(300)
    heard = []
    for _ in range(10):
        clock.now += 0.2
        heard.append(guard.lets_through())
    assert not any(heard)
    clock.now += 0.36
    assert guard.lets_through()


def test_a_late_tap_does_not_shorten_a_long_rest() -> None:
    clock = Seconds()
    guard = TapGuard(350, clock)
    guard.rest(1000)
    clock.now += 0.1
    assert not guard.lets_through()
    clock.now += 0.5
    assert not guard.lets_through()
