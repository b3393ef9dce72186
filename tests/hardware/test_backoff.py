from __future__ import annotations

from hardware.backoff import Backoff


def test_waits_double_up_to_the_longest_and_start_over_after_success() -> None:
    now = 100.0
    backoff = Backoff(lambda: now, first_s=1, longest_s=4)
    waits = []
    for _ in range(4):
        backoff.failed()
        began = now
        while not backoff.is_due:
            now += 0.5
        waits.append(now - began)
    assert waits == [1, 2, 4, 4]
    backoff.succeeded()
    backoff.failed()
    now += 1
    assert backoff.is_due


def test_the_first_attempt_is_due_at_once() -> None:
    assert Backoff(lambda: 0.0).is_due
