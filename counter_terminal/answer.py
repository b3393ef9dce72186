"""What a command's answer tells of the hall: enough to show what was done before the hall's next picture comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from shared.domain.counter import CounterState
from shared.domain.picture_after import picture_after
from shared.domain.ticket import OPEN, Command, Ticket, allows
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

    def is_told_by(self, picture: HallSnapshot) -> bool:
        """Whether a picture shows what the command did; True also when the result does not tell enough to see it."""
        match self.result:
            case None if self.freed is not None:
                return picture.counter(self.freed).ticket is None
            case Ticket() as ticket:
                return _tells(picture, ticket)
            case Undone(tickets=tickets):
                return all(_tells(picture, ticket) for ticket in tickets)
            case CounterState() as state:
                return picture.counter(state.number).state == state
            case _:
                return True


def _tells(picture: HallSnapshot, ticket: Ticket) -> bool:
    at_counters = (line.ticket for line in picture.counters if line.ticket is not None)
    shown = (*picture.waiting, *picture.held, *picture.no_shows, *at_counters)
    same = next((other for other in shown if other.id == ticket.id), None)
    if same is None:
        return ticket.state not in OPEN and not allows(Command.RETURN, ticket)
    return (same.state, same.counter) == (ticket.state, ticket.counter)
