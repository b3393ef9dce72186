"""A ticket is held before the kiosk's scanner: what the customer is told, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow

from kiosk.check_in_wording import checked_words
from kiosk.screen_state import Page
from kiosk.typed_scans import TypedScans
from kiosk.view_model import Pace
from kiosk.visit import Checked
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.ticket import TicketState
from shared.hall.check_in import CheckIn, CheckInOutcome
from shared.qt.scanner_port import ScannerAddress, ScannerPort
from shared.words import Language, Words
from tools.testing.patience import PATIENCE_S
from tools.testing.sample_hall import MORNING, make_plan, make_ticket

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tools.testing.kiosks import Kiosk, MakeKiosk

CODE = "jiaohao:renmin-lu/20261123-A023"
TICKET = replace(make_ticket(make_plan(), "A023"), counter=5)


def scan(kiosk: Kiosk, answer: CheckIn | Exception) -> None:
    kiosk.view.scan(CODE)
    on_done, on_error = kiosk.tickets.scans.pop()
    if isinstance(answer, Exception):
        on_error(answer)
    else:
        on_done(answer)


def test_a_no_show_is_told_that_it_is_back_and_who_is_ahead(kiosk: Kiosk) -> None:
    scan(kiosk, CheckIn(TICKET, CheckInOutcome.RETURNED, 3))
    shown = kiosk.view.current.checked
    assert kiosk.view.current.page is Page.CHECKED
    assert (shown.title, shown.detail, shown.alarm) == ("您的号码 A023 已恢复", "前面 3 人", False)
    kiosk.view.switch_language()
    shown = kiosk.view.current.checked
    assert shown.title == "Your number A023 is back in the queue"


FOUND = [
    (CheckIn(TICKET, CheckInOutcome.RESUMED, 0), "已恢复", "back in the queue"),
    (CheckIn(TICKET, CheckInOutcome.WAITING, 2), "正在排队", "in the queue"),
    (CheckIn(TICKET, CheckInOutcome.CALLED), "请到 5 号窗口", "counter 5"),
    (
        CheckIn(replace(TICKET, state=TicketState.FINISHED), CheckInOutcome.OVER),
        "A023 已办结",
        "Number A023: ",
    ),
]


@pytest.mark.parametrize(("found", "chinese", "english"), FOUND)
def test_every_outcome_is_worded_in_both_languages(found: CheckIn, chinese: str, english: str) -> None:
    for language, part in ((Language.ZH, chinese), (Language.EN, english)):
        shown = checked_words(Checked(found), make_plan(), Words(language))
        assert part in shown.title
        assert shown.detail


def test_an_appointment_is_told_its_time(kiosk: Kiosk) -> None:
    booked = replace(TICKET, appointed_for=MORNING + timedelta(hours=1))
    scan(kiosk, CheckIn(booked, CheckInOutcome.WAITING, 1))
    assert kiosk.view.current.checked.detail.splitlines()[0].startswith("预约时间")


@pytest.mark.parametrize(
    "code",
    [
        RefusalCode.FOREIGN_CODE,
        RefusalCode.OTHER_HALL,
        RefusalCode.OTHER_DAY,
        RefusalCode.UNKNOWN_TICKET,
        RefusalCode.ALREADY_RETURNED,
    ],
)
def test_a_code_that_is_no_good_is_answered_plainly(kiosk: Kiosk, code: RefusalCode) -> None:
    scan(kiosk, Refused(code, "no"))
    shown = kiosk.view.current.checked
    assert (shown.title, shown.alarm) == ("没有找到可用的号票", True)
    assert shown.detail == Words(Language.ZH).say(f"refusal-{code}")
    assert checked_words(Checked(refusal=code), make_plan(), Words(Language.EN)).detail != shown.detail


def test_a_store_that_is_away_is_said_and_the_next_scan_tries_again(kiosk: Kiosk) -> None:
    scan(kiosk, StoreUnavailable("unreachable", "no"))
    assert kiosk.view.current.checked.title == "暂时查不到您的号票"
    scan(kiosk, CheckIn(TICKET, CheckInOutcome.RETURNED, 0))
    assert kiosk.view.current.checked.title == "您的号码 A023 已恢复"


def test_a_scanner_that_reads_on_and_on_asks_once_at_a_time(kiosk: Kiosk) -> None:
    for _ in range(20):
        kiosk.view.scan(CODE)
    assert kiosk.tickets.codes == [CODE]


def test_while_a_number_is_being_issued_or_printed_a_scan_does_not_take_the_screen(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("payment")
    kiosk.view.scan(CODE)
    kiosk.tickets.answer()
    kiosk.view.scan(CODE)
    assert kiosk.view.current.page is Page.RESULT
    assert kiosk.tickets.codes == []


def test_the_answer_goes_by_itself_and_by_a_tap(make_kiosk: MakeKiosk, qtbot: QtBot) -> None:
    kiosk = make_kiosk(pace=Pace(stay_scan_ms=1))
    scan(kiosk, CheckIn(TICKET, CheckInOutcome.RETURNED, 3))
    qtbot.waitUntil(lambda: kiosk.view.current.page is Page.SERVICES, timeout=PATIENCE_S * 1000)
    patient = make_kiosk()
    scan(patient, CheckIn(TICKET, CheckInOutcome.RETURNED, 3))
    patient.pause()
    patient.view.back()
    assert patient.view.current.page is Page.SERVICES


def test_what_is_typed_into_the_window_in_one_breath_is_a_code(qtbot: QtBot) -> None:
    window, codes = QWindow(), list[str]()
    scans = TypedScans(window)
    scans.code.connect(codes.append)
    at_ms = 1000
    for place, character in enumerate(f"1234{CODE}\r"):
        at_ms += 400 if place <= 4 else 5
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(window, event)
    assert codes == [CODE]


def test_a_scanner_on_a_line_is_heard(qtbot: QtBot) -> None:
    address = ScannerAddress("sim://scanner/1")
    assert address.scanner is not None
    port, codes = ScannerPort(address.scanner, address.untold), list[str]()
    port.code.connect(codes.append)
    line = address.scanner._line
    line._pad.press(CODE.encode() + b"\r\n")  # type: ignore[attr-defined]
    port.start()
    qtbot.waitUntil(lambda: codes == [CODE], timeout=PATIENCE_S * 1000)
    port.stop(PATIENCE_S)
    assert ScannerAddress("scan+keyboard://").types
    assert ScannerAddress("").scanner is None
