"""The door to a hall: open one that a database holds, or load one into it."""

from __future__ import annotations

from sqlalchemy import Engine

from shared.domain.clock import Clock, StoreClock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.plan import HallPlan
from shared.domain.quote import WaitPredictor
from shared.hall.hall import Hall
from shared.hall.plan_document import plan_to_document
from shared.store.engine import make_engine, reading
from shared.store.plans import hall_ids, plan_version, store_plan
from shared.store.schema import require_schema, upgrade
from shared.store.server_clock import server_now


def open_hall(
    database_url: str,
    hall_id: str | None = None,
    *,
    clock: Clock | None = None,
    predictor: WaitPredictor | None = None,
) -> Hall:
    """Open a hall of a database; without an id, the only one it holds.

    Raises:
        Refused: `unknown_hall`, when there is no such hall, or several and none is named.
        StoreUnavailable: the store cannot answer now, or has no or another schema.
    """
    engine = make_engine(database_url)
    try:
        require_schema(engine)
        chosen = _only_hall(engine) if hall_id is None else hall_id
        plan_version(engine, chosen)
        chosen_clock = _set_right(engine, clock)
    except BaseException:
        engine.dispose()
        raise
    return Hall(engine, chosen, chosen_clock, predictor)


def create_hall(
    database_url: str,
    plan: HallPlan,
    *,
    clock: Clock | None = None,
    predictor: WaitPredictor | None = None,
) -> Hall:
    """Bring the database's schema up to date, load the plan as the hall's current one, and open the hall.

    Loading the same plan again changes nothing; another plan becomes a new version, and history keeps the old ones.

    Raises:
        Refused: `plan_in_use`, when customers wait for something that the new plan lacks; `prefix_leased`, when a
            machine that is cut off could give the same numbers.
        StoreUnavailable: the store cannot answer now, or is newer than the programs.
    """
    engine = make_engine(database_url)
    try:
        upgrade(engine)
        chosen_clock = _set_right(engine, clock)
        store_plan(
            engine,
            plan.id,
            plan_to_document(plan),
            chosen_clock.now(),
            services=[service.key for service in plan.services],
            counters=[counter.number for counter in plan.counters],
            prefixes=[service.prefix for service in plan.services],
        )
    except BaseException:
        engine.dispose()
        raise
    return Hall(engine, plan.id, chosen_clock, predictor)


def _set_right(engine: Engine, clock: Clock | None) -> Clock:
    """The clock to work by, one that learns set by the store's if it has one."""
    chosen = clock or StoreClock()
    if isinstance(chosen, StoreClock):
        with reading(engine) as connection:
            by_server = server_now(connection)
        if by_server is not None:
            chosen.note(by_server)
    return chosen


def _only_hall(engine: Engine) -> str:
    halls = hall_ids(engine)
    if len(halls) == 1:
        return halls[0]
    held = ", ".join(halls) or "none"
    message = f"say which hall (this database holds: {held})"
    raise Refused(RefusalCode.UNKNOWN_HALL, message, hall="")
