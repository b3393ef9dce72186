"""The signs on this machine's lines: window signs of several counters, as on one RS-485 line, and a summary sign.

A sign at a counter's own computer is the counter terminal's; these are for halls where one computer drives them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Slot

from hardware.signs.face import SignFace, face_of
from hardware.signs.opening import open_sign
from hardware.signs.shared_lines import SharedLines
from hardware.signs.sign import SignTexts, WindowSign
from hardware.simulators.bench import SimulatorBench
from hardware.status import DeviceStatus
from shared.domain.device_health import DeviceKind
from shared.domain.snapshot import HallSnapshot
from shared.hall.device_phrases import COUNTER_SIGN
from shared.qt.device_reporter import DeviceReporter
from shared.qt.lanes import Lane
from shared.qt.sign_keeper import SignKeeper
from shared.words import Words

SUMMARY = "summary-sign"
"""The summary sign's name among the devices of its machine."""

STOP_S = 0.3


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the settings: those of counters by number, and the summary sign."""

    windows: Mapping[int, tuple[str, WindowSign]]
    summary: tuple[str, WindowSign] | None


def signs_of(
    windows: Mapping[int, str], summary: str, words: Words, bench: SimulatorBench | None = None
) -> Signs:
    """The signs at their URLs; those on one serial port share it, simulated ones stand on the bench.

    Raises DeviceAddressError.
    """
    lines = SharedLines()
    paused, welcome = words.say("counter-sign-paused"), words.say("counter-sign-welcome")
    texts = SignTexts(paused=paused, welcome=welcome)
    # The braces are filled in by the sign, with each call.
    call = words.say("lobby-summary-sign", number="{number}", counter="{counter}")
    summary_texts = SignTexts(call=call, paused=paused, welcome=welcome)
    return Signs(
        {number: (url, open_sign(url, texts, lines=lines, bench=bench)) for number, url in windows.items()},
        (summary, open_sign(summary, summary_texts, lines=lines, bench=bench, summary=True))
        if summary
        else None,
    )


class HallSigns(QObject):
    """Follows the hall. Signs on one line share a lane, so a dead line holds up nobody but itself."""

    def __init__(self, signs: Signs, reporter: DeviceReporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reporter = reporter
        self._lanes: dict[str, Lane] = {}
        self._windows = {
            number: self._keeper(COUNTER_SIGN.format(number=number), DeviceKind.SIGN, *named)
            for number, named in signs.windows.items()
        }
        self._summary = None
        if signs.summary is not None:
            self._summary = self._keeper(SUMMARY, DeviceKind.SUMMARY_SIGN, *signs.summary, every=True)
        self._shown: tuple[date, int] | None = None

    @Slot(object)
    def take_news(self, snapshot: HallSnapshot) -> None:
        """Show each counter's face, and every call since the last news on the summary sign."""
        for line in snapshot.counters:
            if line.plan.number in self._windows:
                self._windows[line.plan.number].want(face_of(line))
        if self._summary is not None:
            self._tell_summary(self._summary, snapshot)

    def stop(self) -> None:
        """Leave the signs as they are."""
        for keeper in (*self._windows.values(), *([self._summary] if self._summary else ())):
            keeper.stop()
        for lane in self._lanes.values():
            lane.stop(STOP_S)

    def _tell_summary(self, summary: SignKeeper, snapshot: HallSnapshot) -> None:
        newest = (snapshot.day, max((call.seq for call in snapshot.calls), default=0))
        shown, self._shown = self._shown, newest
        if shown is None or shown[0] != newest[0]:
            summary.want(SignFace())
            return
        for call in sorted(snapshot.calls, key=lambda call: call.seq):
            if call.seq > shown[1]:
                summary.want(SignFace(call.number, str(call.counter), call.seq))

    def _keeper(
        self, device: str, kind: DeviceKind, url: str, sign: WindowSign, *, every: bool = False
    ) -> SignKeeper:
        if sign.name not in self._lanes:
            self._lanes[sign.name] = Lane(f"sign {sign.name}")
        keeper = SignKeeper(sign, self._lanes[sign.name], self, every=every)
        keeper.heard.connect(partial(self._note, device, kind, url))
        return keeper

    def _note(self, device: str, kind: DeviceKind, url: str, status: DeviceStatus) -> None:
        self._reporter.note(device, kind, url, status)
