"""From a pad's URL in the settings to a pad."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.line import Line
from hardware.lines.opening import PATIENCE_OPTIONS, SERIAL_OPTIONS, serial_line, tcp_line
from hardware.pads.events import PadEvent
from hardware.pads.key_map import PadMap, PadMapError, PadProtocol, load_map
from hardware.pads.pad import CallPad
from hardware.pads.scanner import CodeScanner
from hardware.simulators.bench import SimulatorBench
from hardware.status import OK, DeviceStatus, Health

DEFAULT_MAP = "call_pad_21"
_TYPED_MAP = "keyboard_digits"
_SCANNER_BAUD = 9600
_OPTIONS = frozenset({"map", "address"}) | SERIAL_OPTIONS | PATIENCE_OPTIONS


def open_pad(
    url: str,
    on_event: Callable[[PadEvent], None],
    *,
    bench: SimulatorBench | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> CallPad:
    """The pad at a URL: `pad+serial:///dev/ttyUSB0?map=call_pad_21`, `pad+tcp://host:port`, `sim://pad/1`.

    A pad that types into the window (`pad+keyboard://`) has no line to open: see `typed_map`.

    Nothing is opened yet. `on_event` is called within `CallPad.poll`; `bench` is where simulated pads stand. Raises
    DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    address.check_options(_OPTIONS)
    pad_map = _map(address, DEFAULT_MAP)
    line = _line(address, pad_map.baud, bench)
    return CallPad(
        line, pad_map, on_event, address=address.integer("address", 1, 0, 255), monotonic=monotonic
    )


def open_scanner(
    url: str,
    on_code: Callable[[str], None],
    *,
    bench: SimulatorBench | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> CodeScanner:
    """The scanner at a URL: `scan+serial:///dev/ttyACM0`, `scan+tcp://host:port`, `sim://scanner/1`.

    Nothing is opened yet. `on_code` is called within `poll`. A scanner that types (`scan+keyboard://`) has no line to
    open: see `is_typing_scanner`. Raises DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    address.check_options(SERIAL_OPTIONS | PATIENCE_OPTIONS)
    line: Line
    match address.family, address.transport:
        case "scan", "serial" if address.host or address.path:
            line = serial_line(address, _SCANNER_BAUD)
        case "scan", "tcp" if address.host and address.port:
            line = tcp_line(address, address.port, stays=True)
        case "sim", "" if address.host == "scanner":
            line = (bench or SimulatorBench()).pad_line(f"scanner-{address.simulator_name}")
        case _:
            raise DeviceAddressError(
                f"{url}: no such scanner; use scan+serial:///dev/ttyACM0, scan+tcp://host:port or scan+keyboard://"
            )
    return CodeScanner(line, on_code, monotonic=monotonic)


def reach_listener(url: str) -> DeviceStatus:
    """Open the line of a pad or scanner and let it go: silence is how it should be. What types needs no line.

    Raises DeviceAddressError when the URL is wrong.
    """
    if typed_map(url) is not None or is_typing_scanner(url):
        return OK
    scans = DeviceAddress.parse(url).family == "scan" or url.startswith("sim://scanner/")
    device = open_scanner(url, _unheard) if scans else open_pad(url, _unheard)
    status = device.poll()
    device.close()
    return status if status.health is Health.DOWN else OK


def _unheard(_: object) -> None:
    """What is pressed while a line is only looked at means nothing."""


def is_typing_scanner(url: str) -> bool:
    """Whether this is `scan+keyboard://`, a scanner that types like a keyboard. DeviceAddressError for a wrong URL."""
    address = DeviceAddress.parse(url)
    if (address.family, address.transport) != ("scan", "keyboard"):
        return False
    address.check_options(frozenset())
    return True


def typed_map(url: str) -> PadMap | None:
    """The key map of `pad+keyboard://?map=…`, a pad that types like a keyboard; None for a pad with a line of its own.

    Raises DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    if (address.family, address.transport) != ("pad", "keyboard"):
        return None
    address.check_options(frozenset({"map"}))
    pad_map = _map(address, _TYPED_MAP)
    if pad_map.protocol is not PadProtocol.TYPED:
        raise DeviceAddressError(f'{url}: a pad that types needs a key map with protocol = "typed"')
    return pad_map


def _map(address: DeviceAddress, usual: str) -> PadMap:
    try:
        return load_map(address.options.get("map", usual))
    except PadMapError as error:
        raise DeviceAddressError(f"{address.url}: {error}") from error


def _line(address: DeviceAddress, baud: int, bench: SimulatorBench | None) -> Line:
    match address.family, address.transport:
        case "pad", "serial" if address.host or address.path:
            return serial_line(address, baud)
        case "pad", "tcp" if address.host and address.port:
            return tcp_line(address, address.port, stays=True)
        case "sim", "" if address.host == "pad":
            return (bench or SimulatorBench()).pad_line(address.simulator_name)
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such pad; use pad+serial:///dev/ttyUSB0?map=…, pad+tcp://host:port or sim://pad/name"
            )
