"""A picture of the hall after a command, as far as the command's own answer tells; good until the next one comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import order
from shared.domain.snapshot import CounterLine, HallSnapshot
from shared.domain.ticket import AT_COUNTER, Command, Ticket, TicketState, allows


def picture_after(
    picture: HallSnapshot,
    seq: int,
    tickets: Iterable[Ticket] = (),
    *,
    freed: int | None = None,
    state: CounterState | None = None,
) -> HallSnapshot:
    """The picture with these tickets where they are now; counter `freed` has let its ticket go, `state` is a counter's.

    `seq` is the place of the command in the day's log. Quotes, latest calls and papers stay as they were: the answer
    does not tell them.
    """
    if freed is not None:
        picture = replace(picture, counters=tuple(_let_go(line, freed) for line in picture.counters))
    for ticket in tickets:
        picture = _placed(picture, ticket)
    if state is not None:
        lines = (
            replace(line, state=state) if line.plan.number == state.number else line
            for line in picture.counters
        )
        picture = replace(picture, counters=tuple(lines))
    return replace(picture, seq=seq)


def _let_go(line: CounterLine, counter: int) -> CounterLine:
    return replace(line, ticket=None) if line.plan.number == counter else line


def _placed(picture: HallSnapshot, ticket: Ticket) -> HallSnapshot:
    waiting, held, no_shows = (
        [other for other in group if other.id != ticket.id]
        for group in (picture.waiting, picture.held, picture.no_shows)
    )
    if ticket.state is TicketState.WAITING:
        waiting = sorted([*waiting, ticket], key=order)
    elif ticket.state is TicketState.HELD:
        held.append(ticket)
    elif allows(Command.RETURN, ticket):
        no_shows.append(ticket)
    return replace(
        picture,
        waiting=tuple(waiting),
        held=tuple(held),
        no_shows=tuple(no_shows),
        counters=tuple(_with(line, ticket) for line in picture.counters),
    )


def _with(line: CounterLine, ticket: Ticket) -> CounterLine:
    if ticket.state in AT_COUNTER and line.plan.number == ticket.counter:
        return replace(line, ticket=ticket, state=_opened(line.state, ticket))
    if line.ticket is not None and line.ticket.id == ticket.id:
        return replace(line, ticket=None)
    return line


def _opened(state: CounterState, ticket: Ticket) -> CounterState:
    """A call opens a counter that was closed."""
    if state.status is not CounterStatus.CLOSED or ticket.state is not TicketState.CALLED:
        return state
    return replace(state, status=CounterStatus.OPEN, reason=None, since=ticket.called_at)
