"""Tells the clerk in one line what happened while the store was away, once machines have delivered what they kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from counter_terminal import lines
from counter_terminal.state import QuietLine, Tone
from counter_terminal.wording import clock_time
from shared.domain.standby import merged

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_terminal.one_press import Worker
    from counter_terminal.state_keeper import StateKeeper
    from shared.domain.plan import HallPlan
    from shared.domain.standby import Outage
    from shared.hall import Hall

DELIVERED_WITHIN = timedelta(minutes=1)
"""For so long after an outage the store is asked, with each news, what other machines have delivered."""

_BEFORE = timedelta(minutes=1)
"""Another machine may have missed the store a little earlier than this one did."""


class OutageNews:
    """Asks the store about an outage after its end, until nothing new is to be expected."""

    def __init__(self, keeper: StateKeeper, hall: Callable[[], Hall], worker: Worker) -> None:
        self._keeper, self._hall, self._worker = keeper, hall, worker
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._told: Outage | None = None
        self._asking = False

    def lose(self, last_news: datetime | None) -> None:
        """The store is away."""
        now = self._keeper.clock.now()
        if self._since is None or self._until is not None:
            self._since, self._told = (last_news or now) - _BEFORE, None
        self._until = None

    def look(self) -> None:
        """There is news of the hall."""
        if self._since is None or self._asking:
            return
        now = self._keeper.clock.now()
        self._until = self._until or now + DELIVERED_WITHIN
        if now > self._until:
            self._since = None
            return
        since = self._since
        self._asking = True
        self._worker.submit(lambda: self._hall().standby.outages(since), self._take, self._leave)

    def _take(self, outages: tuple[Outage, ...]) -> None:
        self._asking = False
        snapshot = self._keeper.state.snapshot
        latest = next(iter(reversed(merged(outages))), None)
        if latest is None or snapshot is None or latest == self._told or latest.until is None:
            return
        self._told = latest
        self._keeper.say(outage_line(snapshot.plan, latest, latest.until, self._keeper.clock.now()))

    def _leave(self, _error: Exception) -> None:
        """The next news asks again."""
        self._asking = False


def outage_line(plan: HallPlan, outage: Outage, until: datetime, at: datetime) -> QuietLine:
    """The line about an outage that has ended."""
    span = {"since": clock_time(plan, outage.since), "until": clock_time(plan, until)}
    counts = {"tickets": outage.tickets, "finished": outage.finished}
    if outage.set_aside:
        numbers = " ".join([*outage.trouble, *outage.set_aside])
        machine = outage.machine
        return lines.line("counter-outage-aside", Tone.TROUBLE, at, numbers=numbers, machine=machine, **span)
    if outage.trouble:
        numbers = " ".join(outage.trouble)
        return lines.line("counter-outage-trouble", Tone.TROUBLE, at, **span, **counts, numbers=numbers)
    if outage.tickets or outage.finished:
        return lines.line("common-outage", Tone.NOTE, at, **span, **counts)
    return lines.line("common-outage-nothing", Tone.NOTE, at, **span)
