from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import counter_memory, evolve_counter, evolve_ticket, ticket_memory
from shared.domain.ticket import Ticket, TicketState
from tools.testing.halls import NINE, small_plan
from tools.testing.sample_hall import make_ticket

DAY = NINE.date()
NOW = NINE + timedelta(minutes=10)
WAITING = make_ticket(small_plan(), "B001", NINE)
CALLED = replace(
    WAITING, state=TicketState.CALLED, counter=1, clerk="1001", called_at=NINE, called_seq=5, calls=1
)
SERVING = replace(CALLED, state=TicketState.SERVING, started_at=NINE + timedelta(minutes=1))
NO_SHOW = replace(CALLED, state=TicketState.NO_SHOW)
HELD = replace(WAITING, state=TicketState.HELD, calls=1)
BACK: dict[str, Any] = {
    "counter": None,
    "clerk": None,
    "called_at": None,
    "called_seq": None,
    "started_at": None,
}


def event(
    kind: EventKind, *, counter: int | None = 1, ticket: str | None = "B001", detail: Detail | None = None
) -> Event:
    return Event(DAY, 9, 9, NOW, kind, ticket, counter, "1001", detail)


ISSUE: dict[str, str | int | None] = {
    "prefix": "B",
    "ordinal": 1,
    "service": "payment",
    "priority": "senior",
    "due_at": "2026-11-23T01:20:00+00:00",
    "appointed_for": None,
    "people_ahead": 3,
    "quote_minutes": None,
    "language": "en",
}


def test_issued() -> None:
    ticket = evolve_ticket(None, event(EventKind.ISSUED, counter=None, detail=ISSUE))
    assert ticket == Ticket(
        id="20261123-B001",
        number="B001",
        service="payment",
        priority="senior",
        state=TicketState.WAITING,
        issued_at=NOW,
        called_at=None,
        counter=None,
        day=DAY,
        seq=9,
        prefix="B",
        ordinal=1,
        due_at=NINE + timedelta(minutes=20),
        rank_seq=9,
        people_ahead=3,
        quote_minutes=None,
        language="en",
    )


DUE = (NINE + timedelta(minutes=30)).isoformat()
CHANGES: list[tuple[Ticket, EventKind, Detail | None, dict[str, Any]]] = [
    (
        WAITING,
        EventKind.CALLED,
        None,
        {"called_at": NOW, "called_seq": 9, "calls": 1, "counter": 1, "clerk": "1001"},
    ),
    (CALLED, EventKind.RECALLED, None, {"state": TicketState.CALLED, "called_seq": 9, "calls": 2}),
    (CALLED, EventKind.STARTED, None, {"state": TicketState.SERVING, "started_at": NOW}),
    (SERVING, EventKind.FINISHED, None, {"finished_at": NOW}),
    (CALLED, EventKind.FINISHED, None, {"started_at": NINE, "finished_at": NOW}),
    (CALLED, EventKind.NO_SHOW, None, {}),
    (
        NO_SHOW,
        EventKind.RETURNED,
        {"due_at": DUE},
        {
            "state": TicketState.WAITING,
            "due_at": NINE + timedelta(minutes=30),
            "rank_seq": 9,
            "returns": 1,
            **BACK,
        },
    ),
    (SERVING, EventKind.HELD, None, {**BACK}),
    (WAITING, EventKind.HELD, None, {}),
    (HELD, EventKind.RESUMED, None, {"state": TicketState.WAITING}),
    (
        SERVING,
        EventKind.TRANSFERRED,
        {"service": "broadband", "target_counter": 3, "due_at": DUE},
        {
            "state": TicketState.WAITING,
            "service": "broadband",
            "target_counter": 3,
            "due_at": NINE + timedelta(minutes=30),
            **BACK,
        },
    ),
    (HELD, EventKind.CANCELLED, None, {"finished_at": NOW}),
    (WAITING, EventKind.EXPIRED, None, {"finished_at": NOW}),
]


@pytest.mark.parametrize(
    ("before", "kind", "detail", "changed"),
    CHANGES,
    ids=[f"{row[1]} while {row[0].state}" for row in CHANGES],
)
def test_each_kind_changes_what_it_says_and_nothing_else(
    before: Ticket, kind: EventKind, detail: Detail | None, changed: dict[str, Any]
) -> None:
    after = evolve_ticket(before, event(kind, detail=detail))
    state = changed.get("state") or TicketState(kind.value)
    assert after == replace(before, **{**changed, "state": state})


@pytest.mark.parametrize("before", [WAITING, CALLED, SERVING, NO_SHOW, HELD], ids=lambda ticket: ticket.state)
@pytest.mark.parametrize("now", [WAITING, CALLED, SERVING, NO_SHOW, HELD], ids=lambda ticket: ticket.state)
def test_undone_brings_back_everything(before: Ticket, now: Ticket) -> None:
    taken_back = event(EventKind.UNDONE, detail={"restores": ticket_memory(before)})
    assert evolve_ticket(now, taken_back) == before


DAMAGED = [
    (None, event(EventKind.CALLED), "never issued"),
    (WAITING, event(EventKind.ISSUED, detail=ISSUE), "a second time"),
    (None, event(EventKind.ISSUED, ticket="B002", detail=ISSUE), "issues B002 as number B001"),
    (None, event(EventKind.ISSUED, detail=None), "lacks 'prefix'"),
    (None, event(EventKind.ISSUED, detail={**ISSUE, "ordinal": "1"}), "lacks 'ordinal'"),
    (None, event(EventKind.ISSUED, detail={**ISSUE, "due_at": None}), "without a due moment"),
    (None, event(EventKind.ISSUED, detail={**ISSUE, "due_at": "soon"}), "Invalid isoformat"),
    (WAITING, event(EventKind.COUNTER_OPENED), "not about a ticket"),
    (CALLED, event(EventKind.UNDONE), "without saying what was before"),
    (CALLED, event(EventKind.UNDONE, detail={"restores": {"state": "asleep"}}), "asleep"),
    (CALLED, event(EventKind.TRANSFERRED, detail={}), "lacks 'service'"),
]


@pytest.mark.parametrize(("ticket", "damaged", "complaint"), DAMAGED, ids=[row[2] for row in DAMAGED])
def test_an_event_that_cannot_apply_is_named(ticket: Ticket | None, damaged: Event, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        evolve_ticket(ticket, damaged)


PAUSED = CounterState(1, CounterStatus.PAUSED, "lunch", "1001", NINE)


@pytest.mark.parametrize(
    ("kind", "detail", "after"),
    [
        (EventKind.COUNTER_OPENED, None, CounterState(1, CounterStatus.OPEN, None, "1001", NOW)),
        (
            EventKind.COUNTER_PAUSED,
            {"reason": "tea"},
            CounterState(1, CounterStatus.PAUSED, "tea", "1001", NOW),
        ),
        (EventKind.COUNTER_CLOSED, None, CounterState(1, CounterStatus.CLOSED, None, "1001", NOW)),
        (EventKind.CLERK_LOGGED_IN, None, PAUSED),
        (EventKind.CLERK_LOGGED_OUT, None, replace(PAUSED, clerk=None)),
    ],
)
def test_counters(kind: EventKind, detail: Detail | None, after: CounterState) -> None:
    assert evolve_counter(PAUSED, event(kind, ticket=None, detail=detail)) == after


def test_a_counter_is_restored_with_its_reason_and_moment() -> None:
    taken_back = event(EventKind.UNDONE, ticket=None, detail={"restores": counter_memory(PAUSED)})
    assert evolve_counter(CounterState(1, CounterStatus.OPEN, None, "1001", NOW), taken_back) == PAUSED
    with pytest.raises(ValueError, match="without saying what was before"):
        evolve_counter(PAUSED, event(EventKind.UNDONE, ticket=None))


def test_what_happens_to_a_ticket_leaves_its_counter_alone() -> None:
    assert evolve_counter(PAUSED, event(EventKind.CALLED)) == PAUSED
