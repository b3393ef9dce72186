"""From a pad's URL in the settings to a pad."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.line import Line
from hardware.lines.opening import PATIENCE_OPTIONS, SERIAL_OPTIONS, serial_line, tcp_line
from hardware.pads.events import PadEvent
from hardware.pads.key_map import PadMapError, load_map
from hardware.pads.pad import CallPad
from hardware.simulators.bench import SimulatorBench

DEFAULT_MAP = "call_pad_21"
_OPTIONS = frozenset({"map"}) | SERIAL_OPTIONS | PATIENCE_OPTIONS


def open_pad(
    url: str,
    on_event: Callable[[PadEvent], None],
    *,
    bench: SimulatorBench | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> CallPad:
    """The pad at a URL: `pad+serial:///dev/ttyUSB0?map=call_pad_21`, `pad+tcp://host:port`, `sim://pad/1`.

    Nothing is opened yet. `on_event` is called within `CallPad.poll`; `bench` is where simulated pads stand. Raises
    DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    address.check_options(_OPTIONS)
    try:
        pad_map = load_map(address.options.get("map", DEFAULT_MAP))
    except PadMapError as error:
        raise DeviceAddressError(f"{url}: {error}") from error
    return CallPad(_line(address, pad_map.baud, bench), pad_map, on_event, monotonic=monotonic)


def _line(address: DeviceAddress, baud: int, bench: SimulatorBench | None) -> Line:
    match address.family, address.transport:
        case "pad", "serial" if address.host or address.path:
            return serial_line(address, baud)
        case "pad", "tcp" if address.host and address.port:
            return tcp_line(address, address.port)
        case "sim", "" if address.host == "pad":
            return (bench or SimulatorBench()).pad_line(address.simulator_name)
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such pad; use pad+serial:///dev/ttyUSB0?map=…, pad+tcp://host:port or sim://pad/name"
            )
