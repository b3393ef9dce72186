from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from counter_terminal.actions import ALWAYS, COMMANDS, KEYS, Action, why_not, why_not_in_list
from counter_terminal.state import TerminalState
from counter_terminal.state_keeper import waiting_for
from shared.domain.clock import ManualClock
from shared.domain.snapshot import HallSnapshot
from shared.domain.ticket import ALLOWED, Command, TicketState
from shared.hall import open_hall
from shared.words import Language, Words
from tools.testing.halls import NINE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def state(opened_hall: Path, tmp_path_factory: pytest.TempPathFactory) -> TerminalState:
    """A counter that is open, with three customers waiting and nobody called."""
    path = tmp_path_factory.mktemp("actions") / "hall.db"
    shutil.copyfile(opened_hall, path)
    with open_hall(f"sqlite:///{path}", clock=ManualClock(NINE)) as hall:
        for _ in range(3):
            hall.issue("payment")
        hall.open_counter(2)
        snapshot = hall.snapshot()
    return TerminalState(NINE, counter=2, clerk="1001", snapshot=snapshot, waiting=waiting_for(snapshot, 2))


def with_ticket_in(state: TerminalState, ticket_state: TicketState) -> TerminalState:
    snapshot = state.snapshot
    assert isinstance(snapshot, HallSnapshot)
    ticket = replace(snapshot.waiting[0], state=ticket_state, counter=2)
    lines = tuple(
        replace(line, ticket=ticket) if line.plan.number == 2 else line for line in snapshot.counters
    )
    return replace(state, snapshot=replace(snapshot, counters=lines))


@pytest.mark.parametrize("ticket_state", TicketState)
@pytest.mark.parametrize("action", COMMANDS)
def test_an_action_is_allowed_exactly_where_the_domain_allows_its_command(
    state: TerminalState, action: Action, ticket_state: TicketState
) -> None:
    here = with_ticket_in(state, ticket_state)
    assert (why_not(action, here) is None) == (ticket_state in ALLOWED[COMMANDS[action]])


@pytest.mark.parametrize("action", COMMANDS)
def test_without_a_ticket_there_is_nothing_to_act_on(state: TerminalState, action: Action) -> None:
    assert why_not(action, state) == "refusal-counter_free"


@pytest.mark.parametrize("action", [action for action in Action if action not in ALWAYS])
def test_nothing_is_allowed_while_the_data_is_stale_or_a_command_is_under_way(
    state: TerminalState, action: Action
) -> None:
    state = with_ticket_in(state, TicketState.CALLED)
    assert why_not(action, replace(state, stale=True)) == "counter-why-stale"
    assert why_not(action, replace(state, busy="next")) == "counter-why-busy"
    assert why_not(action, replace(state, snapshot=None)) == "counter-why-loading"


@pytest.mark.parametrize("action", sorted(ALWAYS))
def test_the_window_itself_can_always_be_changed(state: TerminalState, action: Action) -> None:
    assert why_not(action, replace(state, stale=True, busy="next")) is None


@pytest.mark.parametrize("ticket_state", TicketState)
@pytest.mark.parametrize("command", [Command.HOLD, Command.RESUME, Command.RETURN, Command.CANCEL])
def test_lists_follow_the_same_table(
    state: TerminalState, command: Command, ticket_state: TicketState
) -> None:
    ticket = replace(state.waiting[0], state=ticket_state)
    assert (why_not_in_list(command, ticket, state) is None) == (ticket_state in ALLOWED[command])


def test_a_no_show_comes_back_only_once(state: TerminalState) -> None:
    again = replace(state.waiting[0], state=TicketState.NO_SHOW, returns=1)
    assert why_not_in_list(Command.RETURN, again, state) is not None


def test_every_key_is_given_once_and_every_action_is_worded() -> None:
    keys = [key for names in KEYS.values() for key in names]
    assert len(keys) == len(set(keys))
    assert set(KEYS) == set(Action)
    words = Words(Language.ZH)
    assert all(words.has(f"counter-action-{action}") for action in Action)
    assert all(words.has(f"counter-tip-{action}") for action in Action)
