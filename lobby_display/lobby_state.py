"""What the lobby screen shows at one moment, worked out from a snapshot, the time and the layout. Knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from shared.domain.counter import CounterStatus
from shared.domain.opening import is_open, next_opening, week_hours
from shared.domain.ticket import TicketState
from shared.hall.phrases import SOON_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lobby_display.layout import Layout
    from shared.domain.announcement import Announcement
    from shared.domain.plan import HallPlan
    from shared.domain.quote import Quote
    from shared.domain.snapshot import Call, CounterLine, HallSnapshot, ServiceLine
    from shared.words import Words

PAGE_TIME = timedelta(seconds=12)
"""How long a page of services, counters or notices stands still."""

SHIFT_TIME = timedelta(minutes=5)
SHIFT_PX = 4
_SHIFTS = ((0, 0), (SHIFT_PX, 0), (SHIFT_PX, SHIFT_PX), (0, SHIFT_PX))
"""Against burn-in the whole picture walks around a small square."""

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call; `due` as long as its customer is still expected at the counter."""

    number: str
    counter: str
    service: str
    time: str
    due: bool
    flash: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A service with the people waiting for it and the range that a new ticket would be told."""

    name: str
    people: str
    quote: str


@dataclass(frozen=True, slots=True)
class CounterChip:
    """A counter that is open or paused, with the badge number of who sits there and what that number is."""

    number: str
    badge: str
    paused: bool
    label: str
    barrier_free: bool


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice and its place among the others."""

    title: str
    body: str
    at: int
    of: int


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a panel is shown."""

    at: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class LobbyState:
    """The whole picture. Texts are ready to draw; an empty text is not shown."""

    hall: str = ""
    time: str = ""
    date: str = ""
    calls: tuple[CallRow, ...] = ()
    waiting: tuple[WaitingRow, ...] = ()
    waiting_total: str = ""
    waiting_page: Page = Page()
    counters: tuple[CounterChip, ...] = ()
    counters_page: Page = Page()
    notice: NoticeCard | None = None
    stale: str = ""
    closed: str = ""
    hours: str = ""
    dim: bool = False
    shift_x: int = 0
    shift_y: int = 0


@dataclass(frozen=True, slots=True)
class Flash:
    """The announcement that is being spoken; `count` grows, so that a recall of the same number flashes again."""

    announcement: Announcement
    count: int


def compose(
    snapshot: HallSnapshot,
    now: datetime,
    words: Words,
    layout: Layout,
    *,
    stale_since: datetime | None = None,
    flash: Flash | None = None,
) -> LobbyState:
    """Return what the screen shows now; `stale_since` is the moment of the last news when there is no news."""
    plan = snapshot.plan
    local = now.astimezone(ZoneInfo(plan.timezone))
    turn = math.floor(now.timestamp() / PAGE_TIME.total_seconds())
    shift_x, shift_y = _SHIFTS[math.floor(now.timestamp() / SHIFT_TIME.total_seconds()) % len(_SHIFTS)]
    waiting, waiting_page = page_of(snapshot.services, layout.waiting_rows, turn)
    attended = [line for line in snapshot.counters if line.state.status is not CounterStatus.CLOSED]
    counters, counters_page = page_of(attended, layout.chips, turn)
    closed = _is_over(snapshot, now)
    return LobbyState(
        hall=plan.name.in_language(words.language),
        time=local.strftime("%H:%M"),
        date=words.say(
            "lobby-date",
            month=local.month,
            day=local.day,
            weekday=words.say(f"lobby-weekday-{local.weekday()}"),
        ),
        calls=tuple(
            _call_row(call, plan, words, flash) for call in snapshot.calls[: layout.earlier_rows + 1]
        ),
        waiting=() if closed else tuple(_waiting_row(line, words) for line in waiting),
        waiting_total=words.say("lobby-waiting-total", people=len(snapshot.waiting)),
        waiting_page=waiting_page,
        counters=() if closed else tuple(_counter_chip(line, words) for line in counters),
        counters_page=counters_page,
        notice=_notice(plan, words, turn),
        stale="" if stale_since is None else _stale_text(stale_since, plan, words),
        closed=_closed_text(plan, now, words) if closed else "",
        hours=_hours(plan, words) if closed else "",
        dim=closed,
        shift_x=shift_x,
        shift_y=shift_y,
    )


def page_of(items: Sequence[ItemT], most: int, turn: int) -> tuple[tuple[ItemT, ...], Page]:
    """Return the items of the page whose turn it is; pages are as even as can be, so that none is nearly empty."""
    if not items:
        return (), Page()
    pages = math.ceil(len(items) / max(1, most))
    at = turn % pages
    begin, end = (place * len(items) // pages for place in (at, at + 1))
    return tuple(items[begin:end]), Page(at, pages)


def _call_row(call: Call, plan: HallPlan, words: Words, flash: Flash | None) -> CallRow:
    local = call.at.astimezone(ZoneInfo(plan.timezone))
    spoken = flash is not None and _is_same(call, flash.announcement)
    return CallRow(
        number=call.number,
        counter=str(call.counter),
        service=_service_name(plan, call.service, words),
        time=local.strftime("%H:%M"),
        due=call.ticket.state == TicketState.CALLED,
        flash=flash.count if flash is not None and spoken else 0,
    )


def _is_same(call: Call, announcement: Announcement) -> bool:
    return (call.number, call.counter, call.ticket.day) == (
        announcement.number,
        announcement.counter,
        announcement.day,
    )


def _service_name(plan: HallPlan, key: str, words: Words) -> str:
    # A plan can lose a service while yesterday's calls of it are still on the screen.
    names = {service.key: service.name.in_language(words.language) for service in plan.services}
    return names.get(key, "")


def _waiting_row(line: ServiceLine, words: Words) -> WaitingRow:
    return WaitingRow(
        name=line.service.name.in_language(words.language),
        people=str(line.people_waiting),
        quote=quote_text(line.quote, words) if line.counters_open else words.say("lobby-quote-no-counter"),
    )


def quote_text(quote: Quote, words: Words) -> str:
    """Return the range of minutes, or that nobody is ahead, or that there is no ground for a figure."""
    low, high = quote.low_minutes, quote.high_minutes
    if quote.people_ahead == 0 and (high is None or high <= SOON_MINUTES):
        return words.say("lobby-quote-none")
    if low is None or high is None:
        return words.say("lobby-quote-unknown")
    if low < 1:
        return words.say("lobby-quote-within", minutes=high)
    return words.say("lobby-quote-range", low=low, high=high)


def _counter_chip(line: CounterLine, words: Words) -> CounterChip:
    if line.state.status is CounterStatus.OPEN and line.state.clerk:
        label = words.say("lobby-badge")
    else:
        label = words.say(f"lobby-counter-{line.state.status}")
    return CounterChip(
        number=str(line.plan.number),
        badge=line.state.clerk or "",
        paused=line.state.status is CounterStatus.PAUSED,
        label=label,
        barrier_free=line.plan.barrier_free,
    )


def _notice(plan: HallPlan, words: Words, turn: int) -> NoticeCard | None:
    if not plan.notices:
        return None
    at = turn % len(plan.notices)
    notice = plan.notices[at]
    return NoticeCard(
        title=notice.title.in_language(words.language),
        body=notice.body.in_language(words.language),
        at=at,
        of=len(plan.notices),
    )


def _stale_text(since: datetime, plan: HallPlan, words: Words) -> str:
    local = since.astimezone(ZoneInfo(plan.timezone))
    return words.say("common-stale-since", time=local.strftime("%H:%M"))


def _is_over(snapshot: HallSnapshot, now: datetime) -> bool:
    """Whether the hall has closed and the last customer inside has been served."""
    busy = any(line.ticket is not None for line in snapshot.counters)
    return not is_open(snapshot.plan, now) and not snapshot.waiting and not busy


def _closed_text(plan: HallPlan, now: datetime, words: Words) -> str:
    """Say that the hall opens later today, has closed, or does not open today at all."""
    local = now.astimezone(ZoneInfo(plan.timezone))
    coming = next_opening(plan, now)
    if coming is not None:
        opens = coming.opens.astimezone(local.tzinfo)
        if opens.date() == local.date():
            return words.say("lobby-opens", time=opens.strftime("%H:%M"))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    first = next_opening(plan, midnight - timedelta(microseconds=1))
    opened_today = first is not None and first.opens.astimezone(local.tzinfo).date() == local.date()
    return words.say("lobby-closed" if opened_today else "lobby-closed-today")


def _hours(plan: HallPlan, words: Words) -> str:
    """Return the hours of the week in one line, empty for a hall without hours."""
    spans = []
    for hours in week_hours(plan):
        first, last = (words.say(f"lobby-weekday-{day}") for day in (hours.weekdays[0], hours.weekdays[-1]))
        days = first if first == last else words.say("lobby-days", first=first, last=last)
        times = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours.spans)
        spans.append(f"{days} {times}")
    return words.say("lobby-hours", hours=" · ".join(spans)) if spans else ""
