"""From a printer's URL in the settings to a printer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.gbk import ENCODINGS
from hardware.lines.device_file import DeviceFileLine
from hardware.lines.line import Line
from hardware.lines.opening import (
    PATIENCE_OPTIONS,
    SERIAL_OPTIONS,
    file_line,
    serial_line,
    tcp_line,
    write_s,
)
from hardware.lines.print_queue import PrintQueueLine
from hardware.lines.usb_printer import UsbPrinterLine
from hardware.printing.fonts import TicketFont, find_ticket_font
from hardware.printing.paper import DOTS_ACROSS, Cutter, Paper, QrBy, Rendering
from hardware.printing.paper_gauge import LEAST_WARNING, USUAL_TICKETS_LEFT, PaperGauge
from hardware.printing.printer import Confirmation, EscposPrinter, Patience, TicketPrinter
from hardware.printing.profile import PROFILE_OPTIONS, ProfileError, load_profile
from hardware.simulators.bench import SimulatorBench

DEFAULT_PORT = 9100
DEFAULT_BAUD = 9600
SLOW_BAUD = 19_200
"""Up to here a picture takes so long that text is the better ticket: 48 s at 9600 baud."""

_OPTIONS = (
    frozenset({"profile", "answer_ms", "printed_ms", "folder", "serial"})
    | PROFILE_OPTIONS
    | SERIAL_OPTIONS
    | PATIENCE_OPTIONS
)


def open_printer(
    url: str, *, font: TicketFont | None = None, bench: SimulatorBench | None = None
) -> TicketPrinter:
    """The printer at a URL: `escpos+tcp://host:9100`, `escpos+serial:///dev/ttyUSB0`, `escpos+usb:///dev/usb/lp0`,
    `escpos+usb://04b8:0202`, `escpos+queue://NAME`, `escpos+file:///path`, `sim://printer/name?folder=/path`.

    Nothing is connected yet. `font` defaults to the best Chinese font on the machine; `bench` is where simulated
    printers stand, so that a window can watch them. Raises DeviceAddressError when the URL is wrong.
    """
    address = with_profile(DeviceAddress.parse(url))
    return EscposPrinter(
        _line(address, bench),
        paper_from(address),
        font or find_ticket_font(),
        confirmation=Confirmation(address.choice("confirm", "fence", tuple(Confirmation))),
        patience=Patience(
            address.integer("answer_ms", 1000, 10, 60_000) / 1000,
            address.integer("printed_ms", 8000, 10, 600_000) / 1000,
        ),
        gauge=_gauge(address),
    )


def _gauge(address: DeviceAddress) -> PaperGauge:
    """Refuses a sensor that would warn too late, unless whole rolls are counted too."""
    low = address.integer("low_tickets", USUAL_TICKETS_LEFT, 1, 10_000)
    roll = address.integer("roll_tickets", 0, 0, 100_000)
    if low < LEAST_WARNING and not roll:
        raise DeviceAddressError(
            f"{address.url}: {low} tickets are too few to fetch a roll; also give roll_tickets, the tickets of a roll"
        )
    return PaperGauge(low, roll)


def with_profile(address: DeviceAddress) -> DeviceAddress:
    """The address with its profile's options filled in; the URL's own go first. Raises DeviceAddressError."""
    address.check_options(_OPTIONS)
    if "profile" not in address.options:
        return address
    try:
        profile = load_profile(address.options["profile"])
    except ProfileError as error:
        raise DeviceAddressError(f"{address.url}: {error}") from error
    return replace(address, options={**profile, **address.options})


def paper_from(address: DeviceAddress) -> Paper:
    """What the printer can do, from the URL's options. Raises DeviceAddressError when one is out of bounds."""
    widths = tuple(str(width) for width in DOTS_ACROSS)
    usual = Paper()
    return Paper(
        width_mm=int(address.choice("width", str(usual.width_mm), widths)),
        strip_rows=address.integer("strip", usual.strip_rows, 8, 2000),
        pad_rows=address.integer("pad", usual.pad_rows, 1, 2000),
        strip_delay_ms=address.integer("delay_ms", usual.strip_delay_ms, 0, 5000),
        cutter=Cutter(address.choice("cutter", usual.cutter, tuple(Cutter))),
        feed_lines=address.integer("feed", usual.feed_lines, 0, 30),
        rendering=Rendering(address.choice("render", _usual_rendering(address), tuple(Rendering))),
        encoding=address.choice("encoding", usual.encoding, ENCODINGS),
        qr=QrBy(address.choice("qr", usual.qr, tuple(QrBy))),
    )


def _usual_rendering(address: DeviceAddress) -> Rendering:
    is_slow = address.integer("baud", DEFAULT_BAUD, 50, 4_000_000) <= SLOW_BAUD
    return Rendering.TEXT if address.transport == "serial" and is_slow else Rendering.RASTER


def _line(address: DeviceAddress, bench: SimulatorBench | None) -> Line:
    match address.family, address.transport:
        case "escpos", "tcp" if address.host:
            return tcp_line(address, DEFAULT_PORT)
        case "escpos", "serial" if address.host or address.path:
            return serial_line(address, DEFAULT_BAUD)
        case "escpos", "usb" if address.host or address.path:
            return _usb_line(address)
        case "escpos", "queue" if address.host:
            return PrintQueueLine(address.host)
        case "escpos", "file" if address.path and not address.host:
            return file_line(address, ".escpos")
        case "sim", "" if address.host == "printer":
            folder = address.options.get("folder")
            return (bench or SimulatorBench()).printer_line(
                address.simulator_name, paper_from(address).dots, Path(folder) if folder else None
            )
        case _:
            raise DeviceAddressError(
                f"{address.url}: no such printer; use escpos+tcp://host:9100, escpos+serial:///dev/ttyUSB0, "
                "escpos+usb:///dev/usb/lp0, escpos+usb://04b8:0202, escpos+queue://NAME, escpos+file:///path or "
                "sim://printer/name"
            )


def _usb_line(address: DeviceAddress) -> Line:
    patience_s = write_s(address, 5000)
    if not address.host:
        return DeviceFileLine(address.path, write_s=patience_s)
    numbers = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", address.place)
    if numbers is None:
        raise DeviceAddressError(f"{address.url}: write vendor and product as escpos+usb://04b8:0202")
    vendor, product = (int(number, 16) for number in numbers.groups())
    return UsbPrinterLine(vendor, product, address.options.get("serial"), write_s=patience_s)
