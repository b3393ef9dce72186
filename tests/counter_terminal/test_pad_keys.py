from __future__ import annotations

from dataclasses import dataclass

import pytest

from counter_terminal.actions import Action
from counter_terminal.pad_keys import PadKeys
from hardware.pads.events import PadAction, PadEvent
from shared.domain.counter import CounterStatus
from shared.domain.ticket import TicketState
from tools.testing.terminals import Terminal


@dataclass
class Pad:
    """A pad in the hand of a clerk who never presses twice within a second."""

    terminal: Terminal
    asks: bool = False

    def __post_init__(self) -> None:
        self.keys = PadKeys(self.terminal.view_model, lambda: self.asks)

    def press(self, *actions: PadAction, typed: str = "", after_s: float = 1.0) -> None:
        for action in actions:
            self.terminal.wait(after_s)
            digits = typed if action in (PadAction.NUMBER, PadAction.CALL) else ""
            self.keys.press(PadEvent(action, 1, digits, typed))
            self.terminal.news()


@pytest.fixture
def pad(terminal: Terminal) -> Pad:
    return Pad(terminal)


@pytest.fixture
def third_payment(terminal: Terminal) -> str:
    """The only waiting ticket whose number ends with 3."""
    number = terminal.hall.issue("payment").number
    terminal.news()
    return number


def state_of(terminal: Terminal, number: str) -> TicketState:
    return terminal.hall.ticket(f"20261123-{number}").state


def test_a_pad_does_the_clerks_whole_common_path(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL, PadAction.RECALL, PadAction.START, PadAction.FINISH)
    assert state_of(terminal, "A001") is TicketState.FINISHED
    pad.press(PadAction.UNDO)
    assert terminal.number == "A001"
    pad.press(PadAction.HOLD)
    assert state_of(terminal, "A001") is TicketState.HELD
    pad.press(PadAction.CALL_BACK)
    assert state_of(terminal, "A001") is TicketState.WAITING
    pad.press(PadAction.CALL, PadAction.NO_SHOW)
    assert state_of(terminal, "A001") is TicketState.NO_SHOW
    pad.press(PadAction.NUMBER, typed="001")
    assert state_of(terminal, "A001") is TicketState.WAITING


def test_pause_is_one_key_there_and_back(terminal: Terminal, pad: Pad) -> None:
    statuses = []
    for action in (PadAction.PAUSE, PadAction.PAUSE, PadAction.PAUSE, PadAction.RESUME):
        pad.press(action)
        statuses.append(terminal.view_model.state.counter_status)
    assert statuses == [CounterStatus.PAUSED, CounterStatus.OPEN] * 2


@pytest.mark.parametrize(
    "second", [PadEvent(PadAction.NUMBER, 1, "3", "3"), PadEvent(PadAction.CALL_BACK, 1, typed="3")]
)
def test_transfer_and_the_digits_of_a_counter(terminal: Terminal, pad: Pad, second: PadEvent) -> None:
    terminal.hall.open_counter(3)
    pad.press(PadAction.CALL, PadAction.TRANSFER)
    assert terminal.said == "counter-pad-transfer"
    pad.keys.press(second)
    terminal.news()
    moved = terminal.hall.ticket("20261123-A001")
    assert (moved.state, moved.target_counter) == (TicketState.WAITING, 3)


def test_digits_long_after_transfer_are_no_counter(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL, PadAction.TRANSFER)
    pad.press(PadAction.NUMBER, typed="3", after_s=11)
    assert terminal.number == "A001"
    assert terminal.said == "counter-pad-unknown"


@pytest.mark.parametrize("typed", ["9", "99999999999999999999"])
def test_a_counter_that_is_not_there(terminal: Terminal, pad: Pad, typed: str) -> None:
    pad.press(PadAction.CALL, PadAction.TRANSFER)
    pad.press(PadAction.NUMBER, typed=typed)
    assert terminal.said == "refusal-unknown_counter"
    assert terminal.number == "A001"


def test_transfer_without_a_ticket_says_why(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.TRANSFER)
    assert terminal.said == "refusal-counter_free"


def test_of_several_aside_the_number_is_asked_for(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL, PadAction.HOLD, PadAction.CALL, PadAction.HOLD, PadAction.CALL_BACK)
    assert terminal.said == "counter-pad-which"
    held = {ticket.number for ticket in terminal.hall.snapshot().held}
    assert held == {"A001", "C001"}
    pad.press(PadAction.NUMBER, typed="1")
    assert terminal.said == "counter-pad-which"


@pytest.mark.usefixtures("third_payment")
def test_the_number_of_a_waiting_ticket_and_the_call_key_call_it(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.NUMBER, typed="3")
    assert terminal.said == "counter-pad-waits"
    assert terminal.number is None
    pad.press(PadAction.CALL)
    assert terminal.number == "B003"
    assert terminal.hall.called_before_its_turn("20261123-B003")


@pytest.mark.usefixtures("third_payment")
def test_digits_and_the_call_key_in_one_call_it(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL)
    pad.press(PadAction.CALL, typed="003")
    assert (terminal.number, state_of(terminal, "A001")) == ("B003", TicketState.FINISHED)
    pad.press(PadAction.UNDO)
    assert (terminal.number, state_of(terminal, "B003")) == ("A001", TicketState.WAITING)


@pytest.mark.parametrize("between", [PadAction.NUMBER, PadAction.RECALL, None])
@pytest.mark.usefixtures("third_payment")
def test_another_key_or_ten_seconds_drop_what_was_offered(
    terminal: Terminal, pad: Pad, between: PadAction | None
) -> None:
    pad.press(PadAction.NUMBER, typed="3")
    if between is None:
        terminal.wait(11)
    else:
        pad.press(between, typed="77" if between is PadAction.NUMBER else "")
    pad.press(PadAction.CALL)
    assert terminal.number == "A001"


@pytest.mark.parametrize(
    "picked",
    [
        (PadEvent(PadAction.FINISH, 1, typed="2"), PadEvent(PadAction.CALL, 1)),
        (PadEvent(PadAction.CALL, 1, "2", "2"),),
    ],
)
def test_of_several_with_one_number_the_place_tells_which(
    terminal: Terminal, pad: Pad, picked: tuple[PadEvent, ...]
) -> None:
    waiting = [ticket.number for ticket in terminal.view_model.state.waiting if ticket.ordinal == 1]
    assert waiting == ["A001", "C001", "B001"]
    pad.press(PadAction.CALL, typed="1")
    line = terminal.view_model.state.line
    assert line is not None
    assert (line.word, line.values["numbers"]) == ("counter-pad-several", "1 A001 · 2 C001 · 3 B001")
    assert terminal.number is None
    for event in picked:
        terminal.wait(1)
        pad.keys.press(event)
    assert terminal.number == "C001"


def test_a_number_past_those_offered_is_a_number_again(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL, typed="1")
    pad.press(PadAction.CALL, typed="99")
    assert terminal.said == "counter-pad-unknown"
    assert terminal.number is None


@pytest.mark.usefixtures("third_payment")
def test_a_held_ticket_that_is_called_by_number_comes_back_first(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.NUMBER, typed="3")
    pad.press(PadAction.CALL, PadAction.HOLD)
    pad.press(PadAction.CALL, typed="3")
    assert (terminal.number, state_of(terminal, "B003")) == (None, TicketState.WAITING)
    pad.press(PadAction.CALL, typed="3")
    assert terminal.number == "B003"


@pytest.mark.usefixtures("third_payment")
def test_a_ticket_that_another_counter_called_meanwhile_is_told(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.NUMBER, typed="3")
    terminal.hall.call_ticket(1, "20261123-B003")
    pad.press(PadAction.CALL)
    assert terminal.said == "refusal-wrong_state"
    assert terminal.number is None


@pytest.mark.usefixtures("third_payment")
def test_after_transfer_digits_and_the_call_key_are_no_counter(terminal: Terminal, pad: Pad) -> None:
    terminal.hall.open_counter(3)
    pad.press(PadAction.CALL, PadAction.TRANSFER)
    pad.press(PadAction.CALL, typed="3")
    assert terminal.number == "B003"


def test_a_double_press_is_one_call_as_on_the_keyboard(terminal: Terminal, pad: Pad) -> None:
    for _ in range(5):
        pad.keys.press(PadEvent(PadAction.CALL, 1))
    assert [call.number for call in terminal.hall.snapshot().calls] == ["A001"]


def test_evaluate_ends_the_service_and_then_invites_again(terminal: Terminal, pad: Pad) -> None:
    invited: list[int] = []
    terminal.view_model.ratings.asks = True
    terminal.view_model.ratings.invited.connect(lambda: invited.append(1))
    pad.press(PadAction.CALL, PadAction.EVALUATE)
    assert state_of(terminal, "A001") is TicketState.FINISHED
    pad.press(PadAction.EVALUATE)
    assert len(invited) == 2


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_customers_key_is_a_vote(terminal: Terminal, pad: Pad, level: int) -> None:
    pad.press(PadAction.CALL, PadAction.FINISH, PadAction(f"rate_{level}"))
    assert terminal.hall.ticket("20261123-A001").rating == level


def test_the_customer_may_vote_after_the_clerk_has_left(terminal: Terminal, pad: Pad) -> None:
    pad.press(PadAction.CALL, PadAction.FINISH)
    terminal.press(Action.LOG_OUT)
    pad.press(PadAction.CALL, PadAction.RATE_5)
    assert terminal.hall.ticket("20261123-A001").rating == 5
    assert terminal.number is None


def test_while_the_screen_asks_the_clerk_something_a_pad_changes_nothing(
    terminal: Terminal, pad: Pad
) -> None:
    pad.press(PadAction.CALL)
    pad.asks = True
    pad.press(PadAction.CALL, PadAction.NO_SHOW)
    assert terminal.said == "counter-pad-question"
    assert terminal.number == "A001"
