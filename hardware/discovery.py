"""Look for devices: serial ports by their lasting names, USB printers, and printers at given network addresses.

Nothing is searched for by trying addresses or sending bytes into unknown serial ports: that would print on, or confuse,
somebody else's device.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from serial.tools import list_ports

from hardware.address import DeviceAddress
from hardware.lines.line import LineError
from hardware.lines.tcp import TcpLine
from hardware.printing.escpos_status import ask_status
from hardware.printing.opening import DEFAULT_PORT
from hardware.status import DeviceStatus, down

_LOGGER = logging.getLogger(__name__)
_PRINTER_CLASS = 7
_CONNECT_S = 1.0
_ANSWER_S = 0.5


class FoundKind(StrEnum):
    """What was found."""

    SERIAL_PORT = "serial_port"
    USB_PRINTER = "usb_printer"
    NETWORK_PRINTER = "network_printer"


@dataclass(frozen=True, slots=True)
class Found:
    """A device or a port, the URLs under which it can be used, and its status where it can be asked."""

    kind: FoundKind
    name: str
    urls: tuple[str, ...]
    status: DeviceStatus | None = None


def discover(hosts: Iterable[str] = (), *, root: Path = Path("/")) -> tuple[Found, ...]:
    """All serial ports and USB printers of this machine, and what answers at `hosts` on port 9100.

    Takes up to three seconds for each host. `root` is where `dev` and `sys` are.
    """
    return (*serial_ports(root), *usb_printers(root), *network_printers(hosts))


def serial_ports(root: Path = Path("/")) -> Iterator[Found]:
    """Serial ports, named by `/dev/serial/by-id` where there is such a name: it stays the same when plugs change."""
    lasting = {link.resolve(): link for link in sorted((root / "dev/serial/by-id").glob("*"))}
    for port in sorted(list_ports.comports(), key=lambda port: str(port.device)):
        path = lasting.get(Path(port.device).resolve(), port.device)
        urls = tuple(f"{family}+serial://{path}" for family in ("escpos", "sign", "pad", "scan"))
        yield Found(FoundKind.SERIAL_PORT, _described(port), urls)


def usb_printers(root: Path = Path("/")) -> Iterator[Found]:
    """USB printers by the kernel's device files and, where pyusb and libusb are installed, by their numbers."""
    for device in sorted((root / "dev/usb").glob("lp*")):
        name = _name_by_ieee1284(root / "sys/class/usbmisc" / device.name / "device/ieee1284_id")
        yield Found(FoundKind.USB_PRINTER, name or device.name, (f"escpos+usb://{device}",))
    for device in _by_pyusb():
        numbers = f"{device.idVendor:04x}:{device.idProduct:04x}"
        yield Found(FoundKind.USB_PRINTER, numbers, (f"escpos+usb://{numbers}",))


def network_printers(hosts: Iterable[str]) -> Iterator[Found]:
    """The printers at `hosts`, as `192.168.1.40` or `192.168.1.40:9101`; down where nothing accepts a connection.

    Raises DeviceAddressError when one is no address.
    """
    for host in hosts:
        address = DeviceAddress.parse(f"escpos+tcp://{host}")
        line = TcpLine(address.host, address.port or DEFAULT_PORT, _CONNECT_S)
        try:
            line.open()
            status = ask_status(line, _ANSWER_S)
        except LineError as error:
            yield Found(FoundKind.NETWORK_PRINTER, host, (), down(error.cause, error.detail))
            continue
        finally:
            line.close()
        yield Found(FoundKind.NETWORK_PRINTER, host, (address.url,), status)


def _described(port: Any) -> str:  # noqa: ANN401 - pyserial has a class for each system
    known = port.description if port.description and port.description != "n/a" else ""
    return f"{port.device} {known}".strip()


def _name_by_ieee1284(file: Path) -> str:
    """Maker and model out of `MFG:EPSON;MDL:TM-T20;…`, nothing when the printer does not say."""
    with contextlib.suppress(OSError):
        fields = dict(re.findall(r"([A-Z ]+):([^;]*);", file.read_text(encoding="ascii", errors="replace")))
        maker = fields.get("MFG") or fields.get("MANUFACTURER") or ""
        return f"{maker} {fields.get('MDL') or fields.get('MODEL') or ''}".strip()
    return ""


def _by_pyusb() -> list[Any]:
    try:
        import usb.core
        import usb.util
    except ImportError:
        return []

    def is_printer(device: Any) -> bool:  # noqa: ANN401 - pyusb has no types
        return any(
            usb.util.find_descriptor(configuration, bInterfaceClass=_PRINTER_CLASS) is not None
            for configuration in device
        )

    try:
        return list(usb.core.find(find_all=True, custom_match=is_printer))
    except (OSError, ValueError) as error:
        _LOGGER.debug("pyusb finds nothing: %s", error)
        return []
