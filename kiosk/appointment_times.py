"""The appointment times that the kiosk offers: half hours around now, within today's opening hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shared.domain.opening import is_open
from shared.domain.plan import HallPlan

SLOT = timedelta(minutes=30)
SLOTS_BEFORE = 2
SLOTS_AFTER = 5


def appointment_times(plan: HallPlan, now: datetime) -> tuple[datetime, ...]:
    """The half hours around an aware moment, in UTC, earliest first: who is late or early finds the time too."""
    current = current_slot(plan, now)
    around = (current + SLOT * step for step in range(-SLOTS_BEFORE, SLOTS_AFTER + 1))
    return tuple(slot for slot in around if is_open(plan, slot))


def current_slot(plan: HallPlan, now: datetime) -> datetime:
    """The half hour, by the hall's own clock, in which an aware moment falls; in UTC."""
    local = now.astimezone(ZoneInfo(plan.timezone))
    return (
        local - timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    ).astimezone(UTC)
