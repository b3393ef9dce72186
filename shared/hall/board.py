"""The lobby's board as plain values: what `jiaohao board --json` prints."""

from __future__ import annotations

from typing import TypedDict

from shared.domain.snapshot import HallSnapshot


class BoardCall(TypedDict):
    """A call: `at` is ISO 8601 in UTC."""

    number: str
    counter: int
    service: str
    at: str


class BoardLine(TypedDict):
    """A service: people waiting, and the quote for who comes now: likeliest minutes and range (None: no ground)."""

    service: str
    people: int
    quote_minutes: int | None
    quote_low: int | None
    quote_high: int | None


class BoardCounter(TypedDict):
    """A counter: its status, the clerk's badge number, and the number of the ticket there."""

    number: int
    status: str
    reason: str | None
    clerk: str | None
    ticket: str | None


class Board(TypedDict):
    """A lobby's board; calls are newest first."""

    calls: list[BoardCall]
    waiting: list[BoardLine]
    counters: list[BoardCounter]


def board_of(snapshot: HallSnapshot) -> Board:
    """The board of a snapshot."""
    return {
        "calls": [
            {
                "number": call.number,
                "counter": call.counter,
                "service": call.service,
                "at": call.at.isoformat(),
            }
            for call in snapshot.calls
        ],
        "waiting": [
            {
                "service": line.service.key,
                "people": line.people_waiting,
                "quote_minutes": line.quote.minutes,
                "quote_low": line.quote.low_minutes,
                "quote_high": line.quote.high_minutes,
            }
            for line in snapshot.services
        ],
        "counters": [
            {
                "number": line.plan.number,
                "status": line.state.status.value,
                "reason": line.state.reason,
                "clerk": line.state.clerk,
                "ticket": None if line.ticket is None else line.ticket.number,
            }
            for line in snapshot.counters
        ],
    }
