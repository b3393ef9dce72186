"""Staff see which device needs somebody, where and what to do; of a paper that may be out they are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_terminal.actions import Action
from counter_terminal.device_watch import AGAIN_AFTER
from counter_terminal.devices_dialog import COLUMNS, DevicesDialog
from counter_terminal.remote import commands_of
from counter_terminal.window import CounterWindow
from shared.domain.clock import ManualClock
from shared.domain.device_health import SILENT_AFTER, DeviceKind, DeviceReport, DeviceState
from shared.domain.snapshot import PrintState
from shared.hall import Hall
from tests.counter_terminal.conftest import TerminalMaker
from tests.counter_terminal.test_window import dialog_of, open_window
from tools.testing.patience import PATIENCE_MS
from tools.testing.terminals import ShakyHall, Terminal

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

FINE = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "sim://printer/1", DeviceState.OK)
LOW = replace(FINE, state=DeviceState.ATTENTION, cause="paper_low", tickets_left=28)
EMPTY = replace(FINE, state=DeviceState.DOWN, cause="paper_out")
SIGN = DeviceReport("counter-3", "sign", DeviceKind.SIGN, "sim://sign/3", DeviceState.DOWN, "unreachable")


@pytest.fixture
def window(terminal: Terminal, qtbot: QtBot) -> CounterWindow:
    return open_window(terminal, qtbot)


def tell(terminal: Terminal, *reports: DeviceReport) -> None:
    """The devices' programs tell; the terminal reads it behind the next news, its quiet line long gone."""
    terminal.wait(60)
    terminal.hall.report_devices(reports)
    terminal.news()


def rows(dialog: DevicesDialog) -> list[tuple[str, ...]]:
    table = dialog.table
    cells = [[table.item(row, column) for column in range(len(COLUMNS))] for row in range(table.rowCount())]
    return [tuple("" if cell is None else cell.text() for cell in row) for row in cells]


def test_a_printer_without_paper_is_told_across_the_desk(window: CounterWindow, terminal: Terminal) -> None:
    tell(terminal, EMPTY)
    assert window.desk_page.banner.isVisible()
    assert window.desk_page.banner.text == "kiosk-1 打印机：缺纸。请装上新纸卷"
    tell(terminal, FINE)
    assert not window.desk_page.banner.isVisible()


def test_low_paper_is_told_with_the_tickets_that_are_left(window: CounterWindow, terminal: Terminal) -> None:
    tell(terminal, LOW, SIGN)
    assert window.desk_page.banner.text == (
        "3 号窗口 号码屏：不能连接。请检查电源、线缆与地址（另有 1 个设备，按 F10 查看）"
    )
    tell(terminal, LOW, replace(SIGN, state=DeviceState.OK, cause=None))
    assert window.desk_page.banner.text == "kiosk-1 打印机：纸将用完，约剩 28 张。请准备新纸卷"


def test_what_the_clerk_just_did_goes_before_a_device(window: CounterWindow, terminal: Terminal) -> None:
    tell(terminal, EMPTY)
    terminal.press(Action.NEXT)
    assert not window.desk_page.banner.isVisible()
    assert window.desk_page.quiet_line.text == "已呼叫 A001"


def test_the_page_of_devices_says_where_what_since_when_and_what_to_do(
    window: CounterWindow, terminal: Terminal
) -> None:
    tell(terminal, FINE, SIGN)
    QTest.keyClick(window, Qt.Key.Key_F10)
    (dialog,) = window.findChildren(DevicesDialog)
    assert rows(dialog) == [
        ("3 号窗口 号码屏", "故障", "09:01", "不能连接", "请检查电源、线缆与地址"),
        ("kiosk-1 打印机", "正常", "09:01", "", ""),
    ]
    tell(terminal, EMPTY)
    assert ("kiosk-1 打印机", "故障", "09:02", "缺纸", "请装上新纸卷") in rows(dialog)
    dialog.reject()


def test_the_devices_of_a_program_that_died_are_not_heard_of(
    window: CounterWindow, terminal: Terminal
) -> None:
    tell(terminal, FINE)
    assert terminal.view_model.state.troubled == ()
    terminal.wait(SILENT_AFTER.total_seconds() + 1)
    assert window.desk_page.banner.text.startswith("kiosk-1 打印机：09:01 以后没有消息。")
    assert commands_of(terminal.view_model)["state"]()["devices"] == ["kiosk-1 printer None"]  # type: ignore[index]


def test_devices_are_read_seldom_and_never_beside_a_command(terminal: Terminal) -> None:
    terminal.wait(60)
    before = terminal.worker.ran
    for _ in range(50):
        terminal.news()
    assert terminal.worker.ran == before + 1
    terminal.clock.advance(AGAIN_AFTER)
    terminal.worker.held = True
    terminal.press_without_news(Action.NEXT)
    terminal.news()
    terminal.worker.let_go()
    assert terminal.number == "A001"


def test_a_reading_that_fails_is_tried_again_with_the_next_news(
    hall: Hall, clock: ManualClock, new_terminal: TerminalMaker
) -> None:
    shaky = ShakyHall(hall)
    terminal = new_terminal(shaky, clock)  # type: ignore[arg-type]
    picture = hall.snapshot()
    hall.report_devices([EMPTY])
    clock.advance(timedelta(minutes=1))
    shaky.cut = True
    terminal.view_model.take_news(picture)
    assert terminal.view_model.state.devices == ()
    shaky.cut = False
    terminal.news()
    assert [health.report for health in terminal.view_model.state.troubled] == [EMPTY]


def unconfirmed(terminal: Terminal) -> str:
    """A ticket whose paper was sent, and nobody confirmed."""
    ticket = terminal.hall.issue("payment", print_at="kiosk-1")
    (job,) = terminal.hall.print_jobs("kiosk-1")
    terminal.hall.claim_print(job)
    terminal.hall.print_unconfirmed(job, "paper_out")
    terminal.wait(60)
    terminal.news()
    return ticket.number


@pytest.mark.parametrize(("answer", "state"), [(Qt.Key.Key_1, None), (Qt.Key.Key_2, PrintState.QUEUED)])
def test_of_a_paper_that_may_be_out_the_clerk_is_asked(
    window: CounterWindow, terminal: Terminal, qtbot: QtBot, answer: Qt.Key, state: PrintState | None
) -> None:
    number = unconfirmed(terminal)
    QTest.keyClick(window, Qt.Key.Key_F9)
    shown = dialog_of(window)
    assert shown.list.item(0).text().endswith("kiosk-1：缺纸  ·  可能已出票")
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog_of(window) is not shown, timeout=PATIENCE_MS)
    question = dialog_of(window)
    assert question.windowTitle() == f"{number} 的号票出来了吗？"
    with qtbot.waitSignal(question.finished, timeout=PATIENCE_MS):
        QTest.keyClick(question.list, answer)
    jobs = terminal.hall.print_jobs("kiosk-1")
    assert [job.state for job in jobs] == ([] if state is None else [state])


def test_a_reprint_of_a_paper_that_moved_on_is_refused(window: CounterWindow, terminal: Terminal) -> None:
    unconfirmed(terminal)
    (job,) = terminal.view_model.state.unprinted
    terminal.hall.print_succeeded(terminal.hall.print_jobs("kiosk-1")[0])
    terminal.view_model.desk.reprint(job)
    assert terminal.said == "refusal-stale_view"
    assert terminal.hall.print_jobs("kiosk-1") == ()
