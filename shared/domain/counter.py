"""A counter's state: open, paused or closed, and who sits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CounterStatus(StrEnum):
    """Whether a counter (窗口) takes customers."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CounterState:
    """A counter on one business day; a counter nobody has opened yet is closed, with no `since`."""

    number: int
    status: CounterStatus = CounterStatus.CLOSED
    reason: str | None = None
    clerk: str | None = None
    since: datetime | None = None
