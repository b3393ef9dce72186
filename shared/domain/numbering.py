"""Ticket numbers as people read them: `A001` … `A999`, then `A1000`; never `A000`."""

from __future__ import annotations


def ticket_number(prefix: str, ordinal: int) -> str:
    """The number of the `ordinal`-th ticket (from 1) of a prefix on a business day."""
    if ordinal < 1:
        raise ValueError(f"ordinals begin at 1, not {ordinal}")
    return f"{prefix}{ordinal:03d}"


LEAST_SKIPPED = 500
"""So many numbers of each service are passed over at least, when nobody knows which of them were given."""

_ROUND = 100


def ordinal_to_go_on_above(last: int, busiest: int) -> int:
    """The ordinal that counts as the last one given, where a store has lost the end of its day.

    `last` is the last one that it knows of, `busiest` the most that it ever gave of the prefix in a day: half as many
    again were hardly given since. The next number is a round hundred and one, so that the leap is seen as one.
    """
    above = last + max(LEAST_SKIPPED, busiest + busiest // 2)
    return -(-above // _ROUND) * _ROUND
