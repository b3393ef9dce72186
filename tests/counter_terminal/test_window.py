from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from counter_terminal import wording
from counter_terminal.action_button import BAR_HEIGHT, ActionButton
from counter_terminal.actions import COMMANDS, Action, why_not
from counter_terminal.choice_dialog import ChoiceDialog
from counter_terminal.state import Page, Shape
from counter_terminal.window import CounterWindow
from shared.domain.counter import CounterStatus
from shared.domain.ticket import TicketState
from shared.qt.fonts import load_fonts
from shared.qt.theme import Mode, tokens
from shared.words import Language, Words
from tools.testing.patience import PATIENCE_MS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.hall import Hall
    from tests.counter_terminal.conftest import TerminalMaker
    from tools.testing.terminals import Terminal


# The platform without a screen says so of every window that has a smallest or largest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

SMALLEST_HEIGHT = 690
"""What a desktop's panel and a window's frame leave of 768 pixels."""


@pytest.fixture
def window(terminal: Terminal, qtbot: QtBot) -> CounterWindow:
    return open_window(terminal, qtbot)


def open_window(terminal: Terminal, qtbot: QtBot) -> CounterWindow:
    window = CounterWindow(terminal.view_model, load_fonts())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def button(window: CounterWindow, action: Action, shape: str = "wide") -> ActionButton:
    page = window.bar_page if shape == "slim" else window.desk_page
    found = page.findChild(ActionButton, f"{action}-{shape}")
    assert isinstance(found, ActionButton)
    return found


def dialog_of(window: CounterWindow) -> ChoiceDialog[object]:
    dialogs = [shown for shown in window.findChildren(ChoiceDialog) if shown.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def press(qtbot: QtBot, terminal: Terminal, widget: QWidget, key: Qt.Key) -> None:
    terminal.wait(1)
    QTest.keyClick(widget, key)
    terminal.news()


def test_the_common_path_by_its_keys(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    assert terminal.number == "A001"
    press(qtbot, terminal, window, Qt.Key.Key_F2)
    press(qtbot, terminal, window, Qt.Key.Key_F6)
    press(qtbot, terminal, window, Qt.Key.Key_F7)
    assert terminal.hall.ticket("20261123-A001").state is TicketState.FINISHED
    press(qtbot, terminal, window, Qt.Key.Key_Backspace)
    assert terminal.number == "A001"
    press(qtbot, terminal, window, Qt.Key.Key_F4)
    assert terminal.hall.ticket("20261123-A001").state is TicketState.HELD


def test_the_same_by_mouse(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    for action in (Action.NEXT, Action.NO_SHOW, Action.UNDO, Action.START):
        terminal.wait(1)
        QTest.mouseClick(button(window, action), Qt.MouseButton.LeftButton)
        terminal.news()
    ticket = terminal.view_model.state.ticket
    assert ticket is not None
    assert (ticket.number, ticket.state) == ("A001", TicketState.SERVING)


def test_two_quick_clicks_on_next_call_once(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    QTest.mouseClick(button(window, Action.NEXT), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(window, Action.NEXT), Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert [call.number for call in terminal.hall.snapshot().calls] == ["A001"]


@pytest.mark.parametrize("path", [(), (Action.NEXT,), (Action.NEXT, Action.START)])
def test_buttons_are_grey_exactly_where_the_rules_forbid_and_say_why(
    window: CounterWindow, terminal: Terminal, path: tuple[Action, ...]
) -> None:
    terminal.press(*path)
    terminal.wait(11)
    for action in COMMANDS:
        reason = why_not(action, terminal.view_model.state)
        shown = button(window, action)
        assert shown.isEnabled() == (reason is None), action
        assert shown.toolTip()


def test_a_forbidden_key_is_answered_with_the_reason(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F2)
    assert window.desk_page.quiet_line.text == "窗口当前没有号票"


def test_transfer_by_typing(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    press(qtbot, terminal, window, Qt.Key.Key_F5)
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.search, "broad")
    assert dialog.list.count() == 1
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert terminal.said == "counter-done-transfer"
    assert terminal.hall.ticket("20261123-A001").service == "broadband"


def test_transfer_to_a_counter_by_arrow_keys(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    terminal.hall.open_counter(1)
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    press(qtbot, terminal, window, Qt.Key.Key_F5)
    dialog = dialog_of(window)
    for _ in range(2):
        QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert terminal.hall.ticket("20261123-A001").target_counter == 1


def test_escape_leaves_everything_as_it_is(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    press(qtbot, terminal, window, Qt.Key.Key_F5)
    QTest.keyClick(dialog_of(window).search, Qt.Key.Key_Escape)
    assert terminal.number == "A001"


def test_a_pause_reason_by_its_digit_and_reopening(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F8)
    QTest.keyClick(dialog_of(window).list, Qt.Key.Key_2)
    qtbot.waitUntil(
        lambda: terminal.view_model.state.counter_status is CounterStatus.PAUSED, timeout=PATIENCE_MS
    )
    state = terminal.view_model.state.counter_state
    assert state is not None
    assert (state.status, state.reason) == (CounterStatus.PAUSED, "short")
    assert button(window, Action.PAUSE).text() == "恢复"
    # The platform without a screen has nobody who gives the focus back after a dialog.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    press(qtbot, terminal, window, Qt.Key.Key_F8)
    assert terminal.view_model.state.counter_status is CounterStatus.OPEN


def test_a_no_show_comes_back_by_keyboard(window: CounterWindow, terminal: Terminal, qtbot: QtBot) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    press(qtbot, terminal, window, Qt.Key.Key_F3)
    shown = window.desk_page.lists["no-shows"]
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert shown.chosen is not None
    press(qtbot, terminal, shown.view, Qt.Key.Key_Return)
    assert terminal.hall.ticket("20261123-A001").state is TicketState.WAITING


def test_a_waiting_ticket_is_chosen_and_cancelled_by_mouse(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    shown = window.desk_page.lists["waiting"]
    cancel = shown.findChild(QPushButton, "waiting-cancel")
    assert isinstance(cancel, QPushButton)
    assert not cancel.isEnabled()
    place = shown.view.visualRect(shown.model.index(1, 0)).center()
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert terminal.hall.ticket("20261123-C001").state is TicketState.CANCELLED


def test_a_chosen_ticket_is_called_before_its_turn_and_the_card_says_so(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    shown = window.desk_page.lists["waiting"]
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    press(qtbot, terminal, shown.view, Qt.Key.Key_Return)
    assert terminal.number == "C001"
    reasons = wording.reasons_now(Words(Language.ZH), terminal.view_model.state)
    assert "先于应先叫的 A001：营业员指定" in reasons
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    assert terminal.number == "A001"
    assert not terminal.view_model.state.chosen


def test_enter_held_down_in_the_list_calls_one(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    shown = window.desk_page.lists["waiting"]
    shown.view.selectRow(1)
    for _ in range(5):
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    terminal.news()
    assert [call.number for call in terminal.hall.snapshot().calls] == ["C001"]


def test_a_paused_counter_calls_nobody_from_the_list(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    terminal.hall.pause_counter(2, "meal")
    terminal.news()
    shown = window.desk_page.lists["waiting"]
    shown.view.selectRow(0)
    call = shown.findChild(QPushButton, "waiting-call")
    assert isinstance(call, QPushButton)
    assert not call.isEnabled()
    press(qtbot, terminal, shown.view, Qt.Key.Key_Return)
    assert terminal.said == "refusal-counter_paused"
    assert terminal.hall.snapshot().calls == ()


def test_the_chosen_ticket_stays_chosen_when_the_list_changes(
    window: CounterWindow, terminal: Terminal
) -> None:
    shown = window.desk_page.lists["waiting"]
    shown.view.selectRow(2)
    chosen = shown.chosen
    terminal.press(Action.NEXT)
    assert chosen is not None
    assert shown.chosen is not None
    assert shown.chosen.id == chosen.id


def test_the_bar_is_slim_on_top_and_complete_and_comes_back(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.height() == BAR_HEIGHT
    assert window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.isVisible()
    terminal.wait(1)
    QTest.mouseClick(button(window, Action.NEXT, "slim"), Qt.MouseButton.LeftButton)
    assert terminal.number == "C001"
    QTest.mouseClick(button(window, Action.BAR, "slim"), Qt.MouseButton.LeftButton)
    assert terminal.view_model.state.shape is Shape.DESK
    assert window.height() > BAR_HEIGHT
    assert not window.windowFlags() & Qt.WindowType.FramelessWindowHint


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [1280, 1366, 1920])
def test_nothing_in_the_bar_is_cut(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot, language: Language, width: int
) -> None:
    if language is Language.EN:
        terminal.press(Action.LANGUAGE)
    terminal.press(Action.NEXT, Action.BAR)
    window.setGeometry(0, 0, width, BAR_HEIGHT)
    qtbot.waitUntil(lambda: window.bar_page.width() == width)
    assert window.bar_page.minimumSizeHint().width() <= width
    for shown in window.bar_page.findChildren(QAbstractButton):
        if shown.isVisible():
            assert shown.width() >= shown.sizeHint().width(), shown.text()


@pytest.mark.parametrize("language", Language)
def test_the_desk_fits_the_smallest_screen(
    window: CounterWindow, terminal: Terminal, language: Language
) -> None:
    if language is Language.EN:
        terminal.press(Action.LANGUAGE)
    terminal.press(Action.NEXT, Action.HOLD, Action.NEXT, Action.NO_SHOW, Action.NEXT, Action.FINISH)
    terminal.view_model.ratings.vote(5)
    terminal.press(Action.NEXT)
    needed = window.desk_page.minimumSizeHint()
    assert needed.width() <= 1280
    assert needed.height() <= SMALLEST_HEIGHT


def test_the_language_turns_with_one_key_everywhere(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert button(window, Action.NEXT).text() == "Next"
    assert window.windowTitle() == "Counter terminal"


def test_stale_data_greys_the_buttons_and_says_so(window: CounterWindow, terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.view_model.take_stale(terminal.clock.now())
    assert not button(window, Action.NEXT).isEnabled()
    assert "09:00" in window.desk_page.banner.text
    assert window.desk_page.banner.isVisible()
    terminal.news()
    assert button(window, Action.NEXT).isEnabled()
    assert not window.desk_page.banner.isVisible()


def test_log_in_by_keyboard(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker, qtbot: QtBot
) -> None:
    terminal = new_terminal(hall, clock)
    window = open_window(terminal, qtbot)
    page = window.log_in_page
    QTest.keyClicks(page.badge, "1001")
    QTest.keyClick(page.badge, Qt.Key.Key_Return)
    QTest.keyClicks(page.pin, "9999")
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    assert page.problem.text == "密码不正确"
    assert page.pin.text() == ""
    QTest.keyClicks(page.pin, "1234")
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert terminal.view_model.state.page is Page.DESK
    assert window.desk_page.isVisible()


def test_a_taken_counter_is_taken_over_by_mouse(
    terminal: Terminal, clock: ManualClock, new_terminal: TerminalMaker, qtbot: QtBot
) -> None:
    other = new_terminal(terminal.hall, clock)
    window = open_window(other, qtbot)
    other.log_in("1002", "4321")
    assert window.log_in_page.question.isVisible()
    QTest.mouseClick(window.log_in_page.question.yes, Qt.MouseButton.LeftButton)
    assert other.view_model.state.clerk == "1002"


def test_the_counter_is_chosen_by_its_digit_or_by_mouse(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker, qtbot: QtBot
) -> None:
    terminal = new_terminal(hall, clock, counter=None)
    window = open_window(terminal, qtbot)
    QTest.keyClick(window.counter_page, Qt.Key.Key_3)
    assert terminal.view_model.state.counter == 3
    QTest.mouseClick(window.log_in_page.change, Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.counter_page.buttons[1], Qt.MouseButton.LeftButton)
    assert terminal.view_model.state.counter == 1


def test_keys_of_the_desk_do_nothing_before_the_log_in(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker, qtbot: QtBot
) -> None:
    hall.issue("payment")
    terminal = new_terminal(hall, clock)
    window = open_window(terminal, qtbot)
    press(qtbot, terminal, window, Qt.Key.Key_F1)
    assert hall.snapshot().calls == ()


@pytest.mark.parametrize(("mode", "ground"), [(Mode.LIGHT, "paper"), (Mode.DARK, "slate")])
def test_light_and_dark_follow_the_desktop(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch, mode: Mode, ground: str
) -> None:
    monkeypatch.setattr("counter_terminal.window.desktop_mode", lambda: mode)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    drawn = window.grab().toImage().pixelColor(4, window.height() - 4)
    assert drawn.name() == tokens()["palette"][ground].lower()


def test_the_bar_goes_to_the_edge_where_it_is_dragged(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot
) -> None:
    terminal.press(Action.BAR)
    area = window.screen().availableGeometry()
    assert window.geometry().top() == area.top()
    window.bar_page.dragged_to.emit(area.bottom())
    assert window.geometry().bottom() == area.bottom()
    window.bar_page.dragged_to.emit(area.top() + 10)
    assert window.geometry().top() == area.top()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("word", ["counter-logged-out-elsewhere", "counter-bug", "store-newer_schema"])
def test_the_longest_problems_of_a_log_in_are_shown_whole(
    hall: Hall,
    clock: ManualClock,
    new_terminal: TerminalMaker,
    qtbot: QtBot,
    language: Language,
    word: str,
) -> None:
    terminal = new_terminal(hall, clock)
    if language is Language.EN:
        terminal.press(Action.LANGUAGE)
    window = open_window(terminal, qtbot)
    shown = window.log_in_page.problem
    shown.show_status(Words(language).say(word), "warning", "danger")
    assert shown.heightForWidth(shown.width()) <= shown.height()


class PaintCounter(QObject):
    """Counts what is drawn in one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.drawn: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if (
            event.type() is QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and watched.window() is self._window
        ):
            self.drawn.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.mark.parametrize("path", [(), (Action.NEXT,), (Action.NEXT, Action.START)])
@pytest.mark.parametrize("shape", Shape)
def test_what_is_told_again_is_not_drawn_again(
    window: CounterWindow, terminal: Terminal, qapp: QApplication, path: tuple[Action, ...], shape: Shape
) -> None:
    terminal.press(*path, *([Action.BAR] if shape is Shape.BAR else []))
    for _ in range(3):
        qapp.processEvents()
    counter = PaintCounter(window)
    qapp.installEventFilter(counter)
    terminal.view_model.changed.emit()
    for _ in range(3):
        qapp.processEvents()
    assert counter.drawn == []
    window.update()
    qapp.processEvents()
    assert counter.drawn != []
    qapp.removeEventFilter(counter)
