"""Rows to domain objects and back."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Row

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.event import Event, EventKind
from shared.domain.snapshot import PrintJob, PrintState
from shared.domain.ticket import Ticket, TicketState, ticket_id
from shared.store import tables

EVENT_COLUMNS = tuple(column for column in tables.event.c if column.name != "hall_id")
PRINT_JOB_COLUMNS = tuple(column for column in tables.print_job.c if column.name != "hall_id")

_TICKET_FIELDS = tuple(part.name for part in fields(Ticket) if part.name != "id")
TICKET_COLUMNS = tuple(tables.ticket.c[name] for name in _TICKET_FIELDS)
"""In the order of `Ticket`'s fields, so that a row can be handed over as it is."""

_EVENT_FIELDS = tuple(part.name for part in fields(Event))
_fields_of_ticket = attrgetter(*_TICKET_FIELDS)
_fields_of_event = attrgetter(*_EVENT_FIELDS)


def ticket_from_row(row: Row[Any]) -> Ticket:
    """The ticket in a row that begins with `TICKET_COLUMNS`."""
    number, service, priority, state, *others = row[: len(TICKET_COLUMNS)]
    return Ticket(ticket_id(row.day, number), number, service, priority, TicketState(state), *others)


def ticket_values(ticket: Ticket) -> dict[str, object]:
    """The column values of a ticket, without `hall_id`."""
    values = dict(zip(_TICKET_FIELDS, _fields_of_ticket(ticket), strict=True))
    values["state"] = ticket.state.value
    return values


def event_from_row(row: Row[Any]) -> Event:
    """The event in a row that selects `EVENT_COLUMNS`, which stand in the order of `Event`'s fields."""
    values: tuple[Any, ...] = tuple(row)
    day, seq, command, at, kind, *others = values
    return Event(day, seq, command, at, EventKind(kind), *others)


def event_values(event: Event) -> dict[str, object]:
    """The column values of an event, without `hall_id`."""
    values = dict(zip(_EVENT_FIELDS, _fields_of_event(event), strict=True))
    values["kind"] = event.kind.value
    return values


def counter_from_row(row: Row[Any]) -> CounterState:
    """The counter's state in a row of the table `counter`."""
    return CounterState(row.number, CounterStatus(row.status), row.reason, row.clerk, row.since)


def print_job_from_row(row: Row[Any]) -> PrintJob:
    """The print job in a row that selects `PRINT_JOB_COLUMNS`."""
    values = row._asdict()
    values["ticket"] = ticket_id(values["day"], values["number"])
    values["state"] = PrintState(values["state"])
    return PrintJob(**values)
