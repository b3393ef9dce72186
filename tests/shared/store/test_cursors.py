from __future__ import annotations

from datetime import timedelta

from shared.domain.clock import ManualClock
from shared.hall import Hall

WHO = "lobby-1"


def heard(hall: Hall, screen: str = WHO) -> list[tuple[str, int, bool]]:
    """What a screen announces now, noting each when it has been spoken."""
    announced = []
    for call in hall.announcements(screen):
        announced.append((call.number, call.counter, call.recalled))
        hall.announced(screen, call)
    return announced


def test_a_new_screen_begins_with_what_comes_next(hall: Hall) -> None:
    hall.issue("payment")
    hall.issue("payment")
    hall.call_next(1)
    assert heard(hall) == []
    hall.call_next(2)
    assert heard(hall) == [("B002", 2, False)]
    assert heard(hall) == []


def test_a_screen_that_is_new_before_the_first_day(hall: Hall) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    assert heard(hall) == [("B001", 1, False)]


def test_none_is_dropped_and_none_spoken_twice_over_a_restart(hall: Hall) -> None:
    assert heard(hall) == []
    for counter in (1, 2):
        hall.issue("payment")
        hall.call_next(counter)
    first, second = hall.announcements(WHO)
    hall.announced(WHO, first)
    # The screen stops here, and comes back.
    assert hall.announcements(WHO) == (second,)


def test_a_recall_is_spoken_again_and_once(hall: Hall) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    assert heard(hall) == [("B001", 1, False)]
    hall.recall(1)
    assert heard(hall) == [("B001", 1, True)]


def test_a_call_that_was_repeated_before_it_was_spoken_is_spoken_once(hall: Hall) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    hall.recall(1)
    assert heard(hall) == [("B001", 1, True)]


def test_a_call_that_was_taken_back_is_not_spoken(hall: Hall) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    hall.undo(1)
    assert heard(hall) == []
    hall.call_next(2)
    assert heard(hall) == [("B001", 2, False)]


def test_taking_back_what_came_after_a_call_does_not_speak_it_again(hall: Hall) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    assert len(heard(hall)) == 1
    hall.hold(1)
    hall.undo(1)
    hall.no_show(1)
    hall.undo(1)
    assert heard(hall) == []


def test_each_screen_has_its_own_place(hall: Hall) -> None:
    assert heard(hall, "lobby-1") == heard(hall, "lobby-2") == []
    hall.issue("payment")
    hall.call_next(1)
    assert heard(hall, "lobby-1") == heard(hall, "lobby-2") == [("B001", 1, False)]


def test_the_first_call_of_a_new_day_is_spoken(hall: Hall, clock: ManualClock) -> None:
    assert heard(hall) == []
    for _ in range(5):
        hall.issue("payment")
        hall.call_next(1)
    assert len(heard(hall)) == 5
    clock.advance(timedelta(days=1))
    hall.issue("payment")
    hall.call_next(1)
    assert heard(hall) == [("B001", 1, False)]


def test_a_clock_that_was_far_ahead_for_a_while_does_not_repeat_the_day(
    hall: Hall, clock: ManualClock
) -> None:
    assert heard(hall) == []
    hall.issue("payment")
    hall.call_next(1)
    assert len(heard(hall)) == 1
    clock.advance(timedelta(days=40))
    hall.issue("payment")
    hall.call_next(1)
    assert len(heard(hall)) == 1
    clock.advance(timedelta(days=-40))
    hall.issue("payment")
    assert heard(hall) == []
    hall.call_next(1)
    assert heard(hall) == [("B002", 1, False)]
