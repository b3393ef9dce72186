"""The business day (营业日): the hall's local date, which changes at the hall's roll-over hour and not at midnight."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CLOCK_DOUBT = timedelta(days=1)
"""How far an opened day may be ahead of the clock and still be believed."""


def business_day(now: datetime, timezone: str, rollover: time) -> date:
    """The business day of an aware moment in a hall of this time zone and roll-over hour."""
    local = now.astimezone(ZoneInfo(timezone))
    return local.date() - timedelta(days=1) if local.time() < rollover else local.date()


def day_to_work_in(by_clock: date, latest_opened: date | None) -> date:
    """The business day that a command belongs to.

    A clock that steps back over the roll-over does not reopen yesterday: numbers would start again under customers
    who hold today's. A day that was opened far ahead, by a clock that was plainly wrong, is not believed.
    """
    if latest_opened is None or latest_opened <= by_clock:
        return by_clock
    return latest_opened if latest_opened - by_clock <= CLOCK_DOUBT else by_clock
