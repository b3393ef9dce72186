from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import EventKind
from shared.domain.rating import NOT_RATED, Satisfaction
from shared.domain.ticket import Ticket, TicketState
from shared.hall import Hall
from shared.store.engine import make_engine, writing


def serve(hall: Hall, counter: int = 1) -> Ticket:
    """A customer is called and served."""
    hall.issue("payment")
    assert hall.call_next(counter) is not None
    return hall.finish(counter)


def refusal(attempt: Callable[[], object]) -> RefusalCode:
    with pytest.raises(Refused) as refused:
        attempt()
    return refused.value.code


def test_a_vote_belongs_to_the_service_just_finished(hall: Hall) -> None:
    hall.add_clerk("1001", "王芳", "1234")
    hall.log_in(1, "1001", "1234")
    served = serve(hall)
    rated = hall.rate(1, 4)
    assert (rated.id, rated.rating, rated.state) == (served.id, 4, TicketState.FINISHED)
    assert hall.ticket(served.id) == rated
    assert hall.verify().differences == ()


def test_next_finishes_too_and_the_vote_is_not_the_newcomers(hall: Hall) -> None:
    first, second = hall.issue("payment"), hall.issue("payment")
    hall.call_next(1)
    called = hall.call_next(1)
    assert called is not None
    assert called.id == second.id
    assert hall.rate(1, 5).id == first.id
    assert hall.ticket(second.id).rating is None


@pytest.mark.parametrize(("after_s", "counts"), [(0, True), (10, True), (10.001, False), (15, False)])
def test_the_window_is_ten_seconds(hall: Hall, clock: ManualClock, after_s: float, counts: bool) -> None:
    served = serve(hall)
    clock.advance(timedelta(seconds=after_s))
    if counts:
        assert hall.rate(1, 3).rating == 3
        return
    assert refusal(lambda: hall.rate(1, 3)) is RefusalCode.RATING_LATE
    assert hall.ticket(served.id).rating is None


def test_a_vote_in_time_that_arrives_late_counts(hall: Hall, clock: ManualClock) -> None:
    served = serve(hall)
    pressed_at = clock.advance(timedelta(seconds=9))
    clock.advance(timedelta(seconds=8))
    assert hall.rate(1, 2, pressed_at=pressed_at).id == served.id


def test_a_vote_that_arrives_after_a_later_finish_is_not_the_later_customers(
    hall: Hall, clock: ManualClock
) -> None:
    serve(hall)
    pressed_at = clock.advance(timedelta(seconds=4))
    clock.advance(timedelta(seconds=5))
    later = serve(hall)
    assert refusal(lambda: hall.rate(1, 2, pressed_at=pressed_at)) is RefusalCode.RATING_LATE
    assert hall.rate(1, 5).id == later.id


def test_a_clock_that_was_set_back_leaves_the_window_open(hall: Hall, clock: ManualClock) -> None:
    served = serve(hall)
    clock.advance(timedelta(hours=-1))
    assert hall.rate(1, 1).id == served.id
    assert hall.verify().differences == ()


def test_one_vote_for_each_service(hall: Hall) -> None:
    serve(hall)
    hall.rate(1, 5)
    assert refusal(lambda: hall.rate(1, 1)) is RefusalCode.ALREADY_RATED
    assert serve(hall).rating is None
    assert hall.rate(1, 1).rating == 1


def test_the_same_request_is_one_vote(hall: Hall, clock: ManualClock) -> None:
    serve(hall)
    first = hall.rate(1, 4, "vote-1")
    clock.advance(timedelta(minutes=5))
    seq = hall.snapshot().seq
    assert hall.rate(1, 4, "vote-1") == first
    assert hall.snapshot().seq == seq
    assert refusal(lambda: hall.rate(1, 2, "vote-1")) is RefusalCode.REQUEST_REUSED


def test_of_many_votes_at_once_one_counts(hall: Hall) -> None:
    serve(hall)

    def vote(level: int) -> int | RefusalCode:
        try:
            return hall.rate(1, level).rating or 0
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(vote, (1, 2, 3, 4, 5)))
    assert sum(isinstance(one, int) for one in outcomes) == 1
    assert outcomes.count(RefusalCode.ALREADY_RATED) == 4


def test_nothing_to_rate(hall: Hall) -> None:
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.NOTHING_TO_RATE
    hall.issue("payment")
    hall.call_next(1)
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.NOTHING_TO_RATE
    hall.no_show(1)
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.NOTHING_TO_RATE
    assert refusal(lambda: hall.rate(9, 5)) is RefusalCode.UNKNOWN_COUNTER


def test_another_counters_service_is_not_rated_here(hall: Hall) -> None:
    serve(hall, 1)
    assert refusal(lambda: hall.rate(2, 5)) is RefusalCode.NOTHING_TO_RATE


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_outside_the_five_is_a_bug(hall: Hall, level: int) -> None:
    served = serve(hall)
    with pytest.raises(ValueError, match="levels 1 to 5"):
        hall.rate(1, level)
    assert hall.ticket(served.id).rating is None


def test_undoing_the_finish_voids_the_vote(hall: Hall) -> None:
    served = serve(hall)
    hall.rate(1, 1)
    undone = hall.undo(1)
    assert (undone.took_back, undone.tickets[0].state) == (EventKind.FINISHED, TicketState.CALLED)
    assert hall.ticket(served.id).rating is None
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.NOTHING_TO_RATE
    hall.finish(1)
    assert hall.rate(1, 5).id == served.id
    assert hall.verify().differences == ()


def test_undoing_next_voids_the_vote_for_the_one_it_finished(hall: Hall) -> None:
    first, second = hall.issue("payment"), hall.issue("payment")
    hall.call_next(1)
    hall.call_next(1)
    hall.rate(1, 2)
    hall.undo(1)
    assert [hall.ticket(one.id).state for one in (first, second)] == [TicketState.CALLED, TicketState.WAITING]
    assert hall.ticket(first.id).rating is None
    assert hall.verify().differences == ()


def test_a_finish_taken_back_and_made_elsewhere_is_rated_there(hall: Hall) -> None:
    served = serve(hall)
    hall.undo(1)
    hall.open_counter(2)
    hall.transfer(1, to_counter=2)
    hall.call_next(2)
    hall.finish(2)
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.NOTHING_TO_RATE
    assert hall.rate(2, 5).id == served.id


def test_not_rated_is_recorded_from_twenty_seconds_on(hall: Hall, clock: ManualClock) -> None:
    served = serve(hall)
    clock.advance(timedelta(seconds=19.9))
    assert hall.note_not_rated(1) == ()
    clock.advance(timedelta(seconds=0.1))
    (noted,) = hall.note_not_rated(1)
    assert (noted.id, noted.rating) == (served.id, NOT_RATED)
    assert hall.note_not_rated(1) == ()
    assert refusal(lambda: hall.rate(1, 5)) is RefusalCode.RATING_LATE
    assert hall.verify().differences == ()


def test_what_was_rated_or_is_anothers_is_not_noted(hall: Hall, clock: ManualClock) -> None:
    serve(hall, 1)
    hall.rate(1, 5)
    other = serve(hall, 2)
    clock.advance(timedelta(seconds=20))
    assert hall.note_not_rated(1) == ()
    assert hall.ticket(other.id).rating is None


def test_more_services_than_fit_one_command_are_noted_in_turn(hall: Hall, clock: ManualClock) -> None:
    for _ in range(70):
        hall.issue("payment")
    while hall.call_next(1) is not None:
        pass
    clock.advance(timedelta(minutes=1))
    assert [len(hall.note_not_rated(1)) for _ in range(3)] == [64, 6, 0]
    assert hall.figures(1).satisfaction == Satisfaction(0, 0, 70)


def test_figures_tell_the_satisfaction_of_a_counter_and_the_hall(hall: Hall, clock: ManualClock) -> None:
    for level in (5, 4, 2):
        serve(hall, 1)
        hall.rate(1, level)
    serve(hall, 1)
    serve(hall, 2)
    hall.rate(2, 5)
    clock.advance(timedelta(seconds=20))
    hall.note_not_rated(1)
    assert hall.figures(1).satisfaction == Satisfaction(rated=3, satisfied=2, not_rated=1)
    assert hall.satisfaction() == Satisfaction(rated=4, satisfied=3, not_rated=1)


def test_a_vote_is_no_action_of_the_clerks_and_the_service_can_still_be_explained(hall: Hall) -> None:
    served = serve(hall)
    hall.rate(1, 5)
    assert hall.why_overtaken(served.id) == ()
    assert hall.undo(1).took_back is EventKind.FINISHED


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("UPDATE ticket SET rating = 5 WHERE rating = 1", "rating is 1 by the log, 5 in the tables"),
        ("UPDATE event SET kind = 'rated' WHERE kind = 'recalled'", "does rate while B002 is called"),
        ("UPDATE event SET detail = '{\"level\": 9}' WHERE kind = 'rated'", "levels 1 to 5"),
    ],
)
def test_verify_sees_a_rating_that_was_tampered_with(
    hall: Hall, database_url: str, statement: str, difference: str
) -> None:
    serve(hall)
    hall.rate(1, 1)
    hall.issue("payment")
    hall.call_next(1)
    hall.recall(1)
    assert hall.verify().clean
    engine = make_engine(database_url)
    with writing(engine) as connection:
        assert connection.execute(text(statement.replace(":", r"\:"))).rowcount == 1
    engine.dispose()
    assert any(difference in found for found in hall.verify().differences)
