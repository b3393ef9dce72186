"""The pads of this counter, from their addresses in the settings to the keys that they press."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hardware.pads.opening import open_pad, typed_map
from hardware.status import Health
from shared.qt.device_listener import MOST_UNTOLD, DeviceListener
from shared.qt.lanes import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.pad_keys import PadKeys
    from counter_terminal.view_model import CounterViewModel
    from hardware.pads.events import PadEvent
    from hardware.pads.key_map import PadMap
    from hardware.pads.pad import CallPad
    from hardware.status import DeviceStatus
    from shared.settings import Settings


@dataclass(frozen=True, slots=True)
class PadPort:
    """A pad and where its keys wait until they are told. `kind` is the setting that names it."""

    kind: str
    url: str
    pad: CallPad
    untold: deque[PadEvent]
    rates: bool


@dataclass(frozen=True, slots=True)
class PadSettings:
    """The pads on lines, and the key map of one that types."""

    ports: tuple[PadPort, ...] = ()
    typed: PadMap | None = None


def pads_of(settings: Settings) -> PadSettings:
    """The pads in the settings; nothing is opened yet. Raises DeviceAddressError."""
    typed = typed_map(settings.pad) if settings.pad else None
    ports = []
    if settings.pad and typed is None:
        ports.append(_port("pad", settings.pad, rates=settings.pad == settings.rating_pad))
    if settings.rating_pad and settings.rating_pad != settings.pad:
        ports.append(_port("rating_pad", settings.rating_pad, rates=True))
    return PadSettings(tuple(ports), typed)


def _port(kind: str, url: str, *, rates: bool) -> PadPort:
    untold: deque[PadEvent] = deque(maxlen=MOST_UNTOLD)
    return PadPort(kind, url, open_pad(url, untold.append), untold, rates)


class PadRig(QObject):
    """One pad on a lane of its own: its keys go to `keys`, and it shows the ticket and how many wait.

    `stood` carries its `DeviceStatus` when that has changed.
    """

    stood = Signal(object)

    def __init__(
        self, port: PadPort, view_model: CounterViewModel, keys: PadKeys, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._port = port
        self._view_model = view_model
        self._lane = Lane(port.kind)
        self._listener = DeviceListener(port.pad, port.untold, self._lane, self)
        self._shown: tuple[int, int] | None = None
        self._down = False
        self._listener.heard.connect(keys.press)
        self._listener.stood.connect(self._take_status)
        view_model.changed.connect(self._follow)
        if port.rates:
            view_model.ratings.asks = True
            view_model.ratings.invited.connect(self._invite)

    def start(self) -> None:
        """Begin to listen."""
        self._listener.start()
        self._follow()

    def stop(self, timeout_s: float) -> None:
        """Listen no more and let go of the pad."""
        self._listener.stop()
        if self._lane.stop(timeout_s):
            self._port.pad.close()

    def _take_status(self, status: DeviceStatus) -> None:
        down = status.health is Health.DOWN
        if self._down and not down:
            # A pad that lost its power has forgotten what it showed.
            self._shown = None
        self._down = down
        self.stood.emit(status)
        self._follow()

    def _follow(self) -> None:
        state = self._view_model.state
        if self._down or state.snapshot is None or self._port.kind != "pad":
            return
        shown = (0 if state.ticket is None else state.ticket.ordinal, len(state.waiting))
        if shown != self._shown:
            self._shown = shown
            self._tell(lambda pad: _show(pad, *shown))

    def _invite(self) -> None:
        self._tell(lambda pad: pad.beep(pad.address))

    def _tell(self, step: Callable[[CallPad], DeviceStatus]) -> None:
        self._listener.tell(lambda: step(self._port.pad))


def _show(pad: CallPad, ordinal: int, people: int) -> DeviceStatus:
    pad.show_ticket(pad.address, ordinal)
    return pad.show_waiting(pad.address, people)
