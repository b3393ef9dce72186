"""The counter terminal without its window: takes in the hall's news and the clerk's presses, holds the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_terminal.actions import COMMANDS, Action
from counter_terminal.desk_work import DeskWork
from counter_terminal.device_watch import DeviceWatch
from counter_terminal.outage_news import OutageNews
from counter_terminal.rating_desk import RatingDesk
from counter_terminal.scan_desk import ScanDesk
from counter_terminal.session import Session
from counter_terminal.state import Shape, SignHealth, TerminalState
from counter_terminal.state_keeper import StateKeeper
from shared.domain.errors import StoreUnavailable
from shared.words import Language

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_terminal.finish_keeping import FinishKeeping
    from counter_terminal.one_press import Worker
    from counter_terminal.state import QuietLine
    from shared.domain.clock import Clock
    from shared.domain.dispatch import Overtaking
    from shared.domain.figures import CounterFigures
    from shared.domain.snapshot import HallSnapshot
    from shared.domain.standby import Outage
    from shared.domain.waits.quote_score import QuoteScore
    from shared.hall import Hall
    from shared.qt.courier import Standby

    _LookUp = tuple[CounterFigures, tuple[Overtaking, ...], bool]


class CounterViewModel(QObject):
    """One counter's terminal. `state` is a frozen picture; `changed` tells that there is a new one.

    `session` logs in and out, `desk` carries out what the clerk does with tickets and the counter, `ratings` takes
    the customers' votes, `scans` the codes of tickets. `hall` gives the hall, or raises `StoreUnavailable` while it
    cannot be opened; it is only called on the worker.
    """

    changed = Signal()

    def __init__(
        self,
        hall: Callable[[], Hall],
        worker: Worker,
        clock: Clock,
        *,
        counter: int | None = None,
        language: Language = Language.ZH,
        shape: Shape = Shape.DESK,
        keeping: FinishKeeping | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall = hall
        self._worker = worker
        self._keeper = StateKeeper(TerminalState(clock.now(), language, shape, counter), clock, self)
        self._keeper.changed.connect(self.changed)
        self.session = Session(self._keeper, hall, worker)
        self._devices = DeviceWatch(self._keeper, hall, worker)
        self.scans = ScanDesk(self._keeper, hall, worker, self)
        self.ratings = RatingDesk(self._keeper, hall, worker, self)
        self.ratings.changed.connect(self._look_up_again)
        self.desk = DeskWork(self._keeper, hall, worker, self.ratings.service_finished, keeping)
        self._outages = None if keeping is None else OutageNews(self._keeper, hall, worker)
        self._looked_up: object = None

    @property
    def state(self) -> TerminalState:
        """The state as it is now."""
        return self._keeper.state

    def take_news(self, snapshot: HallSnapshot) -> None:
        """Take in a fresh picture of the hall; one that is older than what is shown is passed over."""
        known = any(line.plan.number == self.state.counter for line in snapshot.counters)
        self._keeper.show_hall(snapshot, **({} if known else {"counter": None, "clerk": None}))
        self._forget_kept()
        self.session.check_clerk()
        # A vote that waited goes first: it is for the service before the one that a waiting press may end.
        self.ratings.try_again()
        self.desk.try_again()
        self._look_up()
        self._devices.look()
        if self._outages is not None:
            self._outages.look()

    def look_at_quotes(self) -> None:
        """Read how good last week's quotes were."""
        self._worker.submit(lambda: self._hall().quote_score(), self._take_quotes, self._leave_quotes)

    def _take_quotes(self, score: QuoteScore | None) -> None:
        self._keeper.change(quote_score=score, quotes_known=True)

    def _leave_quotes(self, _error: Exception) -> None:
        """The change feed says that the store is out of reach; whoever opens the page again reads again."""

    def take_stale(self, since: datetime | None) -> None:
        """Take in that the store does not answer; `since` is the moment of the last news."""
        self._keeper.change(stale=True, stale_since=since)
        if self._outages is not None:
            self._outages.lose(since)

    def take_damage(self, last_backup: datetime | None) -> None:
        """Take in that the store is not whole; it stays said, since nothing that is done here makes it whole."""
        self._keeper.change(damaged=True, last_backup=last_backup)

    def stand_by(self, standby: Standby) -> None:
        """Take in whether a finish can be kept here while the store is away."""
        self._keeper.change(standby=standby.ready)

    def take_outage(self, outage: Outage) -> None:
        """Take in that what was kept here has been delivered; what the hall had overtaken is at the counter again."""
        ticket = self.state.ticket_in_store
        if ticket is not None and ticket.number in (*outage.trouble, *outage.set_aside):
            self._keeper.change(kept=None)

    def show_sign_health(self, health: SignHealth) -> None:
        """Take in how the counter's sign is."""
        self._keeper.change(sign=health)

    def now(self) -> datetime:
        """The moment by this terminal's clock."""
        return self._keeper.clock.now()

    def say(self, line: QuietLine) -> None:
        """Show a quiet line."""
        self._keeper.say(line)

    def tick(self) -> None:
        """Let the time go on now; it does so by itself every second."""
        self._keeper.tick()

    def stop(self) -> None:
        """End all timers; the view model is of no use afterwards."""
        self._keeper.stop()
        self.desk.stop()
        self.ratings.stop()

    def press(self, action: Action) -> None:
        """Carry out an action that needs no answer from the clerk; a forbidden one says why."""
        if action in COMMANDS:
            self.desk.carry_out(action)
            return
        match action:
            case Action.NEXT:
                self.desk.call_next()
            case Action.UNDO:
                self.desk.undo()
            case Action.PAUSE:
                self.desk.open_again()
            case Action.LOG_OUT:
                self.session.log_out()
            case Action.BAR:
                self._keeper.change(shape=Shape.DESK if self.state.shape is Shape.BAR else Shape.BAR)
            case Action.LANGUAGE:
                self._keeper.change(language=self.state.language.other)

    def _forget_kept(self) -> None:
        """The store knows of the kept finish once its ticket is no longer at this counter."""
        ticket = self.state.ticket_in_store
        if self.state.kept is not None and (ticket is None or ticket.id != self.state.kept):
            self._keeper.change(kept=None)

    def _look_up(self) -> None:
        """Fetch what the picture of the hall does not hold, when this counter's ticket has changed."""
        state = self.state
        if state.clerk is None or state.counter is None:
            return
        ticket, counter = state.ticket, state.counter
        wanted = (counter, state.clerk, None if ticket is None else (ticket.id, ticket.state))
        if wanted == self._looked_up:
            return
        self._looked_up = wanted

        def look_up() -> _LookUp:
            hall = self._hall()
            if ticket is None:
                return hall.figures(counter), (), False
            chosen = hall.called_before_its_turn(ticket.id)
            return hall.figures(counter), hall.why_overtaken(ticket.id), chosen

        self._worker.submit(look_up, self._take_look_up, self._look_up_later)

    def _look_up_again(self) -> None:
        self._looked_up = None
        self._look_up()

    def _take_look_up(self, found: _LookUp) -> None:
        figures, overtaken_by, chosen = found
        self._keeper.change(figures=figures, overtaken_by=overtaken_by, chosen=chosen)

    def _look_up_later(self, error: Exception) -> None:
        # A bug would come again with every news; it has been logged once.
        if isinstance(error, StoreUnavailable):
            self._looked_up = None
