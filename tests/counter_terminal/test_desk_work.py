from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counter_terminal.actions import Action
from counter_terminal.state import Tone
from shared.domain.counter import CounterStatus
from shared.domain.ticket import Command, TicketState
from shared.words import Language, Words
from tools.testing.terminals import BADGE, ShakyHall, Terminal, make_terminal

if TYPE_CHECKING:
    from shared.domain.clock import ManualClock
    from shared.hall import Hall
    from tests.counter_terminal.conftest import TerminalMaker


def calls_of(hall: Hall) -> int:
    return sum(1 for ticket in hall.snapshot().calls if ticket.counter == 2)


def busy_with(terminal: Terminal) -> str | None:
    return terminal.view_model.state.busy


def test_next_calls_and_the_next_next_ends_that_service_first(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    assert (terminal.number, terminal.said) == ("A001", "counter-done-next")
    terminal.press(Action.NEXT)
    assert (terminal.number, terminal.said) == ("C001", "counter-done-next-after")
    assert terminal.hall.ticket("20261123-A001").state is TicketState.FINISHED


def test_the_whole_service_by_its_keys(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.RECALL, Action.START)
    ticket = terminal.view_model.state.ticket
    assert ticket is not None
    assert (ticket.state, ticket.calls) == (TicketState.SERVING, 2)
    terminal.press(Action.FINISH)
    assert terminal.number is None
    assert terminal.said == "counter-done-finish"


def test_a_double_press_calls_once(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.press(Action.NEXT, after_s=0.4)
    assert calls_of(terminal.hall) == 1
    terminal.press(Action.NEXT, after_s=0.7)
    assert calls_of(terminal.hall) == 2


def test_a_press_while_another_is_under_way_does_nothing(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.worker.held = True
    terminal.press(Action.START, Action.START, Action.NO_SHOW, Action.NEXT)
    assert busy_with(terminal) == "start"
    terminal.worker.let_go()
    terminal.news()
    assert busy_with(terminal) is None
    assert (terminal.number, terminal.said) == ("A001", "counter-done-start")


def test_nobody_waiting_is_said_quietly_and_costs_no_undo(terminal: Terminal) -> None:
    for _ in range(5):
        terminal.press(Action.NEXT)
    terminal.press(Action.FINISH)
    terminal.press(Action.NEXT)
    line = terminal.view_model.state.line
    assert line is not None
    assert (line.word, line.tone) == ("counter-nobody-waits", Tone.NOTE)
    assert terminal.view_model.state.can_undo


def test_of_two_terminals_at_one_counter_one_calls_and_the_other_is_told(
    terminal: Terminal, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    other = new_terminal(terminal.hall, clock)
    other.log_in()
    terminal.view_model.press(Action.NEXT)
    other.view_model.press(Action.NEXT)
    assert calls_of(terminal.hall) == 1
    assert terminal.number == "A001"
    assert other.said == "refusal-stale_view"
    assert other.number == "A001", "the one that was told sees at once what is so"


def test_the_other_terminal_cannot_act_on_a_ticket_that_it_does_not_see(
    terminal: Terminal, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    terminal.press(Action.NEXT)
    other = new_terminal(terminal.hall, clock)
    other.log_in()
    terminal.press(Action.NEXT)
    other.view_model.press(Action.NO_SHOW)
    assert other.said == "refusal-stale_view"
    assert terminal.hall.snapshot().no_shows == ()


@pytest.mark.parametrize(
    ("action", "list_name", "command"),
    [(Action.NO_SHOW, "no_shows", Command.RETURN), (Action.HOLD, "held", Command.RESUME)],
)
def test_missed_and_held_tickets_are_taken_back(
    terminal: Terminal, action: Action, list_name: str, command: Command
) -> None:
    terminal.press(Action.NEXT, action)
    (listed,) = getattr(terminal.view_model.state.snapshot, list_name)
    assert listed.number == "A001"
    terminal.view_model.desk.with_listed(command, listed)
    assert terminal.said == f"counter-done-{command}"
    assert terminal.hall.ticket(listed.id).state is TicketState.WAITING


def test_a_waiting_ticket_is_cancelled_and_brought_back_by_undo(terminal: Terminal) -> None:
    ticket = terminal.view_model.state.waiting[0]
    terminal.view_model.desk.with_listed(Command.CANCEL, ticket)
    assert ticket.id not in [left.id for left in terminal.view_model.state.waiting]
    terminal.press(Action.UNDO)
    assert terminal.said == "counter-done-undo"
    assert terminal.view_model.state.waiting[0].id == ticket.id


def test_a_forbidden_command_on_a_listed_ticket_says_why(terminal: Terminal) -> None:
    ticket = terminal.view_model.state.waiting[0]
    terminal.view_model.desk.with_listed(Command.RESUME, ticket)
    assert terminal.said == "refusal-wrong_state"


def test_transfer_to_a_service_and_to_a_counter(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.view_model.desk.transfer(service="broadband")
    assert terminal.said == "counter-done-transfer"
    terminal.press(Action.NEXT)
    terminal.hall.open_counter(1)
    terminal.view_model.desk.transfer(to_counter=1)
    assert terminal.said == "counter-done-transfer-counter"
    assert terminal.number is None


def test_undo_within_ten_seconds_restores_both_tickets_of_a_next(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.START, Action.NEXT)
    assert terminal.view_model.state.undo_seconds == 10
    terminal.wait(4.5)
    assert terminal.view_model.state.undo_seconds == 6
    terminal.press(Action.UNDO)
    ticket = terminal.view_model.state.ticket
    assert ticket is not None
    assert (ticket.number, ticket.state) == ("A001", TicketState.SERVING)
    assert not terminal.view_model.state.can_undo


def test_the_offer_to_undo_runs_out(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.wait(10)
    assert not terminal.view_model.state.can_undo
    terminal.press(Action.UNDO)
    assert terminal.said == "refusal-nothing_to_undo"
    assert terminal.number == "A001"


def test_a_recall_was_heard_and_is_not_offered_for_undo(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.RECALL)
    assert not terminal.view_model.state.can_undo


def test_pause_lets_the_customer_be_finished_and_stops_next(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.view_model.desk.pause("meal")
    assert terminal.view_model.state.counter_status == CounterStatus.PAUSED
    terminal.press(Action.FINISH, Action.NEXT)
    assert (terminal.number, terminal.said) == (None, "refusal-counter_paused")
    terminal.press(Action.PAUSE, Action.NEXT)
    assert terminal.number == "C001"


def test_a_failed_print_is_printed_again(terminal: Terminal) -> None:
    ticket = terminal.hall.issue("payment", print_at="kiosk-1")
    (job,) = terminal.hall.print_jobs("kiosk-1")
    terminal.hall.claim_print(job)
    terminal.hall.print_failed(job, "paper_out")
    terminal.news()
    (failed,) = terminal.view_model.state.unprinted
    terminal.view_model.desk.reprint(failed)
    assert terminal.said == "counter-done-reprint"
    assert [job.copy for job in terminal.hall.print_jobs("kiosk-1") if job.ticket == ticket.id][-1] == 2


def test_a_print_under_way_is_no_trouble_until_it_takes_too_long(terminal: Terminal) -> None:
    terminal.hall.issue("payment", print_at="kiosk-1")
    terminal.news()
    assert terminal.view_model.state.unprinted == ()
    terminal.wait(21)
    assert len(terminal.view_model.state.unprinted) == 1


@pytest.fixture
def shaky(hall: Hall, clock: ManualClock, qapp: object) -> tuple[ShakyHall, Terminal]:
    for _ in range(3):
        hall.issue("payment")
    shaky = ShakyHall(hall)
    made = make_terminal(shaky, clock)
    made.log_in()
    return shaky, made


def test_a_press_is_tried_again_with_its_own_request_id_until_the_store_answers(
    shaky: tuple[ShakyHall, Terminal],
) -> None:
    hall, terminal = shaky
    hall.loses_answers = True
    terminal.press_without_news(Action.NEXT)
    assert (terminal.said, terminal.view_model.state.busy) == ("counter-retrying", "next")
    hall.loses_answers = False
    terminal.news()
    assert (terminal.number, terminal.said) == ("B001", "counter-done-next")
    assert len(hall.requests) == 2
    assert len(set(hall.requests)) == 1
    assert len(terminal.view_model.state.waiting) == 2, "the lost first try was the one that counted"
    terminal.view_model.stop()


def test_a_press_that_cannot_be_carried_out_in_time_is_given_up_and_said(
    shaky: tuple[ShakyHall, Terminal],
) -> None:
    hall, terminal = shaky
    hall.cut = True
    terminal.press_without_news(Action.NEXT)
    terminal.clock.advance(terminal.patience)
    terminal.view_model.desk.try_again()
    assert (terminal.said, terminal.view_model.state.busy) == ("counter-not-confirmed", None)
    hall.cut = False
    terminal.news()
    assert terminal.number is None
    terminal.view_model.stop()


@pytest.mark.parametrize("language", Language)
def test_every_line_that_can_be_said_has_a_word(language: Language) -> None:
    words = Words(language)
    commands = (Command.RECALL, Command.START, Command.FINISH, Command.NO_SHOW, Command.HOLD)
    listed = (Command.RETURN, Command.RESUME, Command.CANCEL)
    ids = [f"counter-done-{command.replace('_', '-')}" for command in (*commands, *listed)]
    assert [name for name in ids if not words.has(name)] == []


def test_the_clerk_is_the_one_who_logged_in(terminal: Terminal) -> None:
    assert terminal.view_model.state.clerk == BADGE
