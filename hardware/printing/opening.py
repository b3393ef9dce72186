"""From a printer's URL in the settings to a printer."""

from __future__ import annotations

from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.lines.file import FileLine
from hardware.lines.line import Line
from hardware.lines.tcp import TcpLine
from hardware.printing.fonts import TicketFont, find_ticket_font
from hardware.printing.paper import DOTS_ACROSS, Cutter, Paper
from hardware.printing.printer import Confirmation, EscposPrinter, Patience, TicketPrinter
from hardware.simulators.bench import SimulatorBench

DEFAULT_PORT = 9100
_OPTIONS = frozenset(
    {
        "width",
        "strip",
        "pad",
        "delay_ms",
        "cutter",
        "feed",
        "confirm",
        "answer_ms",
        "printed_ms",
        "connect_ms",
        "folder",
    }
)


def open_printer(
    url: str, *, font: TicketFont | None = None, bench: SimulatorBench | None = None
) -> TicketPrinter:
    """The printer at a URL: `escpos+tcp://host:9100`, `escpos+file:///path`, `sim://printer/name?folder=/path`.

    Nothing is connected yet. `font` defaults to the best Chinese font on the machine; `bench` is where simulated
    printers stand, so that a window can watch them. Raises DeviceAddressError when the URL is wrong.
    """
    address = DeviceAddress.parse(url)
    address.check_options(_OPTIONS)
    return EscposPrinter(
        _line(address, bench),
        paper_from(address),
        font or find_ticket_font(),
        confirmation=Confirmation(address.choice("confirm", "fence", tuple(Confirmation))),
        patience=Patience(
            address.integer("answer_ms", 1000, 10, 60_000) / 1000,
            address.integer("printed_ms", 8000, 10, 600_000) / 1000,
        ),
    )


def paper_from(address: DeviceAddress) -> Paper:
    """The printer's profile from the URL's options. Raises DeviceAddressError when one is out of bounds."""
    widths = tuple(str(width) for width in DOTS_ACROSS)
    usual = Paper()
    return Paper(
        width_mm=int(address.choice("width", str(usual.width_mm), widths)),
        strip_rows=address.integer("strip", usual.strip_rows, 8, 2000),
        pad_rows=address.integer("pad", usual.pad_rows, 1, 2000),
        strip_delay_ms=address.integer("delay_ms", usual.strip_delay_ms, 0, 5000),
        cutter=Cutter(address.choice("cutter", usual.cutter, tuple(Cutter))),
        feed_lines=address.integer("feed", usual.feed_lines, 0, 30),
    )


def _line(address: DeviceAddress, bench: SimulatorBench | None) -> Line:
    match address.family, address.transport:
        case "escpos", "tcp" if address.host:
            connect_s = address.integer("connect_ms", 3000, 10, 60_000) / 1000
            return TcpLine(address.host, address.port or DEFAULT_PORT, connect_s)
        case "escpos", "file" if address.path and not address.host:
            return FileLine(Path(address.path), ".escpos", folder=address.path.endswith("/"))
        case "sim", "" if address.host == "printer":
            folder = address.options.get("folder")
            return (bench or SimulatorBench()).printer_line(
                address.simulator_name, paper_from(address).dots, Path(folder) if folder else None
            )
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such printer; use escpos+tcp://host:9100, escpos+file:///path or sim://printer/name"
            )
