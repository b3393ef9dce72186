"""What happened in a hall, in the one order in which it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.domain.ticket import Command

Scalar = str | int | float | bool | None
Detail = Mapping[str, "Scalar | Mapping[str, Scalar]"]


class EventKind(StrEnum):
    """The kinds of events of a day's log."""

    DAY_OPENED = "day_opened"
    DAY_CLOSED = "day_closed"
    PLAN_CHANGED = "plan_changed"
    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    STARTED = "started"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    RETURNED = "returned"
    HELD = "held"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    RELEASED = "released"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNDONE = "undone"
    RATED = "rated"
    NOT_RATED = "not_rated"
    COUNTER_OPENED = "counter_opened"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_CLOSED = "counter_closed"
    CLERK_LOGGED_IN = "clerk_logged_in"
    CLERK_LOGGED_OUT = "clerk_logged_out"
    WAITS_LEARNED = "waits_learned"
    NUMBERS_SKIPPED = "numbers_skipped"


COMMAND_OF: Mapping[EventKind, Command] = {
    EventKind.CALLED: Command.CALL,
    EventKind.RECALLED: Command.RECALL,
    EventKind.STARTED: Command.START,
    EventKind.FINISHED: Command.FINISH,
    EventKind.NO_SHOW: Command.NO_SHOW,
    EventKind.RETURNED: Command.RETURN,
    EventKind.HELD: Command.HOLD,
    EventKind.RESUMED: Command.RESUME,
    EventKind.TRANSFERRED: Command.TRANSFER,
    EventKind.RELEASED: Command.RELEASE,
    EventKind.CANCELLED: Command.CANCEL,
    EventKind.EXPIRED: Command.EXPIRE,
    EventKind.RATED: Command.RATE,
    EventKind.NOT_RATED: Command.RATE,
}
"""The command whose permission each kind of event needs; replaying a log checks it again."""

RATINGS = frozenset({EventKind.RATED, EventKind.NOT_RATED})
"""What a customer does after the service: no action of the clerk, and no obstacle to taking the finish back."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a hall's log.

    `seq` counts from 1 without gaps within (hall, day); `command` is the `seq` of the first event of the same
    command, so that what was done together is taken back together. `ticket` is a ticket's number. `detail` holds
    what the event decided and nothing that follows from it: JSON values, moments as ISO 8601 text.
    """

    day: date
    seq: int
    command: int
    at: datetime
    kind: EventKind
    ticket: str | None = None
    counter: int | None = None
    clerk: str | None = None
    detail: Detail | None = None
