"""Against `emupos`, a receipt printer that we did not write: same pixels, same faults."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from hardware.lines.tcp import TcpLine
from hardware.printing.escpos_answers import Listener
from hardware.printing.escpos_status import status_from_auto
from hardware.printing.fonts import TicketFont
from hardware.printing.opening import open_printer
from hardware.printing.printer import PrintState, TicketPrinter
from hardware.printing.raster import draw_slip
from hardware.status import Cause, Health
from shared.domain.slip import Slip
from tools.testing.patience import PATIENCE_S
from tools.testing.printer_emulator import Emupos

PATIENT = "connect_ms=60000&write_ms=60000&answer_ms=60000&printed_ms=60000"
"""On a busy machine the emulator takes its time; what is tested is what it says, not how fast."""

has_cable = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")


@pytest.fixture
def printer(emupos: Emupos, font: TicketFont) -> TicketPrinter:
    return open_printer(f"escpos+tcp://127.0.0.1:{emupos.ports[80]}?{PATIENT}", font=font)


def test_its_paper_shows_our_picture_dot_for_dot_and_the_qr_code_decodes(
    emupos: Emupos, printer: TicketPrinter, chinese_ticket: Slip, chinese_picture: Image.Image
) -> None:
    assert printer.print_slip(chinese_ticket).state is PrintState.PRINTED
    paper = emupos.latest("wide")
    assert paper.crop((0, 0, *chinese_picture.size)).tobytes() == chinese_picture.tobytes()
    assert len(paper.crop((0, chinese_picture.height, *paper.size)).getcolors() or ()) <= 1
    (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.text.endswith("A023")


@pytest.mark.parametrize("strip", [24, 48, 100, 240, 2000])
def test_narrow_paper_is_right_at_every_strip_height(
    strip: int, emupos: Emupos, font: TicketFont, english_ticket: Slip
) -> None:
    url = f"escpos+tcp://127.0.0.1:{emupos.ports[58]}?width=58&strip={strip}&pad=8&cutter=partial&{PATIENT}"
    assert open_printer(url, font=font).print_slip(english_ticket).state is PrintState.PRINTED
    picture = draw_slip(english_ticket, 58, font)
    assert emupos.latest("narrow").crop((0, 0, *picture.size)).tobytes() == picture.tobytes()


@pytest.mark.expects_log("is down")
@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ("paper-out", Cause.PAPER_OUT),
        ("cover-open", Cause.COVER_OPEN),
        ("offline", Cause.OFFLINE),
    ],
)
def test_its_faults_are_told_and_print_nothing_until_they_are_cleared(
    fault: str, cause: Cause, emupos: Emupos, printer: TicketPrinter, small_slip: Slip
) -> None:
    before = len(emupos.receipts("wide"))
    emupos.fault(fault, active=True)
    try:
        outcome = printer.print_slip(small_slip)
    finally:
        emupos.fault(fault, active=False)
    assert (outcome.state, outcome.cause) == (PrintState.FAILED, cause)
    assert printer.status().health is Health.OK
    assert len(emupos.receipts("wide")) == before
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert len(emupos.receipts("wide")) == before + 1


def test_its_low_paper_is_told_while_it_prints(
    emupos: Emupos, printer: TicketPrinter, small_slip: Slip
) -> None:
    emupos.fault("paper-near-end", active=True)
    try:
        outcome = printer.print_slip(small_slip)
    finally:
        emupos.fault("paper-near-end", active=False)
    assert (outcome.state, outcome.status.cause) == (PrintState.PRINTED, Cause.PAPER_LOW)


def test_both_copies_come_out(emupos: Emupos, printer: TicketPrinter, small_slip: Slip) -> None:
    before = len(emupos.receipts("wide"))
    printer.print_slip(replace(small_slip, copies=2))
    assert len(emupos.receipts("wide")) == before + 2


def test_what_it_says_unasked_is_understood(emupos: Emupos) -> None:
    line = TcpLine("127.0.0.1", emupos.ports[80])
    line.open()
    listener = Listener(line)
    line.write(b"\x1da\xff")
    heard = [listener.next(PATIENCE_S)]
    for active in (True, False):
        emupos.fault("paper-out", active=active)
        heard.append(listener.next(PATIENCE_S))
    line.close()
    statuses = [status_from_auto(answer.data) for answer in heard if answer]
    assert [status.cause for status in statuses] == [None, Cause.PAPER_OUT, None]


def test_a_printer_without_gs_paren_h_prints_but_is_not_believed_to(
    emupos: Emupos, font: TicketFont, small_slip: Slip
) -> None:
    url = f"escpos+tcp://127.0.0.1:{emupos.ports[80]}?confirm=id&answer_ms=60000&printed_ms=200"
    before = len(emupos.receipts("wide"))
    assert open_printer(url, font=font).print_slip(small_slip).state is PrintState.SENT_UNCONFIRMED
    assert len(emupos.receipts("wide")) == before + 1


@has_cable
def test_a_text_ticket_over_a_serial_line_reads_as_written_and_its_qr_code_decodes(
    emupos: Emupos, font: TicketFont, chinese_ticket: Slip
) -> None:
    printer = open_printer(f"escpos+serial://{emupos.cable}?{PATIENT}", font=font)
    assert printer.print_slip(chinese_ticket).state is PrintState.PRINTED
    lines = [line.strip() for line in emupos.text("cable").splitlines() if line.strip()]
    for text in ("人民路营业厅", "套餐变更", "A023", "长者优先", "扫码查看排队进度"):
        assert text in lines
    assert "前面等候" + " " * 36 + "3 人" in lines
    (code,) = zxingcpp.read_barcodes(emupos.latest("cable").convert("L"))
    assert code.text.endswith("A023")


@has_cable
def test_a_picture_over_a_serial_line_is_dot_for_dot_ours(
    emupos: Emupos, font: TicketFont, chinese_ticket: Slip, chinese_picture: Image.Image
) -> None:
    printer = open_printer(f"escpos+serial://{emupos.cable}?render=raster&strip=48&{PATIENT}", font=font)
    assert printer.print_slip(chinese_ticket).state is PrintState.PRINTED
    paper = emupos.latest("cable").crop((0, 0, *chinese_picture.size))
    assert paper.tobytes() == chinese_picture.tobytes()


@has_cable
@pytest.mark.expects_log("is down")
@pytest.mark.parametrize(
    ("fault", "cause"),
    [("paper-out", Cause.PAPER_OUT), ("cover-open", Cause.COVER_OPEN), ("offline", Cause.OFFLINE)],
)
def test_over_a_serial_line_its_faults_are_told_and_a_ticket_prints_once_afterwards(
    fault: str, cause: Cause, emupos: Emupos, font: TicketFont, small_slip: Slip
) -> None:
    printer = open_printer(f"escpos+serial://{emupos.cable}?{PATIENT}", font=font)
    before = len(emupos.receipts("cable"))
    emupos.fault(fault, active=True, device="cable")
    try:
        assert printer.print_slip(small_slip).cause is cause
    finally:
        emupos.fault(fault, active=False, device="cable")
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert len(emupos.receipts("cable")) == before + 1
