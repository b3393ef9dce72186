from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counter_terminal.actions import Action
from counter_terminal.state import Page
from shared.domain.counter import CounterStatus
from tools.testing.terminals import BADGE, PIN, ShakyHall, Terminal, make_terminal

if TYPE_CHECKING:
    from shared.domain.clock import ManualClock
    from shared.hall import Hall
    from tests.counter_terminal.conftest import TerminalMaker


@pytest.fixture
def stranger(hall: Hall, clock: ManualClock, new_terminal: TerminalMaker) -> Terminal:
    """A terminal at which nobody is logged in."""
    return new_terminal(hall, clock)


def problem_of(terminal: Terminal) -> str | None:
    problem = terminal.view_model.state.log_in.problem
    return None if problem is None else problem.word


def clerk_of(terminal: Terminal) -> str | None:
    return terminal.view_model.state.clerk


def page_of(terminal: Terminal) -> Page:
    return terminal.view_model.state.page


def test_a_log_in_opens_the_counter(stranger: Terminal) -> None:
    assert stranger.view_model.state.page is Page.LOG_IN
    stranger.log_in()
    state = stranger.view_model.state
    assert (state.page, state.clerk, state.counter_status) == (Page.DESK, BADGE, CounterStatus.OPEN)


@pytest.mark.parametrize(
    ("badge", "pin", "problem"),
    [
        ("", "", "counter-log-in-empty"),
        (BADGE, "", "counter-log-in-empty"),
        ("9999", PIN, "refusal-unknown_badge"),
        (BADGE, "0000", "refusal-wrong_pin"),
    ],
)
def test_a_wrong_log_in_says_what_is_wrong(stranger: Terminal, badge: str, pin: str, problem: str) -> None:
    stranger.log_in(badge, pin)
    assert problem_of(stranger) == problem
    assert stranger.view_model.state.page is Page.LOG_IN


def test_too_many_wrong_pins_lock_the_badge_and_say_for_how_long(stranger: Terminal) -> None:
    for _ in range(5):
        stranger.log_in(BADGE, "0000")
    stranger.log_in()
    problem = stranger.view_model.state.log_in.problem
    assert problem is not None
    assert (problem.word, problem.values["seconds"]) == ("counter-log-in-locked", 61)


def test_while_a_pin_is_checked_a_second_enter_does_nothing(stranger: Terminal) -> None:
    stranger.worker.held = True
    stranger.log_in()
    stranger.log_in()
    assert stranger.view_model.state.log_in.checking
    before = stranger.worker.ran
    stranger.worker.let_go()
    assert stranger.worker.ran - before == 1
    assert stranger.view_model.state.clerk == BADGE


def test_a_taken_counter_asks_before_it_is_taken_over_and_the_other_clerk_is_told(
    terminal: Terminal, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    terminal.press(Action.NEXT)
    other = new_terminal(terminal.hall, clock)
    other.log_in("1002", "4321")
    assert other.view_model.state.log_in.taken_by == BADGE
    assert clerk_of(other) is None
    other.view_model.session.take_over()
    terminal.news()
    assert (clerk_of(other), other.number) == ("1002", "A001")
    assert terminal.view_model.state.page is Page.LOG_IN
    assert problem_of(terminal) == "counter-taken-over"


def test_the_question_can_be_answered_with_no(
    terminal: Terminal, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    other = new_terminal(terminal.hall, clock)
    other.log_in("1002", "4321")
    other.view_model.session.leave_it()
    other.view_model.session.take_over()
    terminal.news()
    assert other.view_model.state.clerk is None
    assert terminal.view_model.state.clerk == BADGE


def test_logging_out_closes_the_counter(terminal: Terminal) -> None:
    terminal.press(Action.LOG_OUT)
    state = terminal.view_model.state
    assert (state.page, state.counter_status) == (Page.LOG_IN, CounterStatus.CLOSED)


def test_nobody_leaves_with_a_customer_at_the_counter(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.LOG_OUT)
    assert terminal.said == "refusal-counter_busy"
    assert terminal.view_model.state.clerk == BADGE


def test_the_counter_is_chosen_where_none_is_set(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    terminal = new_terminal(hall, clock, counter=None)
    assert page_of(terminal) is Page.CHOOSE_COUNTER
    terminal.view_model.session.choose_counter(3)
    assert page_of(terminal) is Page.LOG_IN


def test_a_counter_that_the_hall_does_not_have_is_asked_for_again(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    terminal = new_terminal(hall, clock, counter=77)
    assert terminal.view_model.state.page is Page.CHOOSE_COUNTER


def test_a_log_in_without_a_store_says_so(hall: Hall, clock: ManualClock, qapp: object) -> None:
    shaky = ShakyHall(hall)
    terminal = make_terminal(shaky, clock)
    shaky.cut = True
    terminal.view_model.session.log_in(BADGE, PIN)
    assert problem_of(terminal) == "store-unreachable"
    terminal.view_model.stop()
