"""A ticket is held before the desk's scanner: the clerk is asked what to do with it, or told why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_terminal.actions import Action
from counter_terminal.choice_dialog import ChoiceDialog
from counter_terminal.questions import scanned_choices
from counter_terminal.window import CounterWindow
from shared.domain.ticket import Command, Ticket, TicketState
from shared.hall.ticket_slip import ticket_code
from shared.qt.fonts import load_fonts
from shared.words import Language, Words
from tools.testing.patience import PATIENCE_MS
from tools.testing.terminals import ShakyHall, make_terminal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.hall import Hall
    from tools.testing.terminals import Terminal

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def window(terminal: Terminal, qtbot: QtBot) -> CounterWindow:
    window = CounterWindow(terminal.view_model, load_fonts())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def scan(terminal: Terminal, number: str) -> None:
    ticket = terminal.hall.ticket(f"20261123-{number}")
    terminal.view_model.scans.scan(ticket_code(terminal.hall.plan, ticket))


def dialogs(window: CounterWindow) -> list[ChoiceDialog[object]]:
    return [shown for shown in window.findChildren(ChoiceDialog) if shown.isVisible()]


def choose(qtbot: QtBot, window: CounterWindow, terminal: Terminal, key: Qt.Key) -> None:
    (dialog,) = dialogs(window)
    QTest.keyClick(dialog.list, key)
    qtbot.waitUntil(lambda: dialog not in dialogs(window), timeout=PATIENCE_MS)
    terminal.news()


def state_of(terminal: Terminal, number: str) -> TicketState:
    return terminal.hall.ticket(f"20261123-{number}").state


@pytest.mark.parametrize("away", [Action.NO_SHOW, Action.HOLD])
def test_a_ticket_that_was_away_comes_back_with_one_key(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot, away: Action
) -> None:
    terminal.press(Action.NEXT, away)
    scan(terminal, "A001")
    choose(qtbot, window, terminal, Qt.Key.Key_1)
    assert state_of(terminal, "A001") is TicketState.WAITING
    assert dialogs(window) == []


def test_a_waiting_ticket_is_printed_again(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    printed = terminal.hall.issue("payment", print_at="kiosk-1")
    (first,) = terminal.hall.print_jobs("kiosk-1")
    terminal.hall.claim_print(first)
    terminal.hall.print_succeeded(first)
    terminal.news()
    scan(terminal, printed.number)
    choose(qtbot, window, terminal, Qt.Key.Key_4)
    assert terminal.said == "counter-done-reprint"
    assert [(job.number, job.copy) for job in terminal.hall.print_jobs("kiosk-1")] == [(printed.number, 2)]


def test_a_waiting_ticket_is_called_before_its_turn(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    scan(terminal, "B002")
    choose(qtbot, window, terminal, Qt.Key.Key_1)
    assert (terminal.number, terminal.said) == ("B002", "counter-done-next")
    assert terminal.hall.called_before_its_turn("20261123-B002")


def test_escape_leaves_the_ticket_alone(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    seq = terminal.hall.snapshot().seq
    scan(terminal, "A001")
    choose(qtbot, window, terminal, Qt.Key.Key_Escape)
    assert terminal.hall.snapshot().seq == seq


def test_a_ticket_that_is_over_is_told(window: CounterWindow, terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.FINISH)
    scan(terminal, "A001")
    assert dialogs(window) == []
    assert window.desk_page.quiet_line.text == "号票 A001：已办结"


def test_while_one_question_is_open_another_scan_waits(window: CounterWindow, terminal: Terminal) -> None:
    scan(terminal, "A001")
    scan(terminal, "B001")
    assert len(dialogs(window)) == 1
    assert terminal.said == "counter-pad-question"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("6901234567892", "refusal-foreign_code"),
        ("jiaohao:small/20261123-A001'--", "refusal-unknown_ticket"),
        ("jiaohao:elsewhere/20261123-A001", "refusal-other_hall"),
        ("jiaohao:small/20261122-A001", "refusal-other_day"),
        ("jiaohao:small/20261123-A999", "refusal-unknown_ticket"),
    ],
)
def test_other_codes_are_answered_plainly_in_both_languages(
    window: CounterWindow, terminal: Terminal, code: str, said: str
) -> None:
    terminal.view_model.scans.scan(code)
    assert terminal.said == said
    assert dialogs(window) == []
    texts = {Words(language).say(said) for language in Language}
    assert len(texts) == 2


def test_yesterdays_ticket_is_no_ticket(window: CounterWindow, terminal: Terminal) -> None:
    old = terminal.hall.ticket("20261123-A001")
    terminal.clock.advance(timedelta(days=1))
    terminal.hall.issue("payment")
    terminal.view_model.scans.scan(ticket_code(terminal.hall.plan, old))
    assert terminal.said == "refusal-other_day"


def test_a_scanner_that_reads_on_and_on_asks_once(terminal: Terminal) -> None:
    terminal.worker.held = True
    before = terminal.worker.ran
    for _ in range(50):
        scan(terminal, "A001")
    terminal.worker.let_go()
    assert terminal.worker.ran - before == 1


def test_a_store_that_is_away_is_said(hall: Hall, clock: ManualClock, qapp: object) -> None:
    shaky = ShakyHall(hall)
    terminal = make_terminal(shaky, clock)
    terminal.log_in()
    ticket = hall.issue("payment")
    code = ticket_code(hall.plan, ticket)
    shaky.cut = True
    terminal.view_model.scans.scan(code)
    assert terminal.said == "store-unreachable"
    shaky.cut = False
    found: list[Ticket] = []
    terminal.view_model.scans.found.connect(found.append)
    terminal.view_model.scans.scan(code)
    assert [one.id for one in found] == [ticket.id]
    terminal.view_model.stop()


def test_nobody_is_asked_before_the_log_in(hall: Hall, clock: ManualClock, qapp: object) -> None:
    terminal = make_terminal(hall, clock)
    before = terminal.worker.ran
    terminal.view_model.scans.scan("jiaohao:small/20261123-A001")
    assert terminal.worker.ran == before
    terminal.view_model.stop()


@pytest.mark.parametrize(
    ("path", "choices"),
    [
        ((), (Command.CALL, Command.HOLD, Command.CANCEL, None)),
        ((Action.NEXT,), (Command.START, None)),
        ((Action.NEXT, Action.START), (None,)),
        ((Action.NEXT, Action.HOLD), (Command.RESUME, Command.CANCEL, None)),
        ((Action.NEXT, Action.NO_SHOW), (Command.RETURN, None)),
        ((Action.NEXT, Action.FINISH), ()),
    ],
)
def test_exactly_what_the_rules_allow_is_offered(
    terminal: Terminal, path: tuple[Action, ...], choices: tuple[Command | None, ...]
) -> None:
    terminal.press(*path)
    ticket, counter = terminal.hall.ticket("20261123-A001"), terminal.view_model.state.counter_plan
    assert scanned_choices(ticket, counter) == choices


@pytest.mark.parametrize("code", ["jiaohao:small/20261123-B001", "13800138000", "1", "\r"])
def test_what_a_scanner_types_into_the_question_answers_nothing(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot, code: str
) -> None:
    """A scanner that is a keyboard types the next code into whatever has the focus."""
    scan(terminal, "A001")
    (dialog,) = dialogs(window)
    at_ms = 500_000
    for character in code + "\r":
        at_ms += 10
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        press.setTimestamp(at_ms)
        QApplication.sendEvent(dialog.list, press)
    assert dialogs(window) == [dialog]
    assert state_of(terminal, "A001") is TicketState.WAITING
    choose(qtbot, window, terminal, Qt.Key.Key_2)
    assert state_of(terminal, "A001") is TicketState.HELD


def test_who_was_called_here_is_checked_in_by_their_ticket(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    terminal.press(Action.NEXT)
    scan(terminal, "A001")
    choose(qtbot, window, terminal, Qt.Key.Key_1)
    assert state_of(terminal, "A001") is TicketState.SERVING


def test_who_is_called_while_the_question_is_open_is_not_begun_instead(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    terminal.press(Action.NEXT)
    scan(terminal, "A001")
    terminal.press(Action.NEXT)
    assert terminal.number == "C001"
    choose(qtbot, window, terminal, Qt.Key.Key_1)
    assert state_of(terminal, "C001") is TicketState.CALLED
    assert terminal.said == "refusal-stale_view"


def test_a_ticket_of_another_counters_service_is_not_offered_to_be_called(terminal: Terminal) -> None:
    elsewhere = terminal.hall.plan.counter(3)
    enquiry = terminal.hall.ticket("20261123-A001")
    assert scanned_choices(enquiry, elsewhere) == (Command.HOLD, Command.CANCEL, None)
