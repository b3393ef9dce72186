"""From a sign's URL in the settings to a sign."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.line import Line, LineError
from hardware.lines.opening import PATIENCE_OPTIONS, SERIAL_OPTIONS, file_line, serial_line, tcp_line
from hardware.signs.preset import PresetError, SignPreset, load_preset
from hardware.signs.sign import FrameSign, SignTexts, WindowSign
from hardware.simulators.bench import SimulatorBench
from hardware.status import OK, DeviceStatus, down

DEFAULT_PRESET = "strip_a0_90"
_OPTIONS = frozenset({"preset", "address", "repaint", "folder"}) | SERIAL_OPTIONS | PATIENCE_OPTIONS


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
    address, preset, number = _parsed(url)
    return FrameSign(
        _line(address, preset, number, bench),
        preset,
        number,
        texts,
        repaint_s=address.integer("repaint", 60, 0, 86_400),
        monotonic=monotonic,
    )


def reach_sign(url: str, *, bench: SimulatorBench | None = None) -> DeviceStatus:
    """Open the line to a sign and hang up; what the sign shows stays. `OK` says nothing about the sign itself.

    Raises DeviceAddressError when the URL is wrong.
    """
    line = _line(*_parsed(url), bench)
    try:
        line.open()
        line.close()
    except LineError as error:
        return down(error.cause, error.detail)
    return OK


def _parsed(url: str) -> tuple[DeviceAddress, SignPreset, int]:
    address = DeviceAddress.parse(url)
    address.check_options(_OPTIONS)
    try:
        preset = load_preset(address.options.get("preset", DEFAULT_PRESET))
    except PresetError as error:
        raise DeviceAddressError(f"{url}: {error}") from error
    return address, preset, address.integer("address", _address_by_name(address), 0, 255)


def _address_by_name(address: DeviceAddress) -> int:
    """`sim://sign/3` is sign 3 on its line unless the address says otherwise."""
    name = address.path.strip("/")
    return int(name) if address.family == "sim" and name.isascii() and name.isdigit() else 1


def _line(address: DeviceAddress, preset: SignPreset, number: int, bench: SimulatorBench | None) -> Line:
    match address.family, address.transport:
        case "sign", "serial" if address.host or address.path:
            return serial_line(address, preset.baud)
        case "sign", "tcp" if address.host and address.port:
            return tcp_line(address, address.port)
        case "sign", "file" if address.path and not address.host:
            return file_line(address, ".frame")
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
