"""What lets a terminal finish its ticket without the store: its own file, who keeps and who delivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_terminal.finish_keeping import FinishKeeping
from shared.hall.standby.keeper import Keeper
from shared.hall.standby.local_store import standby_file
from shared.qt.courier import Courier
from shared.qt.lanes import Lane
from shared.settings import Settings, standby_folder

if TYPE_CHECKING:
    from counter_terminal.view_model import CounterViewModel
    from shared.domain.clock import Clock
    from shared.domain.snapshot import HallSnapshot
    from shared.hall import Hall
    from shared.hall.late_hall import LateHall
    from shared.qt.change_feed import ChangeFeed


@dataclass
class TerminalStandby:
    """The parts of a terminal's standby."""

    keeper: Keeper
    keeping: FinishKeeping
    courier: Courier
    keep_lane: Lane
    post_lane: Lane

    def serve(self, view_model: CounterViewModel, feed: ChangeFeed) -> None:
        """Follow the hall for a view model; before the feed is started."""
        feed.news.connect(self.courier.follow)
        feed.stale.connect(self.courier.lose)
        self.keeping.kept.connect(self.courier.note_kept)
        self.courier.prepared.connect(view_model.stand_by)
        self.courier.delivered.connect(view_model.take_outage)

    def stop(self, timeout_s: float) -> None:
        """Keep and deliver nothing more."""
        self.keeping.stop()
        self.post_lane.stop(timeout_s)
        self.keep_lane.stop(timeout_s)
        self.keeper.close()


def open_standby(settings: Settings, clock: Clock, hall: LateHall) -> TerminalStandby | None:
    """The standby of this terminal; None where the store is a file on this machine, which cannot be cut off."""
    machine = "counter" if settings.counter is None else f"counter-{settings.counter}"
    file = standby_file(standby_folder(), settings.database_url, settings.hall, machine)
    if file is None:
        return None
    keeper = Keeper(file, machine, clock, issues=False)
    keep_lane, post_lane = Lane("keep"), Lane("post")
    return TerminalStandby(
        keeper,
        FinishKeeping(keeper, keep_lane),
        Courier(keeper, hall.get, _prepare, clock, post_lane=post_lane, keep_lane=keep_lane),
        keep_lane,
        post_lane,
    )


def _prepare(keeper: Keeper, _hall: Hall, snapshot: HallSnapshot) -> None:
    keeper.prepare_file(snapshot)
