"""From the address in a device's URL to its line. What the bytes mean is none of this module's business."""

from __future__ import annotations

from pathlib import Path

from hardware.address import DeviceAddress
from hardware.lines.file import FileLine
from hardware.lines.serial_port import SerialLine, SerialSettings
from hardware.lines.tcp import TcpLine

FLOWS = ("none", "xonxoff", "rtscts", "dsrdtr")
SERIAL_OPTIONS = frozenset({"baud", "parity", "stop", "flow"})
PATIENCE_OPTIONS = frozenset({"connect_ms", "write_ms"})


def serial_line(address: DeviceAddress, baud: int) -> SerialLine:
    """The serial port `…+serial:///dev/ttyUSB0` or `…+serial://COM3`; `baud` when the URL names no rate."""
    return SerialLine(address.path or address.host, serial_settings(address, baud), write_s(address, 2000))


def serial_settings(address: DeviceAddress, baud: int) -> SerialSettings:
    """How the bits travel, from the URL's options. Raises DeviceAddressError."""
    return SerialSettings(
        baud=address.integer("baud", baud, 50, 4_000_000),
        parity=address.choice("parity", "N", ("N", "E", "O")),
        stop_bits=address.integer("stop", 1, 1, 2),
        flow=address.choice("flow", "none", FLOWS),
    )


def tcp_line(address: DeviceAddress, port: int, *, stays: bool = False) -> TcpLine:
    """The TCP port `…+tcp://host:port`; `port` when the URL names none. `stays`: it is open between uses."""
    connect_s = address.integer("connect_ms", 3000, 10, 60_000) / 1000
    return TcpLine(address.host, address.port or port, connect_s, write_s(address, 5000), stays=stays)


def file_line(address: DeviceAddress, suffix: str) -> FileLine:
    """The file or, with a slash at its end, the folder `…+file:///path`."""
    return FileLine(Path(address.path), suffix, folder=address.path.endswith("/"))


def write_s(address: DeviceAddress, usual_ms: int) -> float:
    """How long the device may take nothing, in seconds."""
    return address.integer("write_ms", usual_ms, 10, 60_000) / 1000
