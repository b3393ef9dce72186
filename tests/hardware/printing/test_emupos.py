"""Against `emupos`, a receipt printer that we did not write: same pixels, same faults."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

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
from tools.testing.ports import quiet_port

PROFILE_58_MM = """\
type: printer
name: 58 mm
dpi: 203
width_dots: 384
font_a: { width: 12, height: 24 }
font_b: { width: 9, height: 17 }
code_pages: { 0: PC437 }
default_code_page: 0
drawer_sensor_open_level: high
"""
CONFIGURATION = """\
schema: 1
api: {{ host: 127.0.0.1, port: {api} }}
devices:
  - id: wide
    type: printer
    profile: epson-tm-t20iii
    connections: [{{ tcp: {{ port: {wide} }} }}]
  - id: narrow
    type: printer
    profile: ./narrow.yaml
    connections: [{{ tcp: {{ port: {narrow} }} }}]
"""
CABLE = """\
  - id: cable
    type: printer
    profile: epson-tm-t20iii
    connections: [{ serial: { pty: true, link: cable } }]
"""
has_cable = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")


@dataclass(frozen=True)
class Emupos:
    """A running emulator: its control interface and the ports of its printers."""

    api: str
    ports: dict[int, int]

    cable: Path

    def fault(self, name: str, *, active: bool, device: str = "wide") -> None:
        url = f"{self.api}/devices/{device}/faults/{name}"
        request = urllib.request.Request(url, method="PUT" if active else "DELETE")
        urllib.request.urlopen(request, timeout=PATIENCE_S).close()

    def receipts(self, device: str) -> list[str]:
        with urllib.request.urlopen(f"{self.api}/devices/{device}/receipts", timeout=PATIENCE_S) as answer:
            return [receipt["id"] for receipt in json.load(answer)]

    def text(self, device: str) -> str:
        """The latest receipt's text, its bytes read as Chinese: the emulator prints them as PC437."""
        with urllib.request.urlopen(
            f"{self.api}/devices/{device}/receipts/latest/text", timeout=PATIENCE_S
        ) as answer:
            dump: str = answer.read().decode()
        return dump.encode("cp437").decode("gbk")

    def latest(self, device: str) -> Image.Image:
        with urllib.request.urlopen(
            f"{self.api}/devices/{device}/receipts/latest/image", timeout=PATIENCE_S
        ) as answer:
            return Image.open(io.BytesIO(answer.read()))


def wait_for(api: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{api}/health", timeout=5).close()
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    pytest.fail("emupos did not start")


@pytest.fixture(scope="module")
def emupos(emupos_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emupos]:
    folder = tmp_path_factory.mktemp("emupos")
    ports = {"api": quiet_port(), "wide": quiet_port(), "narrow": quiet_port()}
    (folder / "narrow.yaml").write_text(PROFILE_58_MM, encoding="utf-8")
    devices = CONFIGURATION.format(**ports) + ("" if sys.platform == "win32" else CABLE)
    (folder / "emupos.yaml").write_text(devices, encoding="utf-8")
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [emupos_python, "-m", "emupos.cli.app", "run"],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            stdout=log,
            stderr=log,
        )
    api = f"http://127.0.0.1:{ports['api']}/api/v1"
    try:
        wait_for(api, process)
        yield Emupos(api, {80: ports["wide"], 58: ports["narrow"]}, folder / "emupos" / "cable")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


@pytest.fixture
def printer(emupos: Emupos, font: TicketFont) -> TicketPrinter:
    return open_printer(f"escpos+tcp://127.0.0.1:{emupos.ports[80]}", font=font)


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
    url = f"escpos+tcp://127.0.0.1:{emupos.ports[58]}?width=58&strip={strip}&pad=8&cutter=partial"
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
    heard = [listener.next(5)]
    for active in (True, False):
        emupos.fault("paper-out", active=active)
        heard.append(listener.next(5))
    line.close()
    statuses = [status_from_auto(answer.data) for answer in heard if answer]
    assert [status.cause for status in statuses] == [None, Cause.PAPER_OUT, None]


def test_a_printer_without_gs_paren_h_prints_but_is_not_believed_to(
    emupos: Emupos, font: TicketFont, small_slip: Slip
) -> None:
    url = f"escpos+tcp://127.0.0.1:{emupos.ports[80]}?confirm=id&printed_ms=200"
    before = len(emupos.receipts("wide"))
    assert open_printer(url, font=font).print_slip(small_slip).state is PrintState.SENT_UNCONFIRMED
    assert len(emupos.receipts("wide")) == before + 1


@has_cable
def test_a_text_ticket_over_a_serial_line_reads_as_written_and_its_qr_code_decodes(
    emupos: Emupos, font: TicketFont, chinese_ticket: Slip
) -> None:
    printer = open_printer(f"escpos+serial://{emupos.cable}", font=font)
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
    printer = open_printer(f"escpos+serial://{emupos.cable}?render=raster&strip=48", font=font)
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
    printer = open_printer(f"escpos+serial://{emupos.cable}", font=font)
    before = len(emupos.receipts("cable"))
    emupos.fault(fault, active=True, device="cable")
    try:
        assert printer.print_slip(small_slip).cause is cause
    finally:
        emupos.fault(fault, active=False, device="cable")
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert len(emupos.receipts("cable")) == before + 1
