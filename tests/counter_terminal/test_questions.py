from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from counter_terminal.look import make_look
from counter_terminal.questions import ask_reprint
from hardware.status import Cause
from shared.qt.fonts import load_fonts
from shared.qt.theme import Mode
from shared.words import Language, Words
from tools.testing.patience import PATIENCE_MS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from shared.domain.snapshot import PrintJob
    from tools.testing.terminals import Terminal

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_that_a_printer_can_give_is_worded(cause: Cause, language: Language) -> None:
    assert Words(language).has(f"counter-cause-{cause}")


def test_an_unprinted_ticket_is_told_with_its_cause_and_chosen_by_enter(
    terminal: Terminal, qtbot: QtBot
) -> None:
    terminal.hall.issue("payment", print_at="kiosk-1")
    (job,) = terminal.hall.print_jobs("kiosk-1")
    terminal.hall.claim_print(job)
    terminal.hall.print_failed(job, "paper_out")
    terminal.news()
    chosen: list[PrintJob] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    look = make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT)
    dialog = ask_reprint(parent, look, terminal.view_model.state, chosen.append)
    assert "kiosk-1：缺纸" in dialog.list.item(0).text()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(chosen), timeout=PATIENCE_MS)
    assert [job.number for job in chosen] == ["B003"]
