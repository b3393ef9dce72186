"""The two kinds of errors that a caller is meant to handle: refused by the rules, and out of reach.

Everything else that is raised is a bug of ours.
"""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """Why the rules say no. Screens word a code in the reader's language (`refusal-<code>`)."""

    UNKNOWN_HALL = "unknown_hall"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_PRIORITY = "unknown_priority"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_TICKET = "unknown_ticket"
    WRONG_STATE = "wrong_state"
    ALREADY_RETURNED = "already_returned"
    COUNTER_FREE = "counter_free"
    COUNTER_BUSY = "counter_busy"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_TAKEN = "counter_taken"
    STALE_VIEW = "stale_view"
    TRANSFER_NOWHERE = "transfer_nowhere"
    NOTHING_TO_UNDO = "nothing_to_undo"
    UNDO_TOO_LATE = "undo_too_late"
    UNDO_OVERTAKEN = "undo_overtaken"
    REQUEST_REUSED = "request_reused"
    APPOINTMENT_TIME = "appointment_time"
    UNKNOWN_BADGE = "unknown_badge"
    WRONG_PIN = "wrong_pin"
    LOCKED_OUT = "locked_out"
    WEAK_PIN = "weak_pin"
    COUNTER_CLOSED = "counter_closed"
    PLAN_IN_USE = "plan_in_use"
    TEXT_TOO_LONG = "text_too_long"
    NOTHING_TO_RATE = "nothing_to_rate"
    RATING_LATE = "rating_late"
    ALREADY_RATED = "already_rated"
    FOREIGN_CODE = "foreign_code"
    OTHER_HALL = "other_hall"
    OTHER_DAY = "other_day"
    PREFIX_LEASED = "prefix_leased"
    NO_FREE_SERIES = "no_free_series"
    NOT_OFFERED = "not_offered"


class Refused(Exception):
    """The rules of the queue forbid the command; nothing was changed.

    `facts` holds what a screen needs to word the reason (for example `number` or `state`).
    """

    def __init__(self, code: RefusalCode, message: str, **facts: str | int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts


class StoreUnavailable(Exception):
    """The store cannot answer now (unreachable, locked, disk full, read-only); the same call may work later.

    `cause` is one of `unreachable`, `locked`, `disk_full`, `read_only`, `damaged`, `newer_schema`,
    `no_schema`, `clock` (this machine's clock is far from the store's).
    """

    def __init__(self, cause: str, message: str) -> None:
        super().__init__(message)
        self.cause = cause
        self.message = message
