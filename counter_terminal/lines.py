"""The quiet lines: what was done, or why not, as the id of a word and its values."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from counter_terminal.state import QuietLine, Tone
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.ticket import AT_COUNTER, Command, Ticket

if TYPE_CHECKING:
    from datetime import datetime


def line(word: str, tone: Tone, at: datetime, **values: str | int) -> QuietLine:
    """A line from a word and its values."""
    return QuietLine(word, tone, at, MappingProxyType(values))


def called(ticket: Ticket | None, before: Ticket | None, at: datetime) -> QuietLine:
    """What Next did: whom it finished, and whom it called."""
    if ticket is None:
        if before is None:
            return line("counter-nobody-waits", Tone.NOTE, at)
        return line("counter-done-finish-nobody-waits", Tone.DONE, at, number=before.number)
    if before is None:
        return line("counter-done-next", Tone.DONE, at, number=ticket.number)
    return line("counter-done-next-after", Tone.DONE, at, number=ticket.number, before=before.number)


def done(command: Command, ticket: Ticket, at: datetime) -> QuietLine:
    """What a command did with a ticket."""
    return line(f"counter-done-{command.replace('_', '-')}", Tone.DONE, at, number=ticket.number)


def transferred(ticket: Ticket, at: datetime) -> QuietLine:
    """Where a ticket went."""
    if ticket.target_counter is not None:
        return line(
            "counter-done-transfer-counter",
            Tone.DONE,
            at,
            number=ticket.number,
            counter=ticket.target_counter,
        )
    return line("counter-done-transfer", Tone.DONE, at, number=ticket.number, service=ticket.service)


def undone(tickets: tuple[Ticket, ...], at: datetime) -> QuietLine:
    """What an undo brought back."""
    if not tickets:
        return line("counter-done-undo-counter", Tone.DONE, at)
    ticket = next((ticket for ticket in tickets if ticket.state in AT_COUNTER), tickets[0])
    return line("counter-done-undo", Tone.DONE, at, number=ticket.number, state=ticket.state.value)


def not_looked_up(error: Exception, at: datetime) -> QuietLine:
    """Why nothing is known of a ticket that was asked for; nothing was changed."""
    if isinstance(error, StoreUnavailable):
        return line(f"store-{error.cause}", Tone.TROUBLE, at)
    return not_done(error, at)


def not_done(error: Exception, at: datetime) -> QuietLine:
    """Why a command was not carried out."""
    if isinstance(error, Refused):
        if error.code is RefusalCode.LOCKED_OUT:
            return line("counter-log-in-locked", Tone.REFUSED, at, **error.facts)
        return line(f"refusal-{error.code}", Tone.REFUSED, at, **error.facts)
    if isinstance(error, StoreUnavailable):
        return line("counter-not-confirmed", Tone.TROUBLE, at)
    return line("counter-bug", Tone.TROUBLE, at)
