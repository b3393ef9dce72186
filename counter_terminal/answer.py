"""What a command's answer tells of the hall: enough to show what was done before the hall's next picture comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from shared.domain.counter import CounterState
from shared.domain.picture_after import picture_after
from shared.domain.ticket import Ticket
from shared.hall.queueing import Undone

if TYPE_CHECKING:
    from shared.domain.snapshot import HallSnapshot
    from shared.hall.command_runner import LogPlace

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """What a command gave and where it ended in the log; `freed` is the counter whose ticket it ended."""

    result: T_co
    place: LogPlace | None
    freed: int | None = None

    def shown_in(self, picture: HallSnapshot, seq: int) -> HallSnapshot | None:
        """The picture after the command, which is at `seq` in the log; None when the result does not tell enough."""
        match self.result:
            case None if self.freed is not None:
                return picture_after(picture, seq, freed=self.freed)
            case Ticket() as ticket:
                return picture_after(picture, seq, (ticket,), freed=self.freed)
            case Undone(tickets=tickets) if tickets:
                return picture_after(picture, seq, tickets)
            case CounterState() as state:
                return picture_after(picture, seq, state=state)
            case _:
                return None
