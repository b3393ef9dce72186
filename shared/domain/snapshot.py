"""One frozen picture of a hall: what every screen draws from. Built by `shared.store.read_models`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.domain.counter import CounterState
from shared.domain.plan import CounterPlan, HallPlan, Service
from shared.domain.quote import Quote
from shared.domain.ticket import Ticket


class PrintState(StrEnum):
    """Where a print job stands.

    `sent` means that bytes may have left but nobody confirmed paper; `failed`, that there is none for certain;
    `replaced`, that a reprint took the job's place, or that its ticket was over before there was paper.
    """

    QUEUED = "queued"
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper of one ticket on one printer; a reprint is a new `copy`."""

    ticket: str
    number: str
    day: date
    copy: int
    printer: str
    state: PrintState
    cause: str | None
    attempts: int
    queued_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service as the kiosk and the lobby show it; `oldest_issued_at` is the issue of who has waited longest."""

    service: Service
    people_waiting: int
    quote: Quote
    oldest_issued_at: datetime | None
    counters_open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A counter: its plan, its state and the ticket called to it or served at it."""

    plan: CounterPlan
    state: CounterState
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the lobby shows it; `seq` grows with each call and recall, `at` is the moment of the call."""

    ticket: Ticket
    number: str
    counter: int
    service: str
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class HallSnapshot:
    """A hall at one moment.

    `seq` is the last event of the day that the picture contains. `waiting` is in the hall's own order (due first),
    `calls` newest first, `no_shows` holds only tickets that may still come back.
    """

    plan: HallPlan
    plan_version: int
    day: date
    seq: int
    at: datetime
    services: tuple[ServiceLine, ...]
    waiting: tuple[Ticket, ...]
    held: tuple[Ticket, ...]
    no_shows: tuple[Ticket, ...]
    calls: tuple[Call, ...]
    counters: tuple[CounterLine, ...]
    unprinted: tuple[PrintJob, ...]

    def counter(self, number: int) -> CounterLine:
        """The line of one counter; `KeyError` when the plan has no such counter."""
        for line in self.counters:
            if line.plan.number == number:
                return line
        raise KeyError(number)
