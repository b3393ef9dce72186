"""What contradicts itself in a hall's description: names used twice, services nobody offers, hours that overlap.

Works on the TOML values as they were read, and looks only at parts that make sense by themselves: so these mistakes are
told together with those of form, and a mistake of form has no echoes here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.domain.plan import ORDINARY
from shared.hall.toml_lines import Place

Values = Mapping[str, Any]
Finding = tuple[Place, str]


def contradictions(hall: Values) -> Iterator[Finding]:
    """Each contradiction: its place, and what to do about it."""
    yield from _of_time_zone(hall)
    yield from _of_classes(hall)
    for table, key in (("service", "key"), ("service", "prefix"), ("priority", "key"), ("counter", "number")):
        yield from _repeated(hall, table, key)
    yield from _of_offers(hall)
    yield from _of_penalties(hall)
    yield from _not_offered(hall)
    yield from _of_openings(hall)
    yield from _of_ticket(hall)


def _of_time_zone(hall: Values) -> Iterator[Finding]:
    name = hall.get("timezone")
    if not isinstance(name, str):
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield ("timezone",), f"{name!r} is no time zone; write one like Asia/Shanghai"


def _of_classes(hall: Values) -> Iterator[Finding]:
    classes = _parts(hall, "priority")
    if classes and ORDINARY not in [priority.get("key") for _place, priority in classes]:
        yield ("priority", 0), f"there must be a priority class with key = {ORDINARY!r}: add it"


def _repeated(hall: Values, table: str, key: str) -> Iterator[Finding]:
    seen: list[object] = []
    for place, part in _parts(hall, table):
        value = part.get(key)
        if value is not None and value in seen:
            yield (table, place, key), f"{key} {value} is used by an earlier {table}: give each its own"
        seen.append(value)


def _of_offers(hall: Values) -> Iterator[Finding]:
    services = _keys(hall, "service")
    for place, counter in _parts(hall, "counter"):
        for key in _texts(counter.get("offers")):
            if key not in services:
                what = f"counter {counter.get('number')} offers {_unknown(key, services)}"
                yield ("counter", place, "offers"), what


def _of_penalties(hall: Values) -> Iterator[Finding]:
    for place, counter in _parts(hall, "counter"):
        penalties, offers = counter.get("penalty_minutes"), _texts(counter.get("offers"))
        for key in penalties if isinstance(penalties, dict) and offers else ():
            if key not in offers:
                what = f"counter {counter.get('number')} has a penalty for {key!r} but does not offer it"
                yield ("counter", place, "penalty_minutes"), f"{what}: add it to offers"


def _not_offered(hall: Values) -> Iterator[Finding]:
    counters = [_texts(counter.get("offers")) for _place, counter in _parts(hall, "counter")]
    if not counters or not all(counters):
        return
    offered = {key for offers in counters for key in offers}
    for place, service in _parts(hall, "service"):
        key = service.get("key")
        if isinstance(key, str) and key not in offered:
            yield ("service", place), f"no counter offers {key!r}: add it to the offers of a counter"


def _of_openings(hall: Values) -> Iterator[Finding]:
    earlier: list[tuple[str, time, time]] = []
    for place, opening in _parts(hall, "opening"):
        opens, closes = opening.get("opens"), opening.get("closes")
        if not isinstance(opens, time) or not isinstance(closes, time):
            continue
        if closes <= opens:
            what = f"closes ({closes:%H:%M}) must be later than opens ({opens:%H:%M})"
            yield ("opening", place, "closes"), what
            continue
        for day in _texts(opening.get("days")):
            if any(day == other and opens < end and start < closes for other, start, end in earlier):
                what = f"the hours on {day} overlap with earlier ones: make them one span, or move one"
                yield ("opening", place, "opens"), what
            earlier.append((day, opens, closes))


def _of_ticket(hall: Values) -> Iterator[Finding]:
    ticket = hall.get("ticket")
    if not isinstance(ticket, dict):
        return
    fields = _texts(ticket.get("fields"))
    for name in dict.fromkeys(name for name in fields if fields.count(name) > 1):
        yield ("ticket", "fields"), f"the field {name!r} is named twice: once is enough"
    for place, promotion in _parts(ticket, "promotion"):
        first, last = promotion.get("first_day"), promotion.get("last_day")
        # A moment is a day for Python, and a mistake of form here.
        if type(first) is date and type(last) is date and last < first:
            yield (
                ("ticket", "promotion", place, "last_day"),
                f"last_day ({last}) is before first_day ({first})",
            )


def _unknown(key: str, services: list[str]) -> str:
    close = difflib.get_close_matches(key, services, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"the services are {', '.join(services)}"
    return f"{key!r}, which is no service: {hint}"


def _parts(hall: Values, table: str) -> list[tuple[int, Values]]:
    parts = hall.get(table)
    if not isinstance(parts, list):
        return []
    return [(place, part) for place, part in enumerate(parts) if isinstance(part, dict)]


def _keys(hall: Values, table: str) -> list[str]:
    return [part["key"] for _place, part in _parts(hall, table) if isinstance(part.get("key"), str)]


def _texts(values: object) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
