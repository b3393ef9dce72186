"""Who may sit at a counter: badge number (工号) and PIN.

PINs are kept as argon2id hashes with the library's parameters (RFC 9106's second recommended option). Hashing takes
tens of milliseconds by design: call these from a worker, never from the thread that draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine

from shared.domain.clock import Clock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.limits import LONGEST_BADGE, LONGEST_NAME, require_short
from shared.store.clerks import (
    ClerkRecord,
    clear_failures,
    count_failure,
    read_clerk,
    read_clerks,
    store_clerk,
)

FEWEST_PIN_DIGITS = 4
MOST_FAILURES = 5
LOCKED_FOR = timedelta(seconds=60)

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk without secrets; `role` is `clerk` or `supervisor`."""

    badge: str
    name: str
    role: str


def add_clerk(engine: Engine, hall_id: str, badge: str, name: str, pin: str, role: str = "clerk") -> Clerk:
    """Add a clerk or set a new name, role and PIN for the badge number.

    Raises:
        Refused: `weak_pin`, when the PIN is not at least four digits.
        ValueError: the role is neither `clerk` nor `supervisor`, or the badge number is empty.
    """
    if role not in ("clerk", "supervisor"):
        raise ValueError(f"a role is 'clerk' or 'supervisor', not {role!r}")
    require_short("badge number", badge, LONGEST_BADGE)
    require_short("name", name, LONGEST_NAME)
    if not badge.strip():
        raise ValueError("a clerk needs a badge number")
    if len(pin) < FEWEST_PIN_DIGITS or not pin.isdecimal():
        message = f"a PIN has at least {FEWEST_PIN_DIGITS} digits and nothing else"
        raise Refused(RefusalCode.WEAK_PIN, message, digits=FEWEST_PIN_DIGITS)
    store_clerk(engine, hall_id, ClerkRecord(badge, name, role, _hasher.hash(pin), True, 0, None))
    return Clerk(badge, name, role)


def list_clerks(engine: Engine, hall_id: str) -> tuple[Clerk, ...]:
    """The active clerks of a hall."""
    return tuple(
        Clerk(record.badge, record.name, record.role)
        for record in read_clerks(engine, hall_id)
        if record.active
    )


def check_pin(engine: Engine, hall_id: str, badge: str, pin: str, clock: Clock) -> Clerk:
    """The clerk with this badge number, if the PIN is right.

    Raises:
        Refused: `unknown_badge`, `wrong_pin`, or `locked_out` for a minute after five wrong PINs.
    """
    record = read_clerk(engine, hall_id, badge)
    if record is None or not record.active:
        raise Refused(RefusalCode.UNKNOWN_BADGE, f"no clerk has badge number {badge!r}", badge=badge)
    now = clock.now()
    # A lock that ends later than a new one would was set by a clock that ran ahead.
    if record.locked_until is not None and now < record.locked_until <= now + LOCKED_FOR:
        seconds = int((record.locked_until - now).total_seconds()) + 1
        message = f"too many wrong PINs: try again in {seconds} seconds"
        raise Refused(RefusalCode.LOCKED_OUT, message, seconds=seconds)
    try:
        _hasher.verify(record.pin_hash, pin)
    except VerifyMismatchError:
        count_failure(engine, hall_id, badge, MOST_FAILURES, now + LOCKED_FOR)
        raise Refused(RefusalCode.WRONG_PIN, "the PIN is wrong", badge=badge) from None
    if record.failures:
        clear_failures(engine, hall_id, badge)
    return Clerk(record.badge, record.name, record.role)
