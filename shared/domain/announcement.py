"""A call that a screen has to show and speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Announcement:
    """One `called` or `recalled` event; `seq` orders them within a business day."""

    day: date
    seq: int
    at: datetime
    number: str
    service: str
    counter: int
    recalled: bool
