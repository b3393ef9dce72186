from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.dispatch import OvertakingReason
from shared.domain.errors import RefusalCode, Refused
from shared.domain.plan import CounterPlan, Localized
from shared.hall import Hall, Ticket, create_hall

MINUTE = timedelta(minutes=1)


def why(hall: Hall, ticket: Ticket) -> list[tuple[str, int, OvertakingReason]]:
    return [(each.number, each.counter, each.reason) for each in hall.why_overtaken(ticket.id)]


def issue(hall: Hall, clock: ManualClock, service: str, priority: str = "ordinary") -> Ticket:
    """A ticket, a minute after the one before."""
    clock.advance(MINUTE)
    return hall.issue(service, priority)


def test_nobody_went_first(hall: Hall, clock: ManualClock) -> None:
    first, second = issue(hall, clock, "payment"), issue(hall, clock, "payment")
    hall.call_next(1)
    assert why(hall, first) == why(hall, second) == []


def test_a_head_start(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment", "senior")
    hall.call_next(1)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.HEAD_START)]
    hall.call_next(1)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.HEAD_START)]


def test_a_shorter_promise(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "enquiry")
    hall.call_next(1)
    assert why(hall, mine) == [("A001", 1, OvertakingReason.SHORTER_PROMISE)]


def test_a_counter_that_could_not_have_taken_me(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "broadband")
    hall.call_next(3)
    assert why(hall, mine) == [("C001", 3, OvertakingReason.OTHER_COUNTER)]


def test_a_counter_that_prefers_another_service(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "broadband")
    hall.call_next(2)
    assert why(hall, mine) == [("C001", 2, OvertakingReason.COUNTER_PREFERENCE)]


def test_an_appointment(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    hall.issue("payment", "appointment", appointed_for=clock.now() + 5 * MINUTE)
    hall.call_next(1)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.APPOINTMENT)]


def test_while_i_was_on_hold(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment")
    hall.hold_ticket(mine.id)
    hall.call_next(1)
    hall.resume(mine.id)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.AWAY)]


def test_after_i_missed_my_call(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    for _ in range(4):
        issue(hall, clock, "payment")
    hall.call_next(1)
    hall.no_show(1)
    hall.call_next(1)
    hall.return_ticket(mine.id)
    for _ in range(4):
        hall.call_next(1)
    assert why(hall, mine) == [
        ("B002", 1, OvertakingReason.AWAY),
        ("B003", 1, OvertakingReason.EARLIER_DUE),
        ("B004", 1, OvertakingReason.EARLIER_DUE),
        ("B005", 1, OvertakingReason.EARLIER_DUE),
    ]


def test_a_recall_does_not_make_me_later_than_i_was(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment")
    hall.call_next(1)
    hall.call_next(2)
    hall.recall(1)
    assert why(hall, mine) == []


def test_a_recall_does_not_hide_who_went_first(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment", "senior")
    hall.call_next(1)
    hall.call_next(2)
    hall.recall(1)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.HEAD_START)]


def test_a_call_that_was_taken_back_overtook_nobody(hall: Hall, clock: ManualClock) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment", "senior")
    hall.call_next(1)
    hall.undo(1)
    assert why(hall, mine) == []


def test_who_was_called_while_i_stood_at_a_counter_did_not_overtake_me(
    hall: Hall, clock: ManualClock
) -> None:
    mine = issue(hall, clock, "payment")
    issue(hall, clock, "payment")
    hall.call_next(1)
    hall.call_next(2)
    hall.transfer(1, "broadband")
    assert why(hall, mine) == []


def test_a_clerk_chose_another(hall: Hall, clock: ManualClock) -> None:
    mine, chosen = issue(hall, clock, "payment"), issue(hall, clock, "payment")
    hall.call_ticket(1, chosen.id)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.CHOSEN)]
    assert why(hall, chosen) == []


def test_a_clerk_chose_somebody_who_came_earlier_but_was_due_later(hall: Hall, clock: ManualClock) -> None:
    chosen, mine = issue(hall, clock, "payment"), issue(hall, clock, "payment", "senior")
    hall.call_ticket(1, chosen.id)
    assert why(hall, mine) == [("B001", 1, OvertakingReason.CHOSEN)]


def test_a_choice_is_the_reason_only_for_those_who_were_due_before(hall: Hall, clock: ManualClock) -> None:
    """The senior would have gone before me anyway; before the other senior only because a clerk wished so."""
    mine = issue(hall, clock, "payment")
    due_first, chosen = (issue(hall, clock, "payment", "senior") for _ in range(2))
    hall.call_ticket(1, chosen.id)
    assert why(hall, due_first) == [(chosen.number, 1, OvertakingReason.CHOSEN)]
    assert why(hall, mine) == [(chosen.number, 1, OvertakingReason.HEAD_START)]


def test_choosing_the_one_who_is_next_is_no_choice(hall: Hall, clock: ManualClock) -> None:
    mine, senior = issue(hall, clock, "payment"), issue(hall, clock, "payment", "senior")
    hall.call_ticket(1, senior.id)
    assert why(hall, mine) == [("B002", 1, OvertakingReason.HEAD_START)]
    assert not hall.called_before_its_turn(senior.id)


def test_a_choice_that_was_taken_back_overtook_nobody(hall: Hall, clock: ManualClock) -> None:
    mine, chosen = issue(hall, clock, "payment"), issue(hall, clock, "payment")
    hall.call_ticket(1, chosen.id)
    assert hall.called_before_its_turn(chosen.id)
    hall.undo(1)
    assert why(hall, mine) == []
    assert hall.call_next(1) == hall.ticket(mine.id)


def test_an_unknown_ticket(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.why_overtaken("20261123-Z001")
    assert refusal.value.code is RefusalCode.UNKNOWN_TICKET


def test_services_that_the_hall_gave_up_since(hall: Hall, clock: ManualClock, database_url: str) -> None:
    mine = issue(hall, clock, "broadband")
    issue(hall, clock, "enquiry")
    for _customer in range(2):
        hall.call_next(2)
    hall.finish(2)
    fewer = replace(
        hall.plan,
        services=tuple(service for service in hall.plan.services if service.key == "payment"),
        counters=(CounterPlan(1, Localized("1", "1"), {"payment": timedelta()}),),
    )
    create_hall(database_url, fewer, clock=clock).close()
    assert why(hall, mine) == [("A001", 2, OvertakingReason.EARLIER_DUE)]
