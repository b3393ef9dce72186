"""Delivers what a machine has kept as soon as the store answers, and prepares the machine for the next outage."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal, Slot

from shared.domain.clock import Clock
from shared.domain.errors import Refused, StoreUnavailable
from shared.domain.snapshot import HallSnapshot
from shared.domain.standby import Outage
from shared.hall import Hall
from shared.hall.standby.keeper import Keeper
from shared.qt.lanes import Lane

log = logging.getLogger(__name__)

Prepare = Callable[[Keeper, Hall, HallSnapshot], None]
"""What a machine does while the store answers, so that it can go on without."""


@dataclass(frozen=True, slots=True)
class Standby:
    """Whether a machine can go on by itself now; `picture` is its own hall's, as far as it has one."""

    ready: bool
    picture: HallSnapshot | None = None


@dataclass(frozen=True, slots=True)
class _Round:
    outage: Outage | None
    standby: Standby | None = None
    problem: Refused | StoreUnavailable | None = None


class Courier(QObject):
    """Connect `ChangeFeed.news` to `follow` and `stale` to `lose`.

    `cleared` passes the news on once nothing is kept any more: whoever would act on a hall that does not know of it
    yet listens to that. `delivered` carries the outage that has ended, `prepared` a `Standby`.
    """

    cleared = Signal(object)
    delivered = Signal(object)
    prepared = Signal(object)

    def __init__(
        self,
        keeper: Keeper,
        hall: Callable[[], Hall],
        prepare: Prepare,
        clock: Clock,
        *,
        post_lane: Lane,
        keep_lane: Lane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper, self._hall, self._prepare, self._clock = keeper, hall, prepare, clock
        self._post_lane, self._keep_lane = post_lane, keep_lane
        self._busy = False
        self._pending = True
        self._undelivered = False
        self._latest: HallSnapshot | None = None
        self._prepared_for: tuple[date, int] | None = None
        self._warned = False

    @property
    def pending(self) -> bool:
        """Whether something may be kept here that the store does not know."""
        return self._pending or self._busy

    @Slot()
    def note_kept(self) -> None:
        """Something has been kept."""
        self._pending = True

    @Slot(object)
    def follow(self, snapshot: HallSnapshot) -> None:
        """The store answers: deliver, then prepare; with nothing to do the news are passed on at once."""
        self._keeper.remember(snapshot)
        self._latest = snapshot
        if self._busy:
            return
        wanted = (snapshot.day, snapshot.plan_version)
        if not self._pending and wanted == self._prepared_for:
            self.cleared.emit(snapshot)
            return
        self._busy = True
        # What is kept from now on is for the next round.
        self._pending = False

        def ended(done: _Round) -> None:
            self._busy = False
            self._prepared_for = wanted if done.problem is None else None
            if done.problem is None:
                self._warned = False
            else:
                self._warn(done.problem)
            if done.outage is not None:
                self.delivered.emit(done.outage)
            if done.standby is not None:
                self.prepared.emit(done.standby)
            if not self._pending:
                self.cleared.emit(self._latest)

        self._post_lane.submit(lambda: self._carry(snapshot, wanted), ended, self._failed)

    @Slot(object)
    def lose(self, _last_news: datetime | None = None) -> None:
        """The store is away: note since when, and tell whether this machine can go on by itself."""
        self._pending = True
        lost_at = self._clock.now()
        self._keep_lane.submit(lambda: self._lost(lost_at), self.prepared.emit, self._cannot_keep)

    @Slot(object)
    def pass_on(self, tell: Callable[[Hall], object]) -> None:
        """Tell the hall something about what was delivered, after a delivery that is under way; once, as it is told."""
        self._post_lane.submit(lambda: tell(self._hall()), on_error=self._not_told)

    def _not_told(self, error: Exception) -> None:
        if not isinstance(error, StoreUnavailable):
            log.error("the hall was not told of a delivered paper: %s", error)

    def _carry(self, snapshot: HallSnapshot, wanted: tuple[date, int]) -> _Round:
        try:
            self._undelivered = self._keeper.pending()
        except StoreUnavailable as problem:
            # Its own file cannot be read: looked into again with every news, and nobody is held up meanwhile.
            self._undelivered = False
            return _Round(None, problem=problem)
        hall = self._hall()
        outage = self._keeper.deliver(hall) if self._undelivered else None
        if wanted == self._prepared_for:
            return _Round(outage)
        try:
            self._prepare(self._keeper, hall, snapshot)
        except (Refused, StoreUnavailable) as problem:
            return _Round(outage, problem=problem)
        return _Round(outage, Standby(self._keeper.ready()))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._pending = self._pending or self._undelivered
        if not isinstance(error, StoreUnavailable) or error.cause != "unreachable":
            self._warn(error)
            if not self._pending:
                # Not for the next news to mend: what does not depend on the delivery goes on.
                self.cleared.emit(self._latest)

    def _warn(self, problem: Exception) -> None:
        """Tell once what this machine cannot do by itself; the next news tries again."""
        if not self._warned:
            self._warned = True
            message = problem.message if isinstance(problem, Refused | StoreUnavailable) else str(problem)
            log.warning("this machine is not prepared for an outage: %s", message)

    def _lost(self, at: datetime) -> Standby:
        if not self._keeper.ready():
            return Standby(ready=False)
        if self._keeper.issues:
            self._keeper.note_lost(at)
        return Standby(ready=True, picture=self._keeper.hall().snapshot())

    def _cannot_keep(self, error: Exception) -> None:
        log.warning("this machine cannot keep tickets: %s", error)
        self.prepared.emit(Standby(ready=False))
