"""The hall: its store, the schema, its description, the clerks, and whether the clock agrees with its log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from operations.doctor.finding import Finding, Status
from operations.doctor.store_checks import check_backup, check_store
from operations.last_backup import last_good_backup
from operations.store_address import shown_address, sqlite_file
from shared.domain.business_day import business_day
from shared.domain.clock import Clock, SystemClock
from shared.domain.errors import Refused, StoreUnavailable
from shared.domain.snapshot import HallSnapshot
from shared.hall import Hall, open_hall
from shared.hall.device_phrases import device_advice, device_name, device_trouble
from shared.settings import Settings
from shared.words import Words

_SCHEMA_CAUSES = frozenset({"no_schema", "newer_schema"})
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that is earlier lost its battery: these programs did not exist then."""


def check_hall(settings: Settings, words: Words, clock: Clock | None = None) -> Iterator[Finding]:
    """Open the hall and look at it; what cannot be reached ends the looking."""
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        message = words.say("doctor-store-missing", place=str(file))
        yield Finding("store", Status.FAULT, message, words.say("doctor-store-missing-do"))
        return
    chosen_clock = clock or SystemClock()
    began = time.monotonic()
    try:
        with open_hall(settings.database_url, settings.hall, clock=chosen_clock) as hall:
            zone = check_zone(words, hall.plan.timezone)
            if zone.status is Status.FAULT:
                # Without it there is no business day, so nothing more can be read.
                yield zone
                return
            snapshot = hall.snapshot()
            took_ms = round((time.monotonic() - began) * 1000)
            yield Finding(
                "store",
                Status.OK,
                words.say(
                    "doctor-store", place=shown_address(settings.database_url), milliseconds=str(took_ms)
                ),
            )
            yield Finding("schema", Status.OK, words.say("doctor-schema"))
            yield _check_plan(settings, words, snapshot)
            yield zone
            yield _check_clerks(words, hall)
            yield _check_clock(words, snapshot, hall.opened_day(), chosen_clock.now())
            yield from check_store(settings.database_url, hall, words)
            yield check_backup(settings, words, chosen_clock.now())
            yield from _check_devices(words, hall)
    except StoreUnavailable as error:
        yield from _store_fault(settings, words, error)
    except Refused as error:
        yield Finding(
            "store", Status.OK, words.say("doctor-store-there", place=shown_address(settings.database_url))
        )
        yield Finding("hall", Status.FAULT, error.message, words.say("doctor-hall-unknown-do"))


def check_zone(words: Words, name: str) -> Finding:
    """Whether this machine knows the hall's time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return Finding(
            "zone", Status.FAULT, words.say("doctor-zone-unknown", name=name), words.say("doctor-zone-do")
        )
    return Finding("zone", Status.OK, name)


def _store_fault(settings: Settings, words: Words, error: StoreUnavailable) -> Iterator[Finding]:
    advice = words.say(f"doctor-store-{error.cause}-do")
    if error.cause in _SCHEMA_CAUSES:
        yield Finding(
            "store", Status.OK, words.say("doctor-store-there", place=shown_address(settings.database_url))
        )
        yield Finding("schema", Status.FAULT, error.message, advice)
    else:
        if error.cause == "damaged":
            advice = f"{advice}\n{last_good_backup(settings, words)}"
        yield Finding("store", Status.FAULT, error.message, advice)


def _check_plan(settings: Settings, words: Words, snapshot: HallSnapshot) -> Finding:
    plan = snapshot.plan
    name = plan.name.in_language(words.language)
    numbers = [counter.number for counter in plan.counters]
    if settings.counter is not None and settings.counter not in numbers:
        message = words.say("doctor-hall-no-counter", name=name, counter=str(settings.counter))
        known = ", ".join(map(str, numbers))
        return Finding("hall", Status.FAULT, message, words.say("doctor-hall-no-counter-do", known=known))
    message = words.say(
        "doctor-hall",
        name=name,
        hall=plan.id,
        version=str(snapshot.plan_version),
        services=len(plan.services),
        counters=len(numbers),
    )
    return Finding("hall", Status.OK, message)


def _check_clerks(words: Words, hall: Hall) -> Finding:
    count = len(hall.clerks())
    if count == 0:
        return Finding(
            "clerks", Status.WARN, words.say("doctor-clerks-none"), words.say("doctor-clerks-none-do")
        )
    return Finding("clerks", Status.OK, words.say("doctor-clerks", count=count))


def _check_devices(words: Words, hall: Hall) -> Iterator[Finding]:
    """The devices of all machines: each that needs somebody, or one line for all."""
    plan, now = hall.plan, hall.clock.now()
    found = hall.devices()
    troubled = [health for health in found if health.needs_somebody(now)]
    if not found:
        yield Finding("devices", Status.OK, words.say("devices-status-none"))
    elif not troubled:
        yield Finding("devices", Status.OK, words.say("doctor-devices", count=len(found)))
    for health in troubled:
        trouble = device_trouble(words, health, plan, now)
        message = words.say("doctor-devices-one", device=device_name(words, health), trouble=trouble)
        yield Finding("devices", Status.WARN, message, device_advice(words, health, now))


def _check_clock(words: Words, snapshot: HallSnapshot, opened: date | None, now: datetime) -> Finding:
    plan = snapshot.plan
    today = business_day(now, plan.timezone, plan.rollover)
    latest_day = opened or today
    latest_call = snapshot.calls[0].at if snapshot.calls else now
    shown = f"{now.astimezone():%Y-%m-%d %H:%M:%S %Z}"
    if latest_day > today or latest_call > now or now < _BUILT:
        message = words.say("doctor-clock-behind", now=shown, day=latest_day.isoformat())
        return Finding("clock", Status.FAULT, message, words.say("doctor-clock-do"))
    return Finding("clock", Status.OK, words.say("doctor-clock", now=shown))
