from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_terminal.typed_keys import TypedKeys
from hardware.pads.events import PadAction, PadEvent
from hardware.pads.key_map import load_map
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

CODE = "jiaohao:small/20261123-A023"
ENTER = "\r"


class Desk(QWidget):
    """A window with a text field, in which a pad and a scanner type."""

    def __init__(self, *, pad: bool = True, scans: bool = True) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.wanted = True
        self.events: list[PadEvent] = []
        self.codes: list[str] = []
        self.passed_on: list[str] = []
        self.show()
        self.keys = TypedKeys(
            self, load_map("keyboard_digits") if pad else None, scans=scans, wanted=lambda: self.wanted
        )
        self.keys.pressed.connect(self.events.append)
        self.keys.code.connect(self.codes.append)
        self.at_ms = 100_000

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.passed_on.append(event.text())

    def type(self, text: str, gap_ms: int = 5) -> None:
        """Type characters as the system tells them, each pressed so long after the one before."""
        for character in text:
            self.at_ms += gap_ms
            key = Qt.Key.Key_Return if character == ENTER else Qt.Key(ord(character.upper()))
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(self.at_ms)
            QCoreApplication.sendEvent(self.windowHandle(), event)

    @property
    def pressed(self) -> list[PadAction]:
        return [event.action for event in self.events]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return make(qtbot)


def make(qtbot: QtBot, *, pad: bool = True, scans: bool = True) -> Desk:
    desk = Desk(pad=pad, scans=scans)
    qtbot.addWidget(desk)
    qtbot.waitExposed(desk)
    desk.activateWindow()
    desk.setFocus()
    return desk


def test_a_pad_types_keys_and_numbers(desk: Desk) -> None:
    desk.type("6\r+\r", gap_ms=300)
    desk.type("1023\r", gap_ms=300)
    assert desk.pressed == [PadAction.NO_SHOW, PadAction.CALL, PadAction.NUMBER]
    assert desk.events[2].digits == "1023"
    assert (desk.codes, desk.passed_on) == ([], [])


def test_a_pad_that_types_all_at_once_is_still_a_pad(desk: Desk) -> None:
    desk.type("6\r", gap_ms=1)
    assert desk.pressed == [PadAction.NO_SHOW]


def test_what_is_typed_in_one_breath_is_a_code(desk: Desk) -> None:
    desk.type(CODE + ENTER)
    assert desk.codes == [CODE]
    assert (desk.events, desk.passed_on) == ([], [])


def test_digits_of_a_foreign_code_are_no_number(desk: Desk) -> None:
    desk.type("6901234567892\r")
    assert desk.codes == ["6901234567892"]
    assert desk.events == []


def test_the_pace_is_that_of_the_keys_and_not_of_their_arrival(desk: Desk) -> None:
    """All events arrive at once, as after a stall; only their own moments tell a person from a scanner."""
    desk.type(CODE[:10], gap_ms=400)
    desk.type(CODE[10:] + ENTER, gap_ms=400)
    assert desk.codes == []
    desk.type(CODE + ENTER, gap_ms=40)
    assert desk.codes == [CODE]


def test_a_text_field_gets_what_is_typed_into_it(desk: Desk) -> None:
    desk.field.setFocus()
    desk.type("1234" + CODE + ENTER)
    assert (desk.events, desk.codes) == ([], [])
    assert desk.field.text() == "1234" + CODE


def test_shortcuts_and_other_keys_go_on_their_way(desk: Desk) -> None:
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_F9)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Space)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert [text for text in desk.passed_on if text] == [" ", ENTER, "1"]
    assert desk.events == []


def test_without_a_scanner_letters_go_on_their_way(qtbot: QtBot) -> None:
    desk = make(qtbot, scans=False)
    desk.type("abc6\r", gap_ms=50)
    assert desk.passed_on == ["a", "b", "c"]
    assert desk.pressed == [PadAction.NO_SHOW]


def test_on_pages_that_do_not_want_it_nothing_is_taken(desk: Desk) -> None:
    desk.wanted = False
    desk.type("6\r" + CODE + ENTER)
    assert (desk.events, desk.codes) == ([], [])
    assert len(desk.passed_on) == len(CODE) + 3


def test_a_digit_without_enter_is_forgotten(desk: Desk) -> None:
    desk.type("6")
    desk.type(ENTER, gap_ms=6000)
    assert desk.events == []


def test_an_enter_too_late_for_its_digits_is_no_enter_for_a_list(desk: Desk) -> None:
    desk.type("6")
    desk.type(ENTER, gap_ms=6000)
    assert desk.passed_on == []
    desk.type(ENTER)
    assert desk.passed_on == [ENTER], "the next one is a person's"


def test_a_new_window_of_the_system_is_watched_too(desk: Desk, qtbot: QtBot) -> None:
    desk.setWindowFlag(Qt.WindowType.FramelessWindowHint, True)
    desk.show()
    qtbot.waitExposed(desk)
    desk.setFocus()
    desk.type("6\r", gap_ms=300)
    assert desk.pressed == [PadAction.NO_SHOW]


def test_a_letter_of_a_code_is_no_shortcut(desk: Desk, qtbot: QtBot) -> None:
    held: list[int] = []
    shortcut = QShortcut(QKeySequence("H"), desk)
    shortcut.activated.connect(lambda: held.append(1))
    qtbot.waitUntil(desk.isActiveWindow, timeout=PATIENCE_S * 1000)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_H)
    assert held == []
    desk.wanted = False
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_H)
    assert held == [1]
