"""The ticket machine's composition root: `python -m kiosk`, or `jiaohao kiosk`."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from hardware.address import DeviceAddressError
from hardware.printing.opening import open_printer
from hardware.printing.printer import TicketPrinter
from kiosk.presenter import Look
from kiosk.print_rig import PrintRig
from kiosk.qr_provider import PROVIDER, QrProvider
from kiosk.remote_commands import remote_commands
from kiosk.scanning import attach_scanner
from kiosk.standby import KioskStandby, open_standby
from kiosk.ticket_office import TicketOffice
from kiosk.view_model import KioskViewModel
from shared.domain.clock import machine_clock
from shared.hall import open_hall
from shared.hall.late_hall import LateHall
from shared.qt import remote_control, startup
from shared.qt.change_feed import ChangeFeed
from shared.qt.device_reporter import DeviceReporter, beat_for
from shared.qt.fonts import load_fonts
from shared.qt.lanes import Lane
from shared.qt.nightly_learning import NightlyLearning
from shared.qt.qml_window import open_qml
from shared.qt.remote_control import RemoteControl
from shared.qt.scanner_port import ScannerAddress, ScannerPort
from shared.qt.screenshot import grab_command
from shared.qt.sizes import MM_PER_INCH, Screen
from shared.qt.store_care import StoreCare
from shared.settings import Settings, SettingsError

PROGRAM = "kiosk"
QML = Path(__file__).with_name("qml")
USUAL_SIZE = (1080, 1920)
USUAL_INCHES = 32.0
USUAL_LANDSCAPE_INCHES = 21.5
STOP_S = 1.0
_CREDIBLE_INCHES = range(7, 110)


def run(argv: Sequence[str]) -> int:
    """Run the kiosk until it is closed; 2 when the settings make no sense."""
    options = _parser().parse_args(argv)
    try:
        settings = startup.settings_for(options)
        name = options.name or settings.kiosk
        url = options.printer or settings.printer
        printer = open_printer(url) if url else None
        scanner = ScannerAddress(options.scanner or settings.scanner)
    except (SettingsError, DeviceAddressError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - before there is a log or a window, this is where a person looks
        return 2
    startup.log_to_file(PROGRAM)
    app = startup.make_app(PROGRAM, widgets=False)
    return _run_window(app, options, settings, name, printer, url, scanner)


def _parser() -> argparse.ArgumentParser:
    parser = startup.option_parser(PROGRAM, "The customers' ticket machine.")
    parser.add_argument("--name", help="name of this ticket machine, as print jobs are addressed")
    parser.add_argument(
        "--printer", metavar="URL", help="ticket printer, e.g. escpos+tcp://192.168.1.50:9100"
    )
    parser.add_argument("--scanner", metavar="URL", help="code scanner, e.g. scan+serial:///dev/ttyACM0")
    remote_control.add_option(parser)
    return parser


def _run_window(
    app: QGuiApplication,
    options: argparse.Namespace,
    settings: Settings,
    name: str,
    printer: TicketPrinter | None,
    printer_url: str,
    scanner: ScannerAddress,
) -> int:
    clock = machine_clock()
    hall = LateHall(lambda: open_hall(settings.database_url, settings.hall, clock=clock))
    store_lane, printer_lane = Lane("store"), Lane("printer")
    office = TicketOffice(hall.get, store_lane, name if printer else None)
    standby = open_standby(settings, name, clock, hall, office, prints=printer is not None)
    look = Look(_screen(app, options, settings), load_fonts(), moves=settings.motion)
    view = KioskViewModel(
        standby.office if standby else office,
        look,
        clock,
        prints=printer is not None,
        language=settings.language,
        check_in=office,
    )
    feed = ChangeFeed(hall, clock=clock)
    feed.news.connect(view.receive)
    feed.stale.connect(view.lose_link)
    if standby is not None:
        standby.serve(view, feed)
    reporter = DeviceReporter(hall.get, store_lane, lambda: name, beat_ms=beat_for(clock), parent=view)
    learning = NightlyLearning(hall.get, settings.database_url)
    feed.news.connect(learning.take_news)
    care = StoreCare(settings)
    rig: PrintRig | None = None
    if printer is not None:
        rig = PrintRig(
            hall.get,
            printer,
            name,
            printer_url,
            reporter,
            store_lane=store_lane,
            printer_lane=printer_lane,
            may_print=lambda: standby is None or standby.may_print(),
            parent=view,
        )
        rig.heard.connect(view.hear_of_printer)
        rig.settled.connect(view.hear_of_paper)
        if standby is None:
            view.ticket_issued.connect(rig.look)
            feed.news.connect(rig.follow)
        else:
            standby.print_beside(rig)
    window = open_qml(QML / "Hall" / "Kiosk" / "Main.qml", {"view": view}, import_paths=[QML])
    window.engine.addImageProvider(PROVIDER, QrProvider())
    scanning = attach_scanner(scanner, view, window.window, reporter)
    if options.remote_control:
        RemoteControl(remote_commands(view) | grab_command(window.window), parent=view).start()
    window.window.resize(*(options.geometry or USUAL_SIZE))
    startup.show(window.window, options)
    feed.start()
    care.start()
    exit_code = app.exec()
    view.stop()
    reporter.stop()
    if rig is not None:
        rig.stop()
    _stop_in_time(*scanning, feed, learning, care, store_lane, printer_lane, *([standby] if standby else []))
    if printer is not None:
        printer.close()
    hall.close()
    window.close()
    return exit_code


def _stop_in_time(
    *parts: ChangeFeed | NightlyLearning | StoreCare | Lane | ScannerPort | KioskStandby,
) -> None:
    """Stop all of them within `STOP_S` together: a store or a printer that hangs must not hold up the end."""
    end = time.monotonic() + STOP_S
    for part in parts:
        part.stop(max(0.1, end - time.monotonic()))


def _screen(app: QGuiApplication, options: argparse.Namespace, settings: Settings) -> Screen:
    """Return the screen: as the installer measured it, else as it reports itself, else a usual kiosk's.

    A window that does not fill the screen is drawn as a usual kiosk's screen would be.
    """
    width, height = options.geometry or USUAL_SIZE
    if options.fullscreen:
        size = app.primaryScreen().size()
        width, height = size.width(), size.height()
    usual = USUAL_INCHES if height > width else USUAL_LANDSCAPE_INCHES
    reported = app.primaryScreen().physicalSize()
    inches = math.hypot(reported.width(), reported.height()) / MM_PER_INCH
    if not options.fullscreen or round(inches) not in _CREDIBLE_INCHES:
        inches = usual
    return Screen(width, height, settings.screen_inches or inches)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
