"""What a restored store needs before it takes its place."""

from __future__ import annotations

from sqlalchemy import Engine

from shared.domain.clock import Clock
from shared.hall.hall import Hall
from shared.store.plans import hall_ids


def leap_over_lost_numbers(engine: Engine, clock: Clock) -> dict[str, dict[str, str]]:
    """Let every hall go on above what may have been given since; the next numbers, by hall and service.

    Raises:
        StoreUnavailable: the store cannot be written.
    """
    return {hall_id: Hall(engine, hall_id, clock).go_on_above_lost_numbers() for hall_id in hall_ids(engine)}
