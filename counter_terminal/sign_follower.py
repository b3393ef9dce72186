"""Keeps the counter's LED sign in step with the counter, on a lane of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_terminal.state import SignHealth
from hardware.status import Health
from shared.domain.counter import CounterStatus
from shared.domain.ticket import TicketState

if TYPE_CHECKING:
    from counter_terminal.one_press import Worker
    from counter_terminal.state import TerminalState
    from counter_terminal.view_model import CounterViewModel
    from hardware.signs.sign import WindowSign
    from hardware.status import DeviceStatus

REFRESH_MS = 1000

_HEALTH = {
    Health.OK: SignHealth.OK,
    Health.ATTENTION: SignHealth.OK,
    Health.UNKNOWN: SignHealth.UNKNOWN,
    Health.DOWN: SignHealth.DOWN,
}


@dataclass(frozen=True, slots=True)
class SignFace:
    """What the sign should show: a number, or that the counter is paused or free. A new call is a new face."""

    number: str = ""
    counter: str = ""
    calls: int = 0
    paused: bool = False


def face_of(state: TerminalState) -> SignFace | None:
    """What the sign should show; None while nothing is known of the hall."""
    ticket = state.ticket
    if state.snapshot is None or state.counter is None:
        return None
    if ticket is not None and ticket.state in {TicketState.CALLED, TicketState.SERVING}:
        return SignFace(ticket.number, str(state.counter), ticket.calls)
    return SignFace(paused=state.counter_status is not CounterStatus.OPEN)


class SignFollower(QObject):
    """Sends the latest face only: while a dead sign times out, the faces in between are of no use to anybody.

    `heard` carries the sign's `DeviceStatus` after each.
    """

    heard = Signal(object)

    def __init__(
        self,
        view_model: CounterViewModel,
        sign: WindowSign,
        worker: Worker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._sign = sign
        self._worker = worker
        self._sent: SignFace | None = None
        self._busy = False
        self._refresh = QTimer(self, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._keep_alive)
        self._refresh.start()
        view_model.changed.connect(self._follow)
        self._follow()

    def stop(self) -> None:
        """Leave the sign as it is."""
        self._refresh.stop()

    def _follow(self) -> None:
        face = face_of(self._view_model.state)
        if face is None or face == self._sent or self._busy:
            return
        self._sent = face
        self._submit(face)

    def _keep_alive(self) -> None:
        if not self._busy and self._sent is not None:
            self._submit(None)

    def _submit(self, face: SignFace | None) -> None:
        self._busy = True
        self._worker.submit(lambda: _show(self._sign, face), self._shown, self._broke)

    def _shown(self, status: DeviceStatus) -> None:
        self._busy = False
        self._view_model.show_sign_health(_HEALTH[status.health])
        self.heard.emit(status)
        self._follow()

    def _broke(self, _error: Exception) -> None:
        self._busy = False
        self._view_model.show_sign_health(SignHealth.DOWN)


def _show(sign: WindowSign, face: SignFace | None) -> DeviceStatus:
    if face is None:
        return sign.refresh()
    if face.number:
        return sign.show_call(face.number, face.counter)
    return sign.show_paused() if face.paused else sign.show_welcome()
