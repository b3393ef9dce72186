"""The counter terminal: `python -m counter_terminal --database URL --counter 3`."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from counter_terminal.pad_keys import PadKeys
from counter_terminal.pad_rig import PadRig, PadSettings, pads_of
from counter_terminal.remote import commands_of, question_commands
from counter_terminal.sign_follower import SignFollower
from counter_terminal.standby import open_standby
from counter_terminal.state import Page, Shape, SignHealth
from counter_terminal.typed_keys import TypedKeys
from counter_terminal.view_model import CounterViewModel
from counter_terminal.window import CounterWindow
from hardware.address import DeviceAddressError
from hardware.signs.opening import open_sign
from hardware.signs.sign import SignTexts, WindowSign
from shared.domain.clock import machine_clock
from shared.domain.device_health import DeviceKind
from shared.hall import open_hall
from shared.hall.device_phrases import COUNTER_MACHINE
from shared.hall.late_hall import LateHall
from shared.qt import remote_control, startup
from shared.qt.change_feed import ChangeFeed
from shared.qt.device_reporter import DeviceReporter, beat_for
from shared.qt.fonts import load_fonts
from shared.qt.lanes import Lane
from shared.qt.nightly_learning import NightlyLearning
from shared.qt.scanner_port import ScannerAddress, ScannerPort
from shared.qt.screenshot import grab_command
from shared.qt.store_care import Damage, StoreCare
from shared.settings import Settings, SettingsError, load_settings
from shared.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hardware.status import DeviceStatus

log = logging.getLogger(__name__)

PROGRAM = "counter"
STOP_SECONDS = 0.6
"""For each of the threads in turn: the three together stay under two seconds."""

BAD_USAGE = 2


def run(argv: Sequence[str]) -> int:
    """Run the program until its window is closed; returns its exit code."""
    options = _options(argv)
    try:
        settings = _settings(options)
        sign, pads, scanner = _sign(settings), pads_of(settings), ScannerAddress(settings.scanner)
    except (SettingsError, DeviceAddressError) as error:
        sys.stderr.write(f"{error}\n")
        return BAD_USAGE
    startup.log_to_file(PROGRAM)
    app = startup.make_app(PROGRAM, widgets=True)
    # Turning the window into the bar takes it away for a moment, which must not count as its end.
    app.setQuitOnLastWindowClosed(False)
    terminal = _Terminal(settings, sign, Shape.BAR if options.bar else Shape.DESK)
    window = CounterWindow(terminal.view_model, load_fonts())
    terminal.attach_pads(pads, scanner, window)
    control = None
    if options.remote_control:
        commands = commands_of(terminal.view_model) | question_commands() | grab_command(window)
        control = remote_control.RemoteControl(commands)
        control.start()
    terminal.feed.start()
    terminal.care.start()
    startup.show(window, options)
    code = app.exec()
    terminal.stop()
    return code


@dataclass
class _Terminal:
    """The parts that run behind the window."""

    settings: Settings
    sign: WindowSign | None
    shape: Shape
    store_lane: Lane = field(init=False)
    sign_lane: Lane | None = field(init=False, default=None)
    follower: SignFollower | None = field(init=False, default=None)
    scanner: ScannerPort | None = field(init=False, default=None)
    rigs: list[PadRig] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        clock = machine_clock()
        url, hall_id = self.settings.database_url, self.settings.hall
        self.late_hall = LateHall(lambda: open_hall(url, hall_id, clock=clock))
        self.store_lane = Lane("store")
        self.standby = open_standby(self.settings, clock, self.late_hall)
        self.view_model = CounterViewModel(
            self.late_hall.get,
            self.store_lane,
            clock,
            counter=self.settings.counter,
            language=self.settings.language,
            shape=self.shape,
            keeping=self.standby.keeping if self.standby else None,
        )
        self.feed = ChangeFeed(self.late_hall, clock=clock)
        self.feed.news.connect(self.view_model.take_news)
        self.feed.stale.connect(self.view_model.take_stale)
        if self.standby is not None:
            self.standby.serve(self.view_model, self.feed)
        self.reporter = DeviceReporter(
            self.late_hall.get,
            self.store_lane,
            self._machine,
            beat_ms=beat_for(clock),
            parent=self.view_model,
        )
        self.learning = NightlyLearning(self.late_hall.get, url)
        self.feed.news.connect(self.learning.take_news)
        self.care = StoreCare(self.settings)
        self.care.damaged.connect(self._tell_damage)
        if self.sign is not None:
            self.sign_lane = Lane("sign")
            self.view_model.show_sign_health(SignHealth.UNKNOWN)
            self.follower = SignFollower(self.view_model, self.sign, self.sign_lane, self.view_model)
            self.follower.heard.connect(self._note_sign)

    def attach_pads(self, pads: PadSettings, scanner: ScannerAddress, window: CounterWindow) -> None:
        """Let the counter's pads press keys, and its scanner find tickets."""
        keys = PadKeys(self.view_model, asks=lambda: QApplication.activeModalWidget() is not None)
        if pads.typed is not None or scanner.types:
            typed = TypedKeys(
                window,
                pads.typed,
                scans=scanner.types,
                wanted=lambda: self.view_model.state.page is Page.DESK,
            )
            typed.pressed.connect(keys.press)
            typed.code.connect(self.view_model.scans.scan)
        if scanner.scanner is not None:
            self.scanner = ScannerPort(scanner.scanner, scanner.untold, self.view_model)
            self.scanner.code.connect(self.view_model.scans.scan)
            self.scanner.stood.connect(
                partial(self.reporter.note, "scanner", DeviceKind.SCANNER, scanner.url)
            )
            self.scanner.start()
        for port in pads.ports:
            rig = PadRig(port, self.view_model, keys, self.view_model)
            rig.stood.connect(partial(self.reporter.note, port.kind, DeviceKind.PAD, port.url))
            rig.start()
            self.rigs.append(rig)

    def stop(self) -> None:
        """End the threads and let go of store and sign."""
        self.view_model.stop()
        self.reporter.stop()
        if self.follower is not None:
            self.follower.stop()
        self.feed.stop(STOP_SECONDS)
        self.learning.stop(STOP_SECONDS)
        self.care.stop(STOP_SECONDS)
        for rig in self.rigs:
            rig.stop(STOP_SECONDS)
        if self.scanner is not None:
            self.scanner.stop(STOP_SECONDS)
        if self.standby is not None:
            self.standby.stop(STOP_SECONDS / 3)
        stopped = self.store_lane.stop(STOP_SECONDS)
        if self.sign_lane is not None and self.sign_lane.stop(STOP_SECONDS) and self.sign is not None:
            self.sign.close()
        if stopped:
            self.late_hall.close()

    def _machine(self) -> str | None:
        """This machine's name in the hall; None before its counter is chosen."""
        counter = self.view_model.state.counter
        return None if counter is None else COUNTER_MACHINE.format(number=counter)

    def _tell_damage(self, damage: Damage) -> None:
        self.view_model.take_damage(damage.last_good)

    def _note_sign(self, status: DeviceStatus) -> None:
        self.reporter.note("sign", DeviceKind.SIGN, self.settings.sign, status)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = startup.option_parser(PROGRAM, "The clerk's terminal of one counter.")
    parser.add_argument("--counter", metavar="N", type=int, help="number of this machine's counter")
    parser.add_argument(
        "--sign", metavar="URL", help="the counter's LED sign, e.g. sign+serial:///dev/ttyUSB0"
    )
    parser.add_argument("--pad", metavar="URL", help="the clerk's call pad, e.g. pad+serial:///dev/ttyUSB1")
    parser.add_argument("--rating-pad", metavar="URL", help="the customers' rating pad")
    parser.add_argument("--scanner", metavar="URL", help="the desk's code scanner")
    parser.add_argument("--bar", action="store_true", help="start as the slim bar")
    remote_control.add_option(parser)
    return parser.parse_args(argv)


def _settings(options: argparse.Namespace) -> Settings:
    return load_settings(
        database=options.database,
        hall=options.hall,
        language=options.language,
        counter=options.counter,
        sign=options.sign,
        pad=options.pad,
        rating_pad=options.rating_pad,
        scanner=options.scanner,
    )


def _sign(settings: Settings) -> WindowSign | None:
    """The sign of the settings, in the hall's first language whatever the clerk reads."""
    if not settings.sign:
        return None
    words = Words(Language.ZH)
    texts = SignTexts(paused=words.say("counter-sign-paused"), welcome=words.say("counter-sign-welcome"))
    return open_sign(settings.sign, texts)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
