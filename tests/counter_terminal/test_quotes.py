"""The page of wait quotes: the score when there is one, and a word while there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_terminal.quotes_dialog import QuotesDialog
from counter_terminal.window import CounterWindow
from shared.domain.waits.quote_score import QuoteScore
from tests.counter_terminal.test_window import open_window
from tools.testing.halls import NINE
from tools.testing.terminals import Terminal

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

SOUND = QuoteScore(NINE.date(), NINE.date(), 900, 850, 3.14, 0.808, 0.093, 6.2, 5.18)


@pytest.fixture
def window(terminal: Terminal, qtbot: QtBot) -> CounterWindow:
    return open_window(terminal, qtbot)


def open_page(window: CounterWindow) -> QuotesDialog:
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(QuotesDialog)
    return dialog


def test_a_new_hall_has_no_score_yet(window: CounterWindow) -> None:
    assert open_page(window).text.text() == "还没有成绩：营业满一天后，次日开门时给出"


def test_the_score_stands_beside_the_classics(
    window: CounterWindow, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.hall.hall.Hall.quote_score", lambda _hall: SOUND)
    lines = open_page(window).text.text().splitlines()
    assert lines[1] == "平均误差：3.1 分钟"
    assert "6.2" in lines[3]
    few = replace(SOUND, scored=12)
    monkeypatch.setattr("shared.hall.hall.Hall.quote_score", lambda _hall: few)
    terminal.view_model.look_at_quotes()
    (dialog,) = window.findChildren(QuotesDialog)
    assert dialog.text.text().splitlines()[1].startswith("告知过分钟数的号票不足 50 张")


def test_while_it_is_read_and_while_the_store_is_away_it_says_so(
    window: CounterWindow, terminal: Terminal
) -> None:
    terminal.worker.held = True
    page = open_page(window)
    assert page.text.text() == "正在读取……"
    terminal.view_model.take_stale(None)
    assert page.text.text() != "正在读取……"
    terminal.worker.let_go()
    assert page.text.text().startswith("还没有成绩")
