"""Rebuilding a day from its log, and comparing it with what the tables say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from shared.domain.counter import CounterState
from shared.domain.event import COMMAND_OF, Event, EventKind
from shared.domain.evolve import evolve_counter, evolve_ticket
from shared.domain.ticket import AT_COUNTER, Ticket, allows

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(slots=True)
class DayState:
    """What a day's log says: tickets by number, counters, the last ordinal of each prefix, the last `seq`.

    `skipped` counts the numbers that were passed over.

    `faults` lists what the log itself gets wrong: a gap, a command that the rules forbid, two tickets at a counter.
    """

    day: date
    seq: int = 0
    tickets: dict[str, Ticket] = field(default_factory=dict)
    counters: dict[int, CounterState] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    skipped: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The result of replaying a hall's log against its tables; `differences` is empty when they agree."""

    days: int
    events: int
    tickets: int
    differences: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether log and tables agree."""
        return not self.differences


def replay(day: date, events: Iterable[Event]) -> DayState:
    """The state that a day's events, in the order of `seq`, lead to."""
    state = DayState(day)
    occupied: dict[int, str] = {}
    for event in events:
        if event.seq != state.seq + 1:
            state.faults.append(f"{day}: the log jumps from {state.seq} to {event.seq}")
        state.seq = event.seq
        try:
            _apply(state, occupied, event)
        except (ValueError, KeyError, TypeError) as error:
            state.faults.append(f"{day}: {error}")
    return state


def compare(
    state: DayState,
    seq: int,
    tickets: Mapping[str, Ticket],
    counters: Mapping[int, CounterState],
    ordinals: Mapping[str, int],
    skipped: int = 0,
) -> tuple[str, ...]:
    """What differs between a replayed day and its tables, one sentence a difference."""
    found = list(state.faults)
    if seq != state.seq:
        found.append(f"{state.day}: the day's row says seq {seq}, the log ends at {state.seq}")
    if skipped != state.skipped:
        found.append(f"{state.day}: {state.skipped} numbers are skipped by the log, {skipped} in the tables")
    found.extend(_differences(str(state.day), "ticket", state.tickets, tickets))
    found.extend(_differences(str(state.day), "counter", state.counters, counters))
    found.extend(_differences(str(state.day), "last ordinal of", state.ordinals, ordinals))
    return tuple(found)


def _apply(state: DayState, occupied: dict[int, str], event: Event) -> None:
    if event.ticket is not None:
        before = state.tickets.get(event.ticket)
        command = COMMAND_OF.get(event.kind)
        if command is not None and before is not None and not allows(command, before):
            state.faults.append(
                f"{state.day}: event {event.seq} does {command} while {before.number} is {before.state}"
            )
        after = evolve_ticket(before, event)
        state.tickets[after.number] = after
        if event.kind is EventKind.ISSUED:
            state.ordinals[after.prefix] = max(after.ordinal, state.ordinals.get(after.prefix, 0))
        _occupy(state, occupied, before, after, event.seq)
    if event.kind is EventKind.NUMBERS_SKIPPED:
        _skip(state, event)
    if event.counter is not None and event.ticket is None:
        counter = state.counters.get(event.counter, CounterState(event.counter))
        state.counters[event.counter] = evolve_counter(counter, event)


def _skip(state: DayState, event: Event) -> None:
    """Go on above the ordinals that the event names; a missing detail is the caller's `KeyError`."""
    after = (event.detail or {})["after"]
    if not isinstance(after, dict):
        raise TypeError(f"event {event.seq} does not say what numbers go on above")
    for prefix, ordinal in after.items():
        state.skipped += int(ordinal) - state.ordinals.get(prefix, 0)
        state.ordinals[prefix] = int(ordinal)


def _occupy(
    state: DayState, occupied: dict[int, str], before: Ticket | None, after: Ticket, seq: int
) -> None:
    if before is not None and before.counter is not None and occupied.get(before.counter) == before.number:
        del occupied[before.counter]
    if after.state in AT_COUNTER and after.counter is not None:
        other = occupied.get(after.counter)
        if other is not None:
            state.faults.append(
                f"{state.day}: event {seq} puts {after.number} at counter {after.counter} with {other}"
            )
        occupied[after.counter] = after.number


def _differences(
    day: str, what: str, replayed: Mapping[_Key, _Value], stored: Mapping[_Key, _Value]
) -> Iterator[str]:
    for key in sorted(replayed.keys() | stored.keys(), key=str):
        by_log, by_table = replayed.get(key), stored.get(key)
        if by_log is None:
            yield f"{day}: {what} {key} is in the tables but not in the log"
        elif by_table is None:
            yield f"{day}: {what} {key} is in the log but not in the tables"
        elif by_log != by_table:
            yield f"{day}: {what} {key}: {_what_differs(by_log, by_table)}"


def _what_differs(by_log: object, by_table: object) -> str:
    if not isinstance(by_log, Ticket | CounterState):
        return f"the log says {by_log}, the tables {by_table}"
    pairs = ((part.name, getattr(by_log, part.name), getattr(by_table, part.name)) for part in fields(by_log))
    return "; ".join(
        f"{name} is {log} by the log, {table} in the tables" for name, log, table in pairs if log != table
    )
