"""Ticket numbers as people read them: `A001` … `A999`, then `A1000`; never `A000`."""

from __future__ import annotations


def ticket_number(prefix: str, ordinal: int) -> str:
    """The number of the `ordinal`-th ticket (from 1) of a prefix on a business day."""
    if ordinal < 1:
        raise ValueError(f"ordinals begin at 1, not {ordinal}")
    return f"{prefix}{ordinal:03d}"
