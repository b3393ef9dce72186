"""From a sign's URL in the settings to a sign."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.line import Line, LineError
from hardware.lines.opening import (
    PATIENCE_OPTIONS,
    SERIAL_OPTIONS,
    file_line,
    serial_line,
    serial_settings,
    tcp_line,
)
from hardware.signs import modbus, onbon
from hardware.signs.driver import FrameDriver, SignDriver
from hardware.signs.preset import (
    MODBUS_NUMBER,
    MODBUS_TEXT,
    ONBON,
    PresetError,
    SignPreset,
    load_preset,
)
from hardware.signs.shared_lines import SharedLine, SharedLines
from hardware.signs.sign import LedSign, SignTexts, WindowSign
from hardware.signs.summary import SummarySign
from hardware.simulators.bench import SimulatorBench
from hardware.status import OK, DeviceStatus, down

DEFAULT_PRESET = "strip_a0_90"
"""Names in the place of a preset for signs that answer, which no frame of a preset can."""

_OPTIONS = (
    frozenset({"preset", "address", "repaint", "flash", "hold", "folder"}) | SERIAL_OPTIONS | PATIENCE_OPTIONS
)
_OF_CONNECTION = ("baud", *sorted(PATIENCE_OPTIONS))
_MORE_OPTIONS = {
    ONBON: frozenset({"answer_ms", "x", "y", "width", "height", "mode", "speed"}),
    MODBUS_TEXT: frozenset({"answer_ms", "register", "characters"}),
    MODBUS_NUMBER: frozenset({"answer_ms", "register"}),
}


def open_sign(
    url: str,
    texts: SignTexts,
    *,
    bench: SimulatorBench | None = None,
    lines: SharedLines | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    summary: bool = False,
) -> WindowSign:
    """The sign at a URL: `sign+serial:///dev/ttyUSB0?preset=strip_a0_90&address=3`, `sign+tcp://host:port`,
    `sign+file:///path`, `sim://sign/3?folder=/path`.

    Nothing is opened yet. `bench` is where simulated signs stand; signs that are given the same `lines` share their
    serial ports; `summary` makes it a summary sign, as `hold` in the URL does.

    Raises DeviceAddressError when the URL is wrong.
    """
    address = _checked(url)
    sign = LedSign(
        _line(address, bench, lines or SharedLines()),
        _driver(address),
        texts,
        repaint_s=address.integer("repaint", 60, 0, 86_400),
        flashes=address.integer("flash", 3, 0, 20),
        monotonic=monotonic,
    )
    if not summary and "hold" not in address.options:
        return sign
    return SummarySign(sign, address.integer("hold", 4, 1, 60), monotonic)


def reach_sign(url: str, *, bench: SimulatorBench | None = None) -> DeviceStatus:
    """Open the line to a sign and hang up; what the sign shows stays. `OK` says nothing about the sign itself.

    Raises DeviceAddressError when the URL is wrong.
    """
    address = _checked(url)
    _driver(address)
    try:
        with _line(address, bench, SharedLines()).turn() as line:
            line.open()
            line.close()
    except LineError as error:
        return down(error.cause, error.detail)
    return OK


def _checked(url: str) -> DeviceAddress:
    address = DeviceAddress.parse(url)
    kind = address.options.get("preset", DEFAULT_PRESET)
    address.check_options(_OPTIONS | _MORE_OPTIONS.get(kind, frozenset()))
    return address


def _driver(address: DeviceAddress) -> SignDriver:
    answer_s = address.integer("answer_ms", 300, 10, 10_000) / 1000
    first = address.integer("register", 0, 0, 0xFFFF)
    kind = address.options.get("preset")
    if kind == ONBON:
        return onbon.OnbonDriver(address.integer("address", 1, 0, 0xFFFF), _area(address), answer_s)
    if kind == MODBUS_TEXT:
        registers = modbus.Registers(first, address.integer("characters", 6, 1, 100))
        return modbus.ModbusDriver(address.integer("address", 1, 1, 247), registers, answer_s)
    if kind == MODBUS_NUMBER:
        registers = modbus.Registers(first, characters=0)
        return modbus.ModbusDriver(address.integer("address", 1, 1, 247), registers, answer_s)
    return FrameDriver(_preset(address), _number(address))


def _area(address: DeviceAddress) -> onbon.RealtimeArea:
    usual = onbon.RealtimeArea()
    return onbon.RealtimeArea(
        x=address.integer("x", usual.x, 0, 0xFFFF),
        y=address.integer("y", usual.y, 0, 0xFFFF),
        width=address.integer("width", usual.width, 1, 0xFFFF),
        height=address.integer("height", usual.height, 1, 0xFFFF),
        mode=address.integer("mode", usual.mode, 1, 10),
        speed=address.integer("speed", usual.speed, 0, 255),
    )


def _preset(address: DeviceAddress) -> SignPreset:
    try:
        return load_preset(address.options.get("preset", DEFAULT_PRESET))
    except PresetError as error:
        raise DeviceAddressError(f"{address.url}: {error}") from error


def _number(address: DeviceAddress) -> int:
    """The sign's address; `sim://sign/3` is sign 3 on its line unless the options say otherwise."""
    name = address.path.strip("/")
    by_name = int(name) if address.family == "sim" and name.isascii() and name.isdigit() else 1
    return address.integer("address", by_name, 0, 255)


def _line(address: DeviceAddress, bench: SimulatorBench | None, lines: SharedLines) -> SharedLine:
    match address.family, address.transport:
        case "sign", "serial" if address.host or address.path:
            return _shared_serial_line(address, lines)
        case "sign", "tcp" if address.host and (address.port or _default_port(address)):
            return _shared_tcp_line(address, lines)
        case "sign", "file" if address.path and not address.host:
            return SharedLine(file_line(address, ".frame"))
        case "sim", "" if address.host == "sign":
            folder = address.options.get("folder")
            return SharedLine(
                (bench or SimulatorBench()).sign_line(
                    address.simulator_name,
                    _preset(address),
                    _number(address),
                    Path(folder) if folder else None,
                )
            )
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such sign; use sign+serial:///dev/ttyUSB0?preset=…&address=…, "
                "sign+tcp://host:port, sign+file:///path or sim://sign/name"
            )


def _shared_serial_line(address: DeviceAddress, lines: SharedLines) -> SharedLine:
    usual = _usual_baud(address)
    settings = serial_settings(address, usual)
    port = address.path or address.host
    return _shared(address, lines, port, asdict(settings), settings.baud, lambda: serial_line(address, usual))


def _shared_tcp_line(address: DeviceAddress, lines: SharedLines) -> SharedLine:
    """Behind a serial server there may be an RS-485 line too, and many a server takes one connection only.

    The rate is set at the server and the kinds' usual rates differ, so that only written options can contradict.
    """
    line = tcp_line(address, _default_port(address), stays=True)
    baud = serial_settings(address, _usual_baud(address)).baud
    written = {name: int(address.options[name]) for name in _OF_CONNECTION if name in address.options}
    return _shared(address, lines, line.name, written, baud, lambda: line)


def _shared(
    address: DeviceAddress,
    lines: SharedLines,
    port: str,
    settings: Mapping[str, object],
    baud: int,
    make: Callable[[], Line],
) -> SharedLine:
    try:
        return lines.get(port, settings, baud, make)
    except ValueError as error:
        raise DeviceAddressError(f"{address.url}: {error}") from error


def _usual_baud(address: DeviceAddress) -> int:
    usual = {
        ONBON: onbon.DEFAULT_BAUD,
        MODBUS_TEXT: modbus.DEFAULT_BAUD,
        MODBUS_NUMBER: modbus.DEFAULT_BAUD,
    }
    kind = address.options.get("preset", DEFAULT_PRESET)
    return usual[kind] if kind in usual else _preset(address).baud


def _default_port(address: DeviceAddress) -> int:
    return onbon.DEFAULT_PORT if address.options.get("preset") == ONBON else 0
