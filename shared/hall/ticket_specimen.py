"""A ticket as this hall would issue it: to look at the template, and to warm a printer up."""

from __future__ import annotations

from datetime import datetime

from shared.domain.business_day import business_day
from shared.domain.plan import HallPlan
from shared.domain.slip import Slip
from shared.domain.ticket import Ticket, TicketState, ticket_id
from shared.hall.ticket_slip import ticket_slip
from shared.words import Words

_ORDINAL, _AHEAD = 23, 3
_LOW, _MINUTES, _HIGH = 4, 6, 9


def specimen_ticket(plan: HallPlan, now: datetime, service: str | None = None) -> Ticket:
    """The twenty-third ticket of a service, of the plan's first one when none is named. It is stored nowhere.

    Raises:
        Refused: `unknown_service`.
    """
    chosen = plan.services[0] if service is None else plan.service(service)
    number = f"{chosen.prefix}{_ORDINAL:03}"
    day = business_day(now, plan.timezone, plan.rollover)
    return Ticket(
        id=ticket_id(day, number),
        number=number,
        service=chosen.key,
        priority=plan.priorities[0].key,
        state=TicketState.WAITING,
        issued_at=now,
        called_at=None,
        counter=None,
        day=day,
        seq=_ORDINAL,
        prefix=chosen.prefix,
        ordinal=_ORDINAL,
        due_at=now + chosen.target_wait,
        rank_seq=_ORDINAL,
        people_ahead=_AHEAD,
        quote_minutes=_MINUTES,
        quote_low=_LOW,
        quote_high=_HIGH,
    )


def specimen_slip(plan: HallPlan, now: datetime, words: Words, service: str | None = None) -> Slip:
    """The paper of a specimen."""
    return ticket_slip(plan, specimen_ticket(plan, now, service), words)
