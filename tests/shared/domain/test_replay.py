from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import COMMAND_OF, Event, EventKind
from shared.domain.replay import DayState, VerifyReport, compare, replay
from shared.domain.ticket import Command, TicketState
from tools.testing.halls import NINE

DAY = NINE.date()


def issue(ordinal: int) -> dict[str, str | int | None]:
    return {
        "prefix": "B",
        "ordinal": ordinal,
        "service": "payment",
        "priority": "ordinary",
        "due_at": "2026-11-23T01:15:00+00:00",
        "people_ahead": 0,
        "language": "zh",
    }


def log(*entries: tuple[EventKind, str | None, int | None]) -> list[Event]:
    """Events in a row; an issue carries the detail that its number needs."""
    return [
        Event(
            DAY,
            seq,
            seq,
            NINE + timedelta(seconds=seq),
            kind,
            ticket,
            counter,
            detail=issue(int(ticket[1:])) if kind is EventKind.ISSUED and ticket else None,
        )
        for seq, (kind, ticket, counter) in enumerate(entries, start=1)
    ]


MORNING = log(
    (EventKind.DAY_OPENED, None, None),
    (EventKind.COUNTER_OPENED, None, 1),
    (EventKind.ISSUED, "B001", None),
    (EventKind.ISSUED, "B002", None),
    (EventKind.CALLED, "B001", 1),
    (EventKind.STARTED, "B001", 1),
    (EventKind.FINISHED, "B001", 1),
    (EventKind.CALLED, "B002", 1),
)


def test_a_sound_log_leads_to_the_state_of_the_day() -> None:
    state = replay(DAY, MORNING)
    assert state.faults == []
    assert state.seq == 8
    assert state.ordinals == {"B": 2}
    assert {number: ticket.state for number, ticket in state.tickets.items()} == {
        "B001": TicketState.FINISHED,
        "B002": TicketState.CALLED,
    }
    assert state.counters == {1: CounterState(1, CounterStatus.OPEN, since=NINE + timedelta(seconds=2))}


def test_every_command_has_its_kind_of_event() -> None:
    assert set(COMMAND_OF.values()) == set(Command)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda events: events[:3] + events[4:], "2026-11-23: the log jumps from 3 to 5"),
        (lambda events: events[:3] + events[4:], "event 8 (called) names B002, which was never issued"),
        (lambda events: [*events, replace(events[2], seq=9)], "event 9 issues B001 a second time"),
        (lambda events: [*events[:5], replace(events[4], seq=6)], "event 6 does call while B001 is called"),
        (
            lambda events: [*events[:5], replace(events[7], seq=6)],
            "event 6 puts B002 at counter 1 with B001",
        ),
        (lambda events: [*events[:3], replace(events[3], detail=None)], "an event's detail lacks 'prefix'"),
        (lambda events: events[::-1], "the log jumps from 0 to 8"),
    ],
    ids=["gap", "never issued", "issued twice", "called twice", "two at a counter", "no detail", "order"],
)
def test_a_damaged_log_is_named(damage: Callable[[list[Event]], list[Event]], fault: str) -> None:
    assert any(fault in found for found in replay(DAY, damage(MORNING)).faults)


values = st.sampled_from([None, True, 1, -3, 1.5, "B", "2026", "payment", [], [1], {}, {"state": "held"}])
names = st.sampled_from(
    ["prefix", "ordinal", "service", "priority", "due_at", "restores", "state", "people_ahead"]
)
details: st.SearchStrategy[Any] = st.none() | values | st.dictionaries(names, values)


@given(st.data())
def test_no_damage_stops_the_replay(data: st.DataObject) -> None:
    events = list(MORNING)
    for place in data.draw(st.lists(st.sampled_from(range(8)), min_size=1, max_size=3)):
        event = events[place]
        events[place] = replace(
            event,
            kind=data.draw(st.just(event.kind) | st.sampled_from(EventKind)),
            detail=data.draw(details),
            ticket=data.draw(st.sampled_from([event.ticket, None, "B001", "B009"])),
            counter=data.draw(st.sampled_from([event.counter, None, 7])),
        )
    state = replay(DAY, events)
    assert state.seq == 8
    assert all(fault.startswith("2026-11-23: ") for fault in state.faults)


def tables_of(state: DayState) -> DayState:
    return DayState(DAY, state.seq, dict(state.tickets), dict(state.counters), dict(state.ordinals))


def differences(tables: DayState) -> tuple[str, ...]:
    return compare(replay(DAY, MORNING), tables.seq, tables.tickets, tables.counters, tables.ordinals)


def test_tables_that_agree() -> None:
    assert differences(tables_of(replay(DAY, MORNING))) == ()


def test_each_difference_is_one_sentence() -> None:
    tables = tables_of(replay(DAY, MORNING))
    tables.seq = 9
    tables.tickets["B001"] = replace(tables.tickets["B001"], state=TicketState.WAITING, calls=7)
    del tables.tickets["B002"]
    tables.tickets["B003"] = replace(tables.tickets["B001"], number="B003")
    tables.counters[1] = replace(tables.counters[1], status=CounterStatus.PAUSED)
    tables.ordinals["B"] = 3
    state_and_calls = (
        "state is finished by the log, waiting in the tables; calls is 1 by the log, 7 in the tables"
    )
    assert differences(tables) == (
        "2026-11-23: the day's row says seq 9, the log ends at 8",
        f"2026-11-23: ticket B001: {state_and_calls}",
        "2026-11-23: ticket B002 is in the log but not in the tables",
        "2026-11-23: ticket B003 is in the tables but not in the log",
        "2026-11-23: counter 1: status is open by the log, paused in the tables",
        "2026-11-23: last ordinal of B: the log says 2, the tables 3",
    )


def test_a_report_is_clean_without_differences() -> None:
    assert VerifyReport(1, 8, 2, ()).clean
    assert not VerifyReport(1, 8, 2, ("one",)).clean
