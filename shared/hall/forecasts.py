"""The quotes of an open hall: what was learned is fetched once a day, and the running day's log is followed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Engine

from shared.domain.event import Event, EventKind
from shared.domain.quote import QueueAhead, Quote
from shared.domain.waits.live import LiveForecast
from shared.hall.command_runner import CommandRunner
from shared.store.learned_waits import learned_state

log = logging.getLogger(__name__)


class HallForecasts:
    """The hall's own wait predictor. Safe from any thread.

    The log decides what holds: from the event `waits_learned` on, every program goes by the state that was learned for
    the day, before it by the day before's; so all of them tell the same quote.
    """

    def __init__(self, engine: Engine, runner: CommandRunner) -> None:
        self._engine = engine
        self._runner = runner
        self._following = threading.Lock()
        self._lock = threading.Lock()
        self._live: LiveForecast | None = None
        self._day: date | None = None
        self._learned_for: date | None = None

    def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
        """Take in the log of a day up to `seq`. A picture older than what is known already changes nothing.

        Raises:
            StoreUnavailable: the store cannot answer now.
        """
        with self._following:
            if self._day is not None and day < self._day:
                return
            if self._live is None or day != self._day:
                self._begin_anew(day, seq, events_after)
                return
            if seq <= self._live.seq:
                return
            events = list(events_after(self._live.seq))
            if self._learned_for != day and any(event.kind is EventKind.WAITS_LEARNED for event in events):
                self._begin_anew(day, seq, events_after)
                return
            for event in events:
                # Whoever asks for a quote meanwhile waits for one event at most: a ticket's own transaction may ask.
                with self._lock:
                    self._live.take(event)

    def follows(self, day: date, /) -> bool:
        """Whether something of the day's log was followed, or that of a later day."""
        with self._lock:
            if self._day is None or self._live is None:
                return False
            return self._day > day or (self._day == day and self._live.seq > 0)

    def quote(self, queue: QueueAhead) -> Quote:
        """The quote for a ticket that joins this queue now; people ahead only before anything was followed."""
        with self._lock:
            return Quote(queue.people_ahead) if self._live is None else self._live.quote(queue)

    def _begin_anew(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
        """Think a day through from its beginning, and quote by the old state until that is done."""
        plan, plan_of = self._runner.current_plan()[1], self._runner.plan
        found = learned_state(self._engine, self._runner.hall_id, day)
        live = self._of(lambda state: LiveForecast(plan, plan_of, state), found)
        if seq > 0:
            for event in events_after(0):
                live.take(event)
        with self._lock:
            self._live, self._day = live, day
            self._learned_for = None if found is None else found[0]

    def _of(
        self,
        live_of: Callable[[dict[str, Any] | None], LiveForecast],
        found: tuple[date, dict[str, Any]] | None,
    ) -> LiveForecast:
        try:
            return live_of(None if found is None else found[1])
        except ValueError as error:
            log.info("quotes begin anew: %s", error)
            return live_of(None)
