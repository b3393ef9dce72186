"""Everything the counter terminal shows, as one frozen picture. It says what is so, never how it is worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.snapshot import PrintState
from shared.words import Language

if TYPE_CHECKING:
    from datetime import datetime

    from shared.domain.device_health import DeviceHealth
    from shared.domain.dispatch import Overtaking
    from shared.domain.figures import CounterFigures
    from shared.domain.plan import CounterPlan
    from shared.domain.snapshot import HallSnapshot, PrintJob
    from shared.domain.ticket import Ticket
    from shared.domain.waits.quote_score import QuoteScore


PRINTED_WITHIN = timedelta(seconds=20)
"""A ticket that is not on paper by now needs a clerk's eye, whatever the printer says of it."""


class Shape(StrEnum):
    """The two shapes of the one window."""

    DESK = "desk"
    BAR = "bar"


class Page(StrEnum):
    """What the window asks of the clerk now."""

    CHOOSE_COUNTER = "choose_counter"
    LOG_IN = "log_in"
    DESK = "desk"


class Tone(StrEnum):
    """How a quiet line is meant."""

    DONE = "done"
    NOTE = "note"
    REFUSED = "refused"
    TROUBLE = "trouble"


class SignHealth(StrEnum):
    """How the counter's own LED sign is."""

    ABSENT = "absent"
    UNKNOWN = "unknown"
    OK = "ok"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class QuietLine:
    """One line about the last action: the id of a word and its values.

    The value `service` is a service's key and `state` a ticket's state; both are worded when they are shown.
    """

    word: str
    tone: Tone
    at: datetime
    values: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class LogIn:
    """Where the log-in stands; `taken_by` names the clerk from whom the counter would be taken over."""

    checking: bool = False
    problem: QuietLine | None = None
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class TerminalState:
    """One moment of a counter terminal.

    `now` is an aware UTC moment; `waiting` holds the tickets that this counter may take, in its own order;
    `busy` names what is under way; `quote_score` says something once `quotes_known` is true. `standby` tells that a
    finish can be kept on this machine while the store is away, `kept` is the id of the ticket whose finish is kept.
    `chosen` tells that a clerk called the current ticket before its turn. `damaged` tells that the store is not whole,
    `last_backup` is the moment of the newest good backup, if there is one.
    """

    now: datetime
    language: Language = Language.ZH
    shape: Shape = Shape.DESK
    counter: int | None = None
    clerk: str | None = None
    log_in: LogIn = LogIn()
    snapshot: HallSnapshot | None = None
    waiting: tuple[Ticket, ...] = ()
    stale: bool = False
    stale_since: datetime | None = None
    damaged: bool = False
    last_backup: datetime | None = None
    busy: str | None = None
    retrying: bool = False
    standby: bool = False
    kept: str | None = None
    line: QuietLine | None = None
    undo_until: datetime | None = None
    figures: CounterFigures | None = None
    overtaken_by: tuple[Overtaking, ...] = ()
    chosen: bool = False
    sign: SignHealth = SignHealth.ABSENT
    devices: tuple[DeviceHealth, ...] = ()
    quote_score: QuoteScore | None = None
    quotes_known: bool = False

    @property
    def page(self) -> Page:
        """The page that belongs to this state."""
        if self.counter is None:
            return Page.CHOOSE_COUNTER
        return Page.LOG_IN if self.clerk is None else Page.DESK

    @property
    def counter_plan(self) -> CounterPlan | None:
        """This counter in the hall's plan; None before the first news."""
        if self.snapshot is None or self.counter is None:
            return None
        return self.snapshot.plan.counter(self.counter)

    @property
    def counter_state(self) -> CounterState | None:
        """Whether this counter is open, and who sits there; None before the first news."""
        if self.snapshot is None or self.counter is None:
            return None
        return self.snapshot.counter(self.counter).state

    @property
    def counter_status(self) -> CounterStatus | None:
        """Whether this counter is open, paused or closed; None before the first news."""
        return None if self.counter_state is None else self.counter_state.status

    @property
    def ticket(self) -> Ticket | None:
        """The ticket called to this counter or served at it; one whose finish is kept has gone."""
        ticket = self.ticket_in_store
        return None if ticket is None or ticket.id == self.kept else ticket

    @property
    def ticket_in_store(self) -> Ticket | None:
        """The ticket at this counter as the store last told."""
        if self.snapshot is None or self.counter is None:
            return None
        return self.snapshot.counter(self.counter).ticket

    @property
    def can_undo(self) -> bool:
        """Whether the last action can still be taken back."""
        return self.undo_seconds > 0

    @property
    def undo_seconds(self) -> int:
        """Whole seconds left for an undo, counted up, so that the last one still says 1."""
        if self.undo_until is None:
            return 0
        return max(0, -((self.now - self.undo_until) // timedelta(seconds=1)))

    @property
    def troubled(self) -> tuple[DeviceHealth, ...]:
        """The hall's devices that need somebody."""
        return tuple(health for health in self.devices if health.needs_somebody(self.now))

    @property
    def unprinted(self) -> tuple[PrintJob, ...]:
        """The print jobs that no paper came of: those that failed, and those that take far too long."""
        jobs = () if self.snapshot is None else self.snapshot.unprinted
        return tuple(
            job for job in jobs if job.state is PrintState.FAILED or self.now - job.queued_at > PRINTED_WITHIN
        )
