from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shared.domain.errors import RefusalCode, Refused
from shared.domain.ticket import Command, TicketState, allows, require, split_ticket_id, ticket_id
from tools.testing.halls import small_plan
from tools.testing.sample_hall import make_ticket

# Written out a second time, by hand from the description of the queue, so that the code's table is checked by another.
COMMANDS_BY_STATE = {
    "waiting": "call hold release cancel expire",
    "called": "recall start finish no_show hold transfer expire",
    "serving": "finish hold transfer expire",
    "held": "resume cancel expire",
    "no_show": "return",
    "finished": "rate",
    "cancelled": "",
    "expired": "",
}


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("command", Command)
def test_each_command_in_each_state(command: Command, state: TicketState) -> None:
    ticket = replace(make_ticket(small_plan(), "B001"), state=state)
    expected = command.value in COMMANDS_BY_STATE[state.value].split()
    assert allows(command, ticket) is expected
    if expected:
        require(command, ticket)
        return
    with pytest.raises(Refused) as refusal:
        require(command, ticket)
    assert refusal.value.code is RefusalCode.WRONG_STATE
    assert refusal.value.facts == {"number": "B001", "state": state, "command": command}


def test_a_no_show_comes_back_once() -> None:
    ticket = replace(make_ticket(small_plan(), "B001"), state=TicketState.NO_SHOW, returns=1)
    assert not allows(Command.RETURN, ticket)
    with pytest.raises(Refused, match="once already") as refusal:
        require(Command.RETURN, ticket)
    assert refusal.value.code is RefusalCode.ALREADY_RETURNED


def test_an_id_is_readable_and_can_be_taken_apart() -> None:
    name = ticket_id(date(2026, 11, 23), "A1000")
    assert name == "20261123-A1000"
    assert split_ticket_id(name) == (date(2026, 11, 23), "A1000")


@pytest.mark.parametrize(
    "text", ["", "A001", "-A001", "20261123-", "20261123", "20261323-A001", "2026-11-23-A001"]
)
def test_text_that_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        split_ticket_id(text)
    assert refusal.value.code is RefusalCode.UNKNOWN_TICKET
