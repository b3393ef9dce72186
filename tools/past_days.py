"""A hall with a long past, made quickly: copies of a day that was truly worked, for tests of plans and for benchmarks.

The past is sound: `jiaohao verify` finds each of its days in order.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from shared.domain.clock import ManualClock
from shared.domain.plan import HallPlan
from shared.hall import Hall, create_hall
from tools.day_copies import copy_day_back

PRINTER = "kiosk-1"
WORKING_TIME = timedelta(hours=8)
PEOPLE_IN_LINE = 3
"""So many are waiting when the counters begin to call; at the end of the day their tickets expire."""

NO_SHOW_EVERY = 20


def give_a_past(database_url: str, plan: HallPlan, clock: ManualClock, days: int, tickets_a_day: int) -> None:
    """Make the hall, with so many days behind the one that the clock stands on.

    The latest of them is worked by the hall itself, and closed by the opening of the clock's day; the earlier ones are
    its copies.
    """
    now = clock.now()
    clock.set(now - timedelta(days=1))
    with create_hall(database_url, plan, clock=clock) as hall:
        _work_a_day(hall, clock, tickets_a_day)
        worked = hall.opened_day()
        clock.set(now)
        hall.open_counter(plan.counters[0].number)
    if worked is not None:
        copy_day_back(database_url, plan.id, worked, days - 1)


def _work_a_day(hall: Hall, clock: ManualClock, tickets: int) -> None:
    """Customers of every service in turn, now and then one who does not come when called; all papers printed."""
    services = [service.key for service in hall.plan.services]
    for turn in range(tickets):
        clock.advance(WORKING_TIME / tickets)
        service = services[turn % len(services)]
        hall.issue(service, request_id=uuid4().hex, print_at=PRINTER)
        if turn >= PEOPLE_IN_LINE:
            offering = hall.plan.counters_offering(service)
            counter = offering[turn % len(offering)].number
            if hall.call_next(counter, uuid4().hex) is not None and turn % NO_SHOW_EVERY == 0:
                hall.no_show(counter, uuid4().hex)
    for job in hall.print_jobs():
        hall.claim_print(job)
        hall.print_succeeded(job)
