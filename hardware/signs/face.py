"""What a window sign should show of its counter: a number, or that the counter is paused, or free."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.signs.sign import WindowSign
from hardware.status import DeviceStatus
from shared.domain.counter import CounterStatus
from shared.domain.snapshot import CounterLine
from shared.domain.ticket import AT_COUNTER


@dataclass(frozen=True, slots=True)
class SignFace:
    """A number at a counter, or that the counter is paused or free. A new call is a new face."""

    number: str = ""
    counter: str = ""
    calls: int = 0
    paused: bool = False


def face_of(line: CounterLine) -> SignFace:
    """The face of a counter as it is now; a counter that is closed shows the same as one that is paused."""
    ticket = line.ticket
    if ticket is not None and ticket.state in AT_COUNTER:
        return SignFace(ticket.number, str(line.plan.number), ticket.calls)
    return SignFace(paused=line.state.status is not CounterStatus.OPEN)


def show_face(sign: WindowSign, face: SignFace) -> DeviceStatus:
    """Show a face on a sign."""
    if face.number:
        return sign.show_call(face.number, face.counter)
    return sign.show_paused() if face.paused else sign.show_welcome()
