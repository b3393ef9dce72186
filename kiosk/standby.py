"""What lets a kiosk go on without its store: its own file, who keeps, who delivers, and the paper of kept tickets."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.print_rig import PrintRig
from kiosk.standby_office import StandbyOffice
from kiosk.ticket_office import TicketSource
from kiosk.view_model import KioskViewModel
from shared.domain.clock import Clock
from shared.domain.snapshot import HallSnapshot
from shared.hall import Hall
from shared.hall.late_hall import LateHall
from shared.hall.standby.keeper import Keeper
from shared.hall.standby.local_store import standby_file
from shared.qt.change_feed import ChangeFeed
from shared.qt.courier import Courier
from shared.qt.lanes import Lane
from shared.settings import Settings, standby_folder


@dataclass
class KioskStandby:
    """The parts of a kiosk's standby. They end after the view, and before the store's lane."""

    keeper: Keeper
    office: StandbyOffice
    courier: Courier
    keep_lane: Lane
    post_lane: Lane

    def serve(self, view: KioskViewModel, feed: ChangeFeed) -> None:
        """Follow the hall for a view; before the feed is started."""
        feed.news.connect(self.office.find_store)
        feed.news.connect(self.courier.follow)
        feed.stale.connect(self.office.lose_store)
        feed.stale.connect(self.courier.lose)
        self.office.kept.connect(self.courier.note_kept)
        self.courier.prepared.connect(view.stand_by)
        self.courier.delivered.connect(view.hear_of_outage)

    def may_print(self) -> bool:
        """Whether the store's papers may be printed.

        They wait until what is kept has been delivered: a paper may be queued there for a number whose answer came
        too late, and which the delivery cancels.
        """
        return not (self.office.keeping or self.courier.pending)

    def print_beside(self, rig: PrintRig) -> None:
        """Print the kept tickets on the same printer, whose rig asks `may_print`; each desk prints its own."""
        own_desk = rig.second_desk(self.keeper.hall, self.keep_lane)
        self.courier.cleared.connect(rig.follow)
        self.office.from_store.connect(rig.look)
        self.office.kept.connect(own_desk.look)
        own_desk.moved_on.connect(self.courier.pass_on)
        own_desk.look()

    def stop(self, timeout_s: float) -> None:
        """Keep and deliver nothing more."""
        self.office.stop()
        self.post_lane.stop(timeout_s)
        self.keep_lane.stop(timeout_s)
        self.keeper.close()


def open_standby(
    settings: Settings, name: str, clock: Clock, hall: LateHall, office: TicketSource, *, prints: bool
) -> KioskStandby | None:
    """The standby of this kiosk; None where the store is a file on this machine, which cannot be cut off."""
    file = standby_file(standby_folder(), settings.database_url, settings.hall, f"kiosk-{name}")
    if file is None:
        return None
    keeper = Keeper(file, name, clock)
    keep_lane, post_lane = Lane("keep"), Lane("post")
    return KioskStandby(
        keeper,
        StandbyOffice(office, keeper, keep_lane, name if prints else None),
        Courier(keeper, hall.get, _prepare, clock, post_lane=post_lane, keep_lane=keep_lane),
        keep_lane,
        post_lane,
    )


def _prepare(keeper: Keeper, hall: Hall, _snapshot: HallSnapshot) -> None:
    keeper.prepare(hall)
