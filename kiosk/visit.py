"""One customer's visit to the kiosk: a frozen state and its steps. The next customer begins with a fresh one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import RefusalCode
from shared.domain.plan import APPOINTMENT, ORDINARY
from shared.domain.ticket import Ticket
from shared.hall.check_in import CheckIn
from shared.words import Language


class Step(StrEnum):
    """Where the customer is."""

    SERVICE = "service"
    CLASS = "class"
    TIME = "time"
    RESULT = "result"
    FAILED = "failed"
    CHECKED = "checked"


class Paper(StrEnum):
    """What became of the paper ticket. `UNCONFIRMED`: sent, and the printer does not tell whether it came out."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaperNews:
    """What became of the paper of a ticket. `may_be_out`: bytes left, so that it may still lie in the tray."""

    ticket: str
    paper: Paper
    cause: str | None = None
    may_be_out: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """What the customer wants. However often it is sent, one `request_id` gives one ticket."""

    request_id: str
    service: str
    priority: str
    appointed_for: datetime | None
    language: Language


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a scanned ticket: checked in, refused, or, with neither, not known because the store is away."""

    found: CheckIn | None = None
    refusal: RefusalCode | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """The state of one visit. `intent` stays set until its ticket is there; `asking` while the answer is awaited."""

    language: Language = Language.ZH
    step: Step = Step.SERVICE
    priority: str = ORDINARY
    senior: bool = False
    page: int = 0
    service: str | None = None
    intent: Intent | None = None
    asking: bool = False
    refusal: RefusalCode | None = None
    ticket: Ticket | None = None
    paper: Paper = Paper.NONE
    cause: str | None = None
    checked: Checked | None = None

    @property
    def booked(self) -> bool:
        """Whether the customer comes with an appointment."""
        return self.priority == APPOINTMENT

    def with_class(self, priority: str) -> Visit:
        """The class was chosen: an appointment asks for the service in normal size, any other turns senior mode on."""
        senior = priority not in {ORDINARY, APPOINTMENT}
        return replace(self, step=Step.SERVICE, priority=priority, senior=senior, page=0, service=None)

    def asked(self, intent: Intent) -> Visit:
        """The intent is on its way."""
        return replace(self, service=intent.service, intent=intent, asking=True, refusal=None)

    def issued(self, ticket: Ticket, paper: Paper) -> Visit:
        """The ticket is there."""
        return replace(
            self, step=Step.RESULT, intent=None, asking=False, ticket=ticket, paper=paper, cause=None
        )

    def failed(self, refusal: RefusalCode | None) -> Visit:
        """No ticket. Refused by the rules: the intent is over; out of reach: it is kept to be tried again."""
        kept = self.intent if refusal is None else None
        return replace(self, step=Step.FAILED, intent=kept, asking=False, refusal=refusal)

    def scanned(self, checked: Checked) -> Visit:
        """A ticket was scanned instead of one being taken."""
        return Visit(self.language, Step.CHECKED, senior=self.senior, checked=checked)

    def with_paper(self, paper: Paper, cause: str | None) -> Visit:
        """There is news of the paper ticket."""
        return replace(self, paper=paper, cause=cause)

    def back(self) -> Visit:
        """One step back, as the customer sees it; from the end of a visit there is none, but a fresh start."""
        if self.step is Step.TIME:
            return replace(self, step=Step.SERVICE, service=None)
        if self.step is Step.SERVICE:
            return self.with_class(ORDINARY)
        return replace(self, step=Step.SERVICE)
