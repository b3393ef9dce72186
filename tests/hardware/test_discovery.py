from __future__ import annotations

import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from hardware.discovery import FoundKind, discover, network_printers, serial_ports, usb_printers
from hardware.printing.opening import open_printer
from hardware.simulators.faults import Fault
from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from hardware.status import Cause, Health


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a serial adapter, a port without a lasting name, and a printer on usblp."""
    for folder in ("dev/serial/by-id", "dev/usb", "sys/class/usbmisc/lp0/device"):
        (tmp_path / folder).mkdir(parents=True)
    for device in ("dev/ttyUSB0", "dev/ttyS0", "dev/usb/lp0", "dev/usb/lp1"):
        (tmp_path / device).touch()
    (tmp_path / "dev/serial/by-id/usb-FTDI_A1").symlink_to(tmp_path / "dev/ttyUSB0")
    (tmp_path / "sys/class/usbmisc/lp0/device/ieee1284_id").write_text("MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;")
    ports = [
        SimpleNamespace(device=str(tmp_path / "dev/ttyUSB0"), description="FT232R USB UART"),
        SimpleNamespace(device=str(tmp_path / "dev/ttyS0"), description="n/a"),
    ]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: ports)
    monkeypatch.setattr("hardware.discovery._by_pyusb", list)
    return tmp_path


def test_serial_ports_have_the_name_that_stays(machine: Path) -> None:
    plain, adapter = serial_ports(machine)
    assert adapter.name.endswith("FT232R USB UART")
    assert adapter.urls == tuple(
        f"{family}+serial://{machine}/dev/serial/by-id/usb-FTDI_A1"
        for family in ("escpos", "sign", "pad", "scan")
    )
    assert plain.name == f"{machine}/dev/ttyS0"


def test_usb_printers_are_named_by_what_they_say(machine: Path) -> None:
    found = list(usb_printers(machine))
    assert [printer.name for printer in found] == ["EPSON TM-T20", "lp1"]
    assert found[0].urls == (f"escpos+usb://{machine}/dev/usb/lp0",)


def test_usb_printers_without_a_device_file_are_found_by_pyusb(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = SimpleNamespace(idVendor=0x04B8, idProduct=0x0202)
    monkeypatch.setattr("hardware.discovery._by_pyusb", lambda: [printer])
    assert list(usb_printers(machine))[-1].urls == ("escpos+usb://04b8:0202",)


def test_what_is_found_can_be_opened(machine: Path) -> None:
    for found in discover(root=machine):
        assert open_printer(found.urls[0]).name


def test_a_printer_at_a_given_address_is_found_with_its_status() -> None:
    simulated = SimulatedPrinter("net", 576, None, lambda _: None)
    with TcpPrinterSimulator(simulated) as running:
        host = f"127.0.0.1:{running.port}"
        (fine,) = network_printers([host])
        simulated.faults.fail(Fault.PAPER_OUT)
        (empty,) = network_printers([host])
    assert (fine.kind, fine.urls) == (FoundKind.NETWORK_PRINTER, (f"escpos+tcp://{host}",))
    assert fine.status is not None
    assert fine.status.health is Health.OK
    assert empty.status is not None
    assert empty.status.cause is Cause.PAPER_OUT


def test_an_address_where_nobody_answers_is_told_with_the_cause() -> None:
    # Bound and not listening: the port stays ours, and connections to it are refused.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        (nobody,) = network_printers([host])
    assert (nobody.name, nobody.urls) == (host, ())
    assert nobody.status is not None
    assert (nobody.status.health, nobody.status.cause) == (Health.DOWN, Cause.UNREACHABLE)
