"""Small phrases of the kiosk: how many wait, how long, which counters, at what time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from shared.domain.opening import OpenSpan, WeekHours
from shared.domain.plan import HallPlan
from shared.hall.phrases import COMMA, DASH, counter_numbers
from shared.words import Language, Words

_WEEK = range(7)
_PAUSE = {Language.ZH: "，", Language.EN: ", "}


def people_ahead(people: int, words: Words) -> str:
    """How many would be served before a customer who came now."""
    return words.say("kiosk-people", people=people) if people else words.say("kiosk-nobody")


def wait_text(people: int, quote: str, words: Words) -> str:
    """Who is before the customer and for how long, in one breath."""
    ahead = words.say("kiosk-result-people", people=people) if people else words.say("kiosk-result-nobody")
    return f"{ahead}{_PAUSE[words.language]}{quote}" if quote else ahead


def counters_text(numbers: Iterable[int], words: Words) -> str:
    """Which counters to watch; empty when there is none."""
    known = set(numbers)
    if not known:
        return ""
    text_id = "kiosk-result-counter" if len(known) == 1 else "kiosk-result-counters"
    return words.say(text_id, counters=counter_numbers(known, words.language))


def next_opening_text(plan: HallPlan, span: OpenSpan | None, now: datetime, words: Words) -> str:
    """When the hall opens again; empty when that is not known."""
    if span is None:
        return ""
    zone = ZoneInfo(plan.timezone)
    opens = span.opens.astimezone(zone)
    days = (opens.date() - now.astimezone(zone).date()).days
    named = {0: "kiosk-today", 1: "kiosk-tomorrow"}
    day = words.say(named.get(days, f"kiosk-weekday-{opens.weekday()}"))
    if days >= 7:
        day = words.say("kiosk-date", month=opens.month, day=opens.day)
    return words.say("kiosk-closed-next", day=day, time=_hour(opens.time()))


def days_text(hours: WeekHours, words: Words) -> str:
    """The weekdays of one line of the sign at the door."""
    if len(hours.weekdays) == len(_WEEK):
        return words.say("kiosk-every-day")
    first, last = (words.say(f"kiosk-weekday-{day}") for day in (hours.weekdays[0], hours.weekdays[-1]))
    return first if first == last else words.say("kiosk-weekdays", first=first, last=last)


def times_text(hours: WeekHours, words: Words) -> str:
    """The hours of one line of the sign at the door."""
    dash = DASH[words.language]
    return COMMA[words.language].join(f"{_hour(opens)}{dash}{_hour(closes)}" for opens, closes in hours.spans)


def _hour(at: time) -> str:
    return f"{at:%H:%M}"
