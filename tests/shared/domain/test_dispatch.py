from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.dispatch import due_after_return, due_at, may_take, next_for, order
from shared.domain.errors import RefusalCode, Refused
from shared.domain.plan import HallPlan
from shared.domain.ticket import Ticket
from tools.testing.halls import NINE, small_plan
from tools.testing.sample_hall import make_ticket

PLAN = small_plan()
MINUTE = timedelta(minutes=1)
PREFIX = {service.key: service.prefix for service in PLAN.services}


def waits(
    service: str,
    minute: float = 0,
    *,
    seq: int = 1,
    priority: str = "ordinary",
    target: int | None = None,
    plan: HallPlan = PLAN,
) -> Ticket:
    """A ticket issued so many minutes after nine, as the `seq`-th event."""
    issued = NINE + minute * MINUTE
    ticket = make_ticket(plan, f"{PREFIX[service]}{seq:03d}", issued)
    due = due_at(plan, service, priority, issued)
    return replace(ticket, priority=priority, due_at=due, target_counter=target)


def next_at(counter: int, *waiting: Ticket) -> str | None:
    ticket = next_for(PLAN.counter(counter), waiting)
    return None if ticket is None else ticket.number


def test_due_is_issue_plus_promise_less_head_start() -> None:
    assert due_at(PLAN, "payment", "ordinary", NINE) == NINE + 15 * MINUTE
    assert due_at(PLAN, "payment", "senior", NINE) == NINE + 10 * MINUTE
    assert due_at(PLAN, "enquiry", "disabled", NINE) == NINE - 5 * MINUTE


def test_an_appointment_is_due_at_its_own_time() -> None:
    at_ten = NINE + 60 * MINUTE
    assert due_at(PLAN, "broadband", "appointment", NINE, at_ten) == at_ten
    assert due_at(PLAN, "broadband", "appointment", NINE) == NINE + 20 * MINUTE


def test_only_an_appointment_has_an_appointed_time() -> None:
    with pytest.raises(Refused) as refusal:
        due_at(PLAN, "payment", "senior", NINE, NINE)
    assert refusal.value.code is RefusalCode.APPOINTMENT_TIME


@pytest.mark.parametrize(
    ("service", "priority", "code", "named"),
    [
        ("haircut", "ordinary", RefusalCode.UNKNOWN_SERVICE, "enquiry, payment, broadband"),
        ("payment", "royal", RefusalCode.UNKNOWN_PRIORITY, "ordinary, senior"),
    ],
)
def test_what_the_hall_does_not_know_is_refused_and_the_known_named(
    service: str, priority: str, code: RefusalCode, named: str
) -> None:
    with pytest.raises(Refused, match=named) as refusal:
        due_at(PLAN, service, priority, NINE)
    assert refusal.value.code is code


def test_nobody_waits() -> None:
    assert next_at(1) is None


def test_a_short_promise_goes_before_a_long_one_given_earlier() -> None:
    assert next_at(1, waits("payment", 0, seq=1), waits("enquiry", 5, seq=2)) == "A002"


def test_a_short_promise_does_not_go_before_one_that_is_due() -> None:
    assert next_at(1, waits("payment", 0, seq=1), waits("enquiry", 13, seq=2)) == "B001"


def test_a_head_start_is_no_blank_cheque() -> None:
    senior = waits("payment", 4, seq=2, priority="senior")
    assert next_at(1, waits("payment", 0, seq=1), senior) == "B002"
    late_senior = waits("payment", 6, seq=2, priority="senior")
    assert next_at(1, waits("payment", 0, seq=1), late_senior) == "B001"


def test_equal_due_moments_go_in_the_order_of_the_log() -> None:
    assert next_at(1, waits("payment", 0, seq=2), waits("payment", 0, seq=1)) == "B001"
    came_back = replace(waits("payment", 0, seq=1), rank_seq=9)
    assert next_at(1, came_back, waits("payment", 0, seq=2)) == "B002"


def test_a_penalty_makes_a_service_the_second_choice_of_a_counter() -> None:
    payment, broadband = waits("payment", 0, seq=1), waits("broadband", 0, seq=2)
    assert next_at(2, payment, broadband) == "C002"
    assert order(payment) < order(broadband)


def test_a_counter_takes_its_second_choice_when_the_penalty_is_used_up() -> None:
    assert next_at(2, waits("payment", 0, seq=1), waits("broadband", 6, seq=2)) == "B001"


def test_a_counter_takes_only_what_it_offers() -> None:
    assert next_at(3, waits("payment", 0)) is None


def test_a_ticket_sent_to_a_counter_is_taken_there_and_nowhere_else() -> None:
    sent = waits("payment", 0, target=3)
    assert [may_take(counter, sent) for counter in PLAN.counters] == [False, False, True]
    assert next_at(1, sent) is None
    assert next_at(3, sent, waits("broadband", -10, seq=2)) == "C002"
    assert next_at(3, sent, waits("broadband", 0, seq=2)) == "B001"


def test_who_comes_back_goes_behind_three_others() -> None:
    missed = replace(waits("payment", 0, seq=1), rank_seq=20)
    rivals = [waits("payment", minute, seq=minute + 1) for minute in (4, 1, 3, 2, 5)]
    back = replace(missed, due_at=due_after_return(missed, rivals))
    line = sorted([*rivals, back], key=order)
    assert [ticket.number for ticket in line] == ["B002", "B003", "B004", "B001", "B005", "B006"]


def test_who_comes_back_to_a_short_queue_goes_last() -> None:
    missed = waits("payment", 0, seq=1)
    rival = waits("payment", 2, seq=2)
    assert due_after_return(missed, [rival]) == rival.due_at
    assert due_after_return(missed, []) == missed.due_at


def test_coming_back_never_improves_the_place() -> None:
    missed = waits("payment", 10, seq=5)
    assert due_after_return(missed, [waits("enquiry", 0, seq=1)]) == missed.due_at


classes = st.sampled_from([priority.key for priority in PLAN.priorities if priority.key != "appointment"])
arrivals = st.lists(
    st.tuples(
        st.sampled_from([service.key for service in PLAN.services]),
        classes,
        st.integers(min_value=0, max_value=240),
    ),
    min_size=1,
    max_size=60,
)


def widest_spread(plan: HallPlan) -> timedelta:
    """How much later than mine a ticket can be issued and still go first: head start, promises and penalties."""
    waits_promised = [service.target_wait for service in plan.services]
    penalties = [penalty for counter in plan.counters for penalty in counter.offers.values()]
    head_start = max(priority.head_start for priority in plan.priorities)
    return head_start + (max(waits_promised) - min(waits_promised)) + (max(penalties) - min(penalties))


@given(arrivals, st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.integers(0, 5)), max_size=80))
def test_overtaking_is_bounded(customers: list[tuple[str, str, int]], calls: list[tuple[int, int]]) -> None:
    """However counters call: nobody is passed, at a counter that could take them, by who came much later."""
    bound = widest_spread(PLAN)
    by_arrival = sorted(customers, key=lambda customer: customer[2])
    to_come = [
        waits(service, minute, seq=place, priority=priority)
        for place, (service, priority, minute) in enumerate(by_arrival, start=1)
    ]
    waiting: list[Ticket] = []
    now: datetime = NINE
    for number, later in calls:
        now += later * MINUTE
        waiting += [ticket for ticket in to_come if ticket.issued_at <= now]
        to_come = [ticket for ticket in to_come if ticket.issued_at > now]
        counter = PLAN.counter(number)
        called = next_for(counter, waiting)
        able = [ticket for ticket in waiting if may_take(counter, ticket)]
        assert (called is None) == (not able)
        if called is None:
            continue
        waiting.remove(called)
        passed = [ticket for ticket in able if ticket.issued_at < called.issued_at]
        assert all(called.issued_at - ticket.issued_at <= bound for ticket in passed)


@given(arrivals)
def test_a_queue_that_nobody_joins_is_emptied_in_order_of_what_is_due(
    customers: list[tuple[str, str, int]],
) -> None:
    waiting = [
        waits(service, minute, seq=place, priority=priority)
        for place, (service, priority, minute) in enumerate(customers, start=1)
    ]
    called: list[Ticket] = []
    while (ticket := next_for(PLAN.counter(1), waiting)) is not None:
        waiting.remove(ticket)
        called.append(ticket)
    assert called == sorted(called, key=order)
    assert not [ticket for ticket in waiting if ticket.service in PLAN.counter(1).offers]
