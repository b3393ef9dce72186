from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.line import Line
from hardware.printing import opening
from hardware.printing.fonts import TicketFont
from hardware.printing.opening import open_printer, paper_from
from hardware.printing.paper import Cutter, Paper
from hardware.printing.printer import PrintState
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.printer import PrintedTicket
from shared.domain.slip import Slip


def test_a_file_takes_tickets(tmp_path: Path, small_slip: Slip, font: TicketFont) -> None:
    printer = open_printer(f"escpos+file://{tmp_path}/paper.bin?width=58", font=font)
    for _ in range(2):
        assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert (tmp_path / "paper.bin").read_bytes().count(b"\x1b@\x1dv0") == 2


def test_a_folder_takes_one_file_a_ticket(tmp_path: Path, small_slip: Slip, font: TicketFont) -> None:
    printer = open_printer(f"escpos+file://{tmp_path}/tickets/", font=font)
    for _ in range(2):
        printer.print_slip(small_slip)
    assert sorted(path.name for path in (tmp_path / "tickets").iterdir()) == [
        "000001.escpos",
        "000002.escpos",
    ]


def test_a_simulated_printer_prints_png_files_and_tells_its_observer(
    tmp_path: Path, small_slip: Slip, font: TicketFont
) -> None:
    tickets: list[PrintedTicket] = []
    printer = open_printer(
        f"sim://printer/kiosk-1?folder={tmp_path}", font=font, bench=SimulatorBench(tickets.append)
    )
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    (ticket,) = tickets
    assert ticket.file == tmp_path / "kiosk-1-000001.png"
    assert Image.open(ticket.file).tobytes() == ticket.picture.tobytes()


def test_options_become_the_profile() -> None:
    url = "escpos+tcp://h?width=58&strip=128&pad=8&delay_ms=20&cutter=partial&feed=2"
    assert paper_from(DeviceAddress.parse(url)) == Paper(58, 128, 8, 20, Cutter.PARTIAL, 2)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("escpos+tcp://192.168.1.40", "192.168.1.40:9100"),
        ("escpos+serial:///dev/serial/by-id/usb-1?baud=19200&flow=rtscts", "/dev/serial/by-id/usb-1"),
        ("escpos+serial://COM3", "COM3"),
        ("escpos+usb:///dev/usb/lp0", "/dev/usb/lp0"),
        ("escpos+usb://04b8:0202?serial=X1", "usb 04b8:0202"),
        ("escpos+queue://tickets", "queue tickets"),
    ],
)
def test_each_transport_has_its_url(url: str, name: str) -> None:
    assert open_printer(url).name == name


@pytest.mark.parametrize(
    ("url", "line"),
    [("escpos+usb:///dev/usb/lp0", "DeviceFileLine"), ("escpos+usb://04b8:0202", "UsbPrinterLine")],
)
def test_a_usb_printer_has_the_patience_that_its_url_says(
    url: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    kind: Callable[..., Line] = getattr(opening, line)

    def make(*arguments: Any, write_s: float) -> Line:
        made.append(write_s)
        return kind(*arguments, write_s=write_s)

    monkeypatch.setattr(opening, line, make)
    open_printer(url)
    open_printer(f"{url}?write_ms=250")
    assert made == [5.0, 0.25]


@pytest.mark.parametrize(
    "url",
    [
        "escpos+tcp://",
        "escpos+smoke://signal",
        "escpos+tcp://host?width=76",
        "escpos+tcp://host?colour=red",
        "escpos+serial://",
        "escpos+serial:///dev/ttyS0?flow=soft",
        "escpos+usb://",
        "escpos+usb://epson",
        "escpos+usb://04b8:02021",
        "escpos+queue://",
        "sim://printer",
        "sign+tcp://host:5005",
    ],
)
def test_a_url_that_is_no_printer_is_refused(url: str) -> None:
    with pytest.raises(DeviceAddressError):
        open_printer(url)
