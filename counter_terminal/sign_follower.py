"""Keeps the counter's LED sign in step with the counter, on a lane of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_terminal.state import SignHealth
from hardware.signs.face import SignFace, face_of
from hardware.status import Health
from shared.qt.sign_keeper import SignKeeper

if TYPE_CHECKING:
    from counter_terminal.one_press import Worker
    from counter_terminal.state import TerminalState
    from counter_terminal.view_model import CounterViewModel
    from hardware.signs.sign import WindowSign
    from hardware.status import DeviceStatus

_HEALTH = {
    Health.OK: SignHealth.OK,
    Health.ATTENTION: SignHealth.OK,
    Health.UNKNOWN: SignHealth.UNKNOWN,
    Health.DOWN: SignHealth.DOWN,
}


def face_at(state: TerminalState) -> SignFace | None:
    """What the terminal's sign should show; None while nothing is known of the hall."""
    if state.snapshot is None or state.counter is None:
        return None
    return face_of(state.snapshot.counter(state.counter))


class SignFollower(QObject):
    """Follows the terminal's state; `heard` carries the sign's `DeviceStatus` after each face."""

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
        self._keeper = SignKeeper(sign, worker, self)
        self._keeper.heard.connect(self._hear)
        view_model.changed.connect(self._follow)
        self._follow()

    def stop(self) -> None:
        """Leave the sign as it is."""
        self._keeper.stop()

    def _follow(self) -> None:
        face = face_at(self._view_model.state)
        if face is not None:
            self._keeper.want(face)

    def _hear(self, status: DeviceStatus) -> None:
        self._view_model.show_sign_health(_HEALTH[status.health])
        self.heard.emit(status)
