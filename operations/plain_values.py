"""Domain objects as plain values for JSON: moments and days as ISO 8601 text."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from enum import Enum

from shared.domain.counter import CounterState
from shared.domain.dispatch import Overtaking
from shared.domain.rating import Satisfaction
from shared.domain.ticket import Ticket

Plain = dict[str, str | int | float | bool | None]


def plain(thing: Ticket | CounterState | Overtaking | Satisfaction) -> Plain:
    """The fields of a domain object, ready for JSON."""
    return {part.name: _value(getattr(thing, part.name)) for part in fields(thing)}


def _value(value: object) -> str | int | float | bool | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{value!r} has no plain form")
