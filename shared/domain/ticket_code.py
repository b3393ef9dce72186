"""What the QR code on a ticket says, and reading it back: the hall and the ticket, and nothing about the person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shared.domain.errors import RefusalCode, Refused
from shared.domain.ticket import split_ticket_id

_CODE = re.compile(r"jiaohao:([^\s/]{1,64})/([0-9]{8}-[^\s/]{1,12})")


@dataclass(frozen=True, slots=True)
class TicketCode:
    """A ticket of a hall, as its code names it."""

    hall: str
    ticket: str

    def __str__(self) -> str:
        return f"jiaohao:{self.hall}/{self.ticket}"


def read_ticket_code(text: str) -> TicketCode:
    """The ticket in a scanned text, whatever that is: scanners read any code that is held before them.

    Raises:
        Refused: `foreign_code`, when it is none of ours.
    """
    found = _CODE.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        split_ticket_id(found[2])
    except (ValueError, Refused):
        raise Refused(RefusalCode.FOREIGN_CODE, "the scanned code is no ticket of this system") from None
    return TicketCode(found[1], found[2])
