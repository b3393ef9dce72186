"""What a hall can do: issue, call, serve, tell. `open_hall` is the door for programs, scripts and tests."""

from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.ticket import Ticket, TicketState
from shared.hall.access import create_hall, open_hall
from shared.hall.hall import Hall
from shared.hall.queueing import ANY, Undone

__all__ = [
    "ANY",
    "Hall",
    "RefusalCode",
    "Refused",
    "StoreUnavailable",
    "Ticket",
    "TicketState",
    "Undone",
    "create_hall",
    "open_hall",
]
