"""From a sign's URL in the settings to a sign."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.file import FileLine
from hardware.lines.line import Line
from hardware.lines.serial_port import SerialLine, SerialSettings
from hardware.lines.tcp import TcpLine
from hardware.signs.preset import PresetError, SignPreset, load_preset
from hardware.signs.sign import FrameSign, SignTexts, WindowSign
from hardware.simulators.bench import SimulatorBench

DEFAULT_PRESET = "strip_a0_90"
_OPTIONS = frozenset(
    {"preset", "address", "baud", "parity", "stop", "flow", "repaint", "folder", "connect_ms", "write_ms"}
)


def open_sign(
    url: str,
    texts: SignTexts,
    *,
    bench: SimulatorBench | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> WindowSign:
    """The sign at a URL: `sign+serial:///dev/ttyUSB0?preset=strip_a0_90&address=3`, `sign+tcp://host:port`,
    `sign+file:///path`, `sim://sign/3?folder=/path`.

    Nothing is opened yet. `bench` is where simulated signs stand. Raises DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    address.check_options(_OPTIONS)
    try:
        preset = load_preset(address.options.get("preset", DEFAULT_PRESET))
    except PresetError as error:
        raise DeviceAddressError(f"{url}: {error}") from error
    number = address.integer("address", _address_by_name(address), 0, 255)
    return FrameSign(
        _line(address, preset, number, bench),
        preset,
        number,
        texts,
        repaint_s=address.integer("repaint", 60, 0, 86_400),
        monotonic=monotonic,
    )


def _address_by_name(address: DeviceAddress) -> int:
    """`sim://sign/3` is sign 3 on its line unless the address says otherwise."""
    name = address.path.strip("/")
    return int(name) if address.family == "sim" and name.isascii() and name.isdigit() else 1


def _line(address: DeviceAddress, preset: SignPreset, number: int, bench: SimulatorBench | None) -> Line:
    write_s = address.integer("write_ms", 2000, 10, 60_000) / 1000
    match address.family, address.transport:
        case "sign", "serial" if address.host or address.path:
            return SerialLine(address.path or address.host, _serial_settings(address, preset), write_s)
        case "sign", "tcp" if address.host and address.port:
            connect_s = address.integer("connect_ms", 3000, 10, 60_000) / 1000
            return TcpLine(address.host, address.port, connect_s, write_s)
        case "sign", "file" if address.path and not address.host:
            return FileLine(Path(address.path), ".frame", folder=address.path.endswith("/"))
        case "sim", "" if address.host == "sign":
            folder = address.options.get("folder")
            return (bench or SimulatorBench()).sign_line(
                address.simulator_name, preset, number, Path(folder) if folder else None
            )
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such sign; use sign+serial:///dev/ttyUSB0?preset=…&address=…, "
                "sign+tcp://host:port, sign+file:///path or sim://sign/name"
            )


def _serial_settings(address: DeviceAddress, preset: SignPreset) -> SerialSettings:
    return SerialSettings(
        baud=address.integer("baud", preset.baud, 50, 4_000_000),
        parity=address.choice("parity", "N", ("N", "E", "O")),
        stop_bits=address.integer("stop", 1, 1, 2),
        flow=address.choice("flow", "none", ("none", "xonxoff", "rtscts", "dsrdtr")),
    )
