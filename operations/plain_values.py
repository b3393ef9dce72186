"""Domain objects as plain values for JSON: moments and days as ISO 8601 text."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from enum import Enum

from shared.domain.counter import CounterState
from shared.domain.dispatch import Overtaking
from shared.domain.rating import Satisfaction
from shared.domain.standby import Outage
from shared.domain.ticket import Ticket

Value = str | int | float | bool | None
Plain = dict[str, Value | list[str]]


def plain(thing: Ticket | CounterState | Overtaking | Satisfaction | Outage) -> Plain:
    """The fields of a domain object, ready for JSON."""
    return {part.name: _value(getattr(thing, part.name)) for part in fields(thing)}


def _value(value: object) -> Value | list[str]:
    if isinstance(value, tuple):
        return [str(part) for part in value]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{value!r} has no plain form")
