"""A hall as it is described: its services, priority classes, counters, hours and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from shared.domain.bitmap import Bitmap
from shared.domain.errors import RefusalCode, Refused

ORDINARY = "ordinary"
APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class Localized:
    """A text in the hall's two languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Service:
    """A service (业务): `target_wait` is what the hall promises, `typical_minutes` how long it usually takes."""

    key: str
    prefix: str
    name: Localized
    target_wait: timedelta
    typical_minutes: float
    icon: str = "service"


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """A priority class (优先级): its `head_start` is subtracted from the moment a ticket is due."""

    key: str
    name: Localized
    head_start: timedelta
    at_kiosk: bool = True


@dataclass(frozen=True, slots=True)
class CounterPlan:
    """A counter (窗口): the services it offers, each with the penalty that makes it a second choice there."""

    number: int
    name: Localized
    offers: Mapping[str, timedelta]
    barrier_free: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """One span of opening hours of a weekday (0 = Monday), local time; `closes` is the first closed minute."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Notice:
    """A text for the lobby: a tariff, a process, a promise of service."""

    title: Localized
    body: Localized


class TicketField(StrEnum):
    """A line of facts on a ticket. An appointment tells its time where others tell who is ahead."""

    PEOPLE = "people"
    QUOTE = "quote"
    COUNTERS = "counters"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Promotion:
    """A text that is printed on the tickets of some business days, both ends included; None is open."""

    text: Localized
    first_day: date | None = None
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is printed on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class TicketLayout:
    """What a hall puts on its tickets besides the number. The default is all fields and the QR code."""

    logo: Bitmap | None = None
    fields: tuple[TicketField, ...] = tuple(TicketField)
    qr: bool = True
    promotions: tuple[Promotion, ...] = ()

    def promotion_on(self, day: date) -> Promotion | None:
        """The promotion of a day: the first that holds."""
        return next((promotion for promotion in self.promotions if promotion.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class HallPlan:
    """The whole description of a hall. Build it through `shared.hall.hall_file`, which checks it."""

    id: str
    name: Localized
    timezone: str
    rollover: time
    services: tuple[Service, ...]
    priorities: tuple[PriorityClass, ...]
    counters: tuple[CounterPlan, ...]
    openings: tuple[Opening, ...]
    closed_on: tuple[date, ...] = ()
    service_limit: timedelta = timedelta(minutes=20)
    ticket_header: Localized = field(default=Localized("", ""))
    ticket_footer: Localized = field(default=Localized("", ""))
    ticket_layout: TicketLayout = field(default=TicketLayout())
    nearest_hall: Localized = field(default=Localized("", ""))
    notices: tuple[Notice, ...] = ()

    def service(self, key: str) -> Service:
        """The service with this key.

        Raises:
            Refused: `unknown_service`, naming the services there are.
        """
        for service in self.services:
            if service.key == key:
                return service
        known = ", ".join(service.key for service in self.services)
        message = f"no service {key!r} in this hall; it has: {known}"
        raise Refused(RefusalCode.UNKNOWN_SERVICE, message, service=key)

    def priority(self, key: str) -> PriorityClass:
        """The priority class with this key.

        Raises:
            Refused: `unknown_priority`, naming the classes there are.
        """
        for priority in self.priorities:
            if priority.key == key:
                return priority
        known = ", ".join(priority.key for priority in self.priorities)
        message = f"no priority class {key!r} in this hall; it has: {known}"
        raise Refused(RefusalCode.UNKNOWN_PRIORITY, message, priority=key)

    def counter(self, number: int) -> CounterPlan:
        """The counter with this number.

        Raises:
            Refused: `unknown_counter`, naming the counters there are.
        """
        for counter in self.counters:
            if counter.number == number:
                return counter
        known = ", ".join(str(counter.number) for counter in self.counters)
        message = f"no counter {number} in this hall; it has: {known}"
        raise Refused(RefusalCode.UNKNOWN_COUNTER, message, counter=number)

    def counters_offering(self, service: str) -> tuple[CounterPlan, ...]:
        """The counters at which a service is offered."""
        return tuple(counter for counter in self.counters if service in counter.offers)

    def rivals(self, service: str) -> frozenset[str]:
        """The services that share a counter with this one (itself among them): they compete for the same clerks."""
        return frozenset((service,)).union(*(counter.offers for counter in self.counters_offering(service)))
