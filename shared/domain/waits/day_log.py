"""A hall's log as a forecaster sees it: one translator for the running day and for the past days it learns from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.domain.event import Detail, Event, EventKind, Scalar
from shared.domain.plan import HallPlan
from shared.domain.ticket import AT_COUNTER, TicketState, ticket_id
from shared.domain.waits.happening import Ask, Happening, HappeningKind

_LEFT = frozenset({EventKind.CANCELLED, EventKind.EXPIRED})
_BACK = frozenset({EventKind.RETURNED, EventKind.RESUMED, EventKind.TRANSFERRED})
_OVER = frozenset({EventKind.FINISHED, EventKind.NO_SHOW})
_STATUS = {
    EventKind.COUNTER_OPENED: "open",
    EventKind.COUNTER_PAUSED: "paused",
    EventKind.COUNTER_CLOSED: "closed",
}


def counters_for(plan: HallPlan, service: str, open_now: Collection[int]) -> int:
    """How many open counters work through the people ahead of a ticket of this service.

    The people ahead wait for all rival services, so every counter that takes one of those counts; but while no
    counter that takes the service itself is open, none does.
    """
    offers = [counter.offers for counter in plan.counters if counter.number in open_now]
    if not any(service in offered for offered in offers):
        return 0
    rivals = plan.rivals(service)
    return sum(1 for offered in offers if not rivals.isdisjoint(offered))


class DayLog:
    """Translates the events of one business day, in order. Tolerates a log with holes: a forecast is no proof."""

    def __init__(self, plan: HallPlan) -> None:
        self._open: set[int] = set()
        self._counters_for: dict[str, int] = {}
        """By service, as the counters are open now."""

        self._asks: dict[str, Ask] = {}
        self.use(plan)

    def use(self, plan: HallPlan) -> None:
        """The day goes on under this plan."""
        self._plan = plan
        self._zone = ZoneInfo(plan.timezone)
        self._counters_for.clear()

    def local(self, moment: datetime) -> datetime:
        """An aware moment by the hall's wall clock, without its zone."""
        return moment.astimezone(self._zone).replace(tzinfo=None)

    def happenings(self, event: Event) -> Iterator[Happening]:
        """What an event means to those who wait."""
        if event.ticket is not None:
            yield from self._of_ticket(event, ticket_id(event.day, event.ticket))
        elif event.counter is not None:
            self._of_counter(event, event.counter)

    def _of_ticket(self, event: Event, ticket: str) -> Iterator[Happening]:
        at, kind = self.local(event.at), event.kind
        if kind is EventKind.ISSUED:
            ask = self._asks[ticket] = self._question(event, at)
            yield Happening(at, HappeningKind.ISSUED, ticket, ask)
        elif kind is EventKind.CALLED:
            yield Happening(at, HappeningKind.CALLED, ticket, counter=str(event.counter))
        elif kind in _OVER:
            yield Happening(at, HappeningKind.FINISHED, ticket)
        elif kind in _LEFT:
            yield Happening(at, HappeningKind.LEFT, ticket)
        elif kind is EventKind.HELD:
            yield Happening(at, HappeningKind.LEFT, ticket)
            yield Happening(at, HappeningKind.FINISHED, ticket)
        elif kind in _BACK:
            yield from self._again(at, ticket, _text(event.detail, "service"))
        elif kind is EventKind.UNDONE:
            yield from self._undone(event, at, ticket)

    def _again(self, at: datetime, ticket: str, service: str) -> Iterator[Happening]:
        before = self._asks.get(ticket)
        if before is None:
            return
        ask = self._asks[ticket] = Ask(at, service or before.service, before.priority)
        yield Happening(at, HappeningKind.BACK, ticket, ask)

    def _undone(self, event: Event, at: datetime, ticket: str) -> Iterator[Happening]:
        """What was taken back: where the ticket stands again is all that counts."""
        restores = (event.detail or {}).get("restores")
        state = restores.get("state") if isinstance(restores, Mapping) else None
        if state == TicketState.WAITING:
            yield from self._again(at, ticket, _text(restores, "service"))
        elif state is not None and state not in AT_COUNTER:
            yield Happening(at, HappeningKind.LEFT, ticket)

    def _question(self, event: Event, at: datetime) -> Ask:
        detail = event.detail or {}
        service, ahead = _text(detail, "service"), detail.get("people_ahead")
        return Ask(
            at,
            service,
            _text(detail, "priority"),
            ahead if isinstance(ahead, int) else None,
            self._counters(service),
            # A ticket that a machine kept through an outage waited longer than the log can tell.
            booked=detail.get("appointed_for") is not None or "kept_by" in detail,
        )

    def _counters(self, service: str) -> int:
        known = self._counters_for.get(service)
        if known is None:
            known = self._counters_for[service] = counters_for(self._plan, service, self._open)
        return known

    def _of_counter(self, event: Event, counter: int) -> None:
        status = _STATUS.get(event.kind)
        if event.kind is EventKind.UNDONE:
            restores = (event.detail or {}).get("restores")
            status = _text(restores, "status") if isinstance(restores, Mapping) else None
        self._counters_for.clear()
        if status == "open":
            self._open.add(counter)
        elif status:
            self._open.discard(counter)


def _text(detail: Detail | Mapping[str, Scalar] | object, name: str) -> str:
    value = detail.get(name) if isinstance(detail, Mapping) else None
    return value if isinstance(value, str) else ""
