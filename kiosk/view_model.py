"""The kiosk's view model: takes taps and news, moves the visit on, and shows what follows from it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from hardware.status import DeviceStatus, Health
from kiosk.presenter import Link, Look, Situation, page_of, present
from kiosk.screen_state import KioskScreen, Page
from kiosk.tap_guard import TapGuard
from kiosk.ticket_office import CheckInDesk, TicketSource
from kiosk.visit import Checked, Intent, Paper, PaperNews, Step, Visit
from shared.domain.clock import Clock
from shared.domain.errors import Refused
from shared.domain.plan import APPOINTMENT
from shared.domain.request_id import new_request_id
from shared.domain.snapshot import HallSnapshot
from shared.domain.standby import Outage
from shared.domain.ticket import Ticket
from shared.hall.check_in import CheckIn
from shared.qt.courier import Standby
from shared.qt.sizes import Screen
from shared.qt.view_model import ViewModel, as_qml
from shared.words import Language, Words

_NO_SCANS = frozenset({Page.STARTING, Page.CLOSED, Page.OUT_OF_SERVICE})
"""Pages that say themselves why nothing can be done."""

_LOOKS = ("theme", "layout", "words")
"""Fields of the screen that stay the same while customers come and go."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things last, in milliseconds. `after_issue_ms` covers the taps of who hits a card ten times."""

    idle_ms: int = 30_000
    stay_ms: int = 6_000
    stay_photograph_ms: int = 20_000
    senior_factor: float = 2.0
    patience_ms: int = 3_000
    settle_ms: int = 350
    after_issue_ms: int = 1_000
    stay_scan_ms: int = 10_000


class KioskViewModel(ViewModel[KioskScreen]):
    """Holds the visit and the situation; everything shown follows from the two. `ticket_issued` asks for its paper.

    QML reads `view.looks` (theme, layout, words), which seldom changes, and everything else from `view.state`.
    """

    ticket_issued = Signal()
    looks_changed = Signal()

    def __init__(
        self,
        tickets: TicketSource,
        look: Look,
        clock: Clock,
        *,
        prints: bool,
        language: Language = Language.ZH,
        pace: Pace | None = None,
        check_in: CheckInDesk | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        self._tickets = tickets
        self._check_in = check_in
        self._look = look
        self._clock = clock
        self._prints = prints
        self._language = language
        self._pace = pace or Pace()
        self._monotonic = monotonic
        self._heard_at = monotonic()
        self._guard = TapGuard(self._pace.settle_ms, monotonic)
        self._words = {each: Words(each) for each in Language}
        self._visit = Visit(language=language)
        self._situation = Situation(clock.now())
        self._stay_ms = 0
        screen = self._screen()
        super().__init__(screen, parent, without=frozenset(_LOOKS))
        self._looks = _looks_of(screen)
        self._idle = self._timer(self.start_over)
        self._stay = self._timer(self.start_over)
        self._patience = self._timer(self._give_up_link)
        self._minute = QTimer(self, interval=1000)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self._visit

    @property
    def situation(self) -> Situation:
        """What is known besides the visit."""
        return self._situation

    # What customers do.

    @Slot()
    def touched(self) -> None:
        """The screen was touched anywhere: somebody is there."""
        if self._visit != Visit(language=self._language) and not self._stay.isActive():
            self._idle.start(self._pace.idle_ms)

    @Slot(str)
    def choose_service(self, key: str) -> None:
        """A service was tapped: take the number, or ask for the booked time first."""
        if not self._takes_tap(Page.SERVICES):
            return
        if self._visit.booked:
            self._go(replace(self._visit, step=Step.TIME, service=key))
        else:
            self._ask(self._intent(key, None))

    @Slot()
    def choose_help(self) -> None:
        """The senior and accessible button: ask which class."""
        if self._takes_tap(Page.SERVICES):
            self._go(replace(self._visit, step=Step.CLASS))

    @Slot(str)
    def choose_class(self, key: str) -> None:
        """A class was chosen."""
        if self._takes_tap(Page.CLASSES):
            self._go(self._visit.with_class(key))

    @Slot()
    def choose_appointment(self) -> None:
        """The customer has booked: ask what for."""
        if self._takes_tap(Page.SERVICES):
            self._go(self._visit.with_class(APPOINTMENT))

    @Slot(str)
    def choose_time(self, moment: str) -> None:
        """The booked time was chosen: take the number."""
        if self._takes_tap(Page.TIMES) and self._visit.service is not None:
            self._ask(self._intent(self._visit.service, datetime.fromisoformat(moment)))

    @Slot(int)
    def turn_page(self, by: int) -> None:
        """To another page of services."""
        pager = self.current.pager
        page = min(max(pager.page + by, 0), pager.pages - 1)
        if page != pager.page and self._takes_tap(Page.SERVICES):
            self._go(replace(self._visit, page=page), settle=False)

    @Slot()
    def switch_language(self) -> None:
        """To the other language, on any page."""
        if not self._visit.asking:
            self._go(replace(self._visit, language=self._visit.language.other), settle=False)

    @Slot()
    def retry(self) -> None:
        """Ask again for the same intent: if the first answer was only lost, its ticket comes."""
        if self._takes_tap(Page.FAILED) and self._visit.intent is not None:
            self._ask(self._visit.intent)

    @Slot()
    def back(self) -> None:
        """One step back, or on to the next customer."""
        if self._visit.asking or not self._guard.lets_through():
            return
        if self._visit.step in {Step.RESULT, Step.FAILED, Step.CHECKED}:
            self.start_over()
        else:
            self._go(self._visit.back())

    @Slot()
    def start_over(self) -> None:
        """Ready for the next customer, unless an answer is awaited."""
        if not self._visit.asking:
            self._go(Visit(language=self._language))

    @Slot(str)
    def scan(self, code: str) -> None:
        """A code was held before the scanner: check its ticket in, on any page on which nothing else is under way."""
        page = page_of(self._visit, self._situation)
        busy = self._visit.asking or (page is Page.RESULT and self._visit.paper is Paper.PRINTING)
        if self._check_in is None or busy or page in _NO_SCANS:
            return
        self._go(replace(self._visit, asking=True, service=None), settle=False)
        self._check_in.check_in(code, self._found, self._not_found)

    @Slot(int, int)
    def resize(self, width: int, height: int) -> None:
        """The window has another size; it stands for the whole screen, whatever its pixels."""
        if width > 0 and height > 0:
            screen = Screen(width, height, self._look.screen.diagonal_inches)
            self._look = replace(self._look, screen=screen)
            self.refresh()

    # What the hall and the printer tell.

    @Slot(object)
    def receive(self, snapshot: HallSnapshot) -> None:
        """There is news of the hall."""
        self._patience.stop()
        self._heard_at = self._monotonic()
        self._situation = replace(self._situation, link=Link.FRESH, snapshot=snapshot)
        self.refresh()

    @Slot()
    def lose_link(self) -> None:
        """The store does not answer. Quotes are hidden at once; the kiosk closes when it lasts."""
        if self._situation.link is not Link.LOST:
            self._situation = replace(self._situation, link=Link.SHAKY)
            self._patience.start(self._pace.patience_ms)
        self.refresh()

    @Slot(object)
    def stand_by(self, standby: Standby) -> None:
        """Whether tickets can be kept here while the store is away; its picture serves until the store's own comes."""
        snapshot = self._situation.snapshot or standby.picture
        self._situation = replace(self._situation, standby=standby.ready, snapshot=snapshot)
        self.refresh()

    @Slot(object)
    def hear_of_outage(self, outage: Outage) -> None:
        """What was kept here has been delivered."""
        self._situation = replace(self._situation, outage=outage)
        self.refresh()

    @Slot(object)
    def hear_of_paper(self, news: PaperNews) -> None:
        """A paper came out, or did not."""
        self._situation = replace(self._situation, printer_down=news.paper is Paper.FAILED)
        ticket = self._visit.ticket
        if ticket is not None and ticket.id == news.ticket:
            self._visit = self._visit.with_paper(news.paper, news.cause)
            self._stay_a_while()
        self.refresh()

    @Slot(object)
    def hear_of_printer(self, status: DeviceStatus) -> None:
        """The printer told how it is, whether or not somebody wants paper."""
        self._situation = replace(self._situation, printer_down=status.health is Health.DOWN)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what follows from what is known now."""
        age_s = self._monotonic() - self._heard_at
        self._situation = replace(self._situation, now=self._clock.now(), news_age_s=age_s)
        self.show(self._screen())

    def show(self, state: KioskScreen) -> None:
        """Replace the screen; QML hears of its looks and of the rest of it only where they differ."""
        if any(getattr(state, name) != getattr(self.current, name) for name in _LOOKS):
            self._looks = _looks_of(state)
            self.looks_changed.emit()
        super().show(state)

    def stop(self) -> None:
        """Stop all timers: nothing is shown any more."""
        for timer in (self._idle, self._stay, self._patience, self._minute):
            timer.stop()

    def _screen(self) -> KioskScreen:
        words = self._words[self._visit.language]
        return present(self._visit, self._situation, words, self._look, self._stay_ms)

    def _takes_tap(self, page: Page) -> bool:
        """Whether a tap meant for this page counts now."""
        shown = page_of(self._visit, self._situation) is page
        return not self._visit.asking and shown and self._guard.lets_through()

    def _intent(self, service: str, appointed_for: datetime | None) -> Intent:
        return Intent(new_request_id(), service, self._visit.priority, appointed_for, self._visit.language)

    def _ask(self, intent: Intent) -> None:
        self._go(self._visit.asked(intent), settle=False)
        self._tickets.issue(intent, self._issued, self._not_issued)

    def _issued(self, ticket: Ticket) -> None:
        self._visit = self._visit.issued(ticket, Paper.PRINTING if self._prints else Paper.NONE)
        # The paper is looked for while the page is drawn.
        self.ticket_issued.emit()
        self._stay_a_while()
        self._go(self._visit)
        self._guard.rest(self._pace.after_issue_ms)

    def _not_issued(self, error: Exception) -> None:
        self._go(self._visit.failed(error.code if isinstance(error, Refused) else None))
        self._guard.rest(self._pace.after_issue_ms)

    def _found(self, found: CheckIn) -> None:
        self._show_checked(Checked(found))

    def _not_found(self, error: Exception) -> None:
        self._show_checked(Checked(refusal=error.code if isinstance(error, Refused) else None))

    def _show_checked(self, checked: Checked) -> None:
        self._go(self._visit.scanned(checked))
        stay_ms = self._pace.stay_scan_ms
        self._stay.start(round(stay_ms * (self._pace.senior_factor if self._visit.senior else 1.0)))
        self._idle.stop()

    def _stay_a_while(self) -> None:
        """From now on the result stays long enough to be read, or photographed when there is no paper."""
        paper = self._visit.paper
        if paper is Paper.PRINTING:
            self._stay_ms = 0
            return
        usual = self._pace.stay_ms if paper is Paper.PRINTED else self._pace.stay_photograph_ms
        self._stay_ms = round(usual * (self._pace.senior_factor if self._visit.senior else 1.0))
        self._stay.start(self._stay_ms)
        self._idle.stop()

    def _go(self, visit: Visit, *, settle: bool = True) -> None:
        self._visit = visit
        if visit.step is not Step.RESULT:
            self._stay.stop()
            self._stay_ms = 0
        if settle:
            self._guard.rest(self._pace.settle_ms)
        self._idle.stop()
        self.touched()
        self.refresh()

    def _give_up_link(self) -> None:
        self._situation = replace(self._situation, link=Link.LOST)
        self.refresh()

    def _timer(self, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True)
        timer.timeout.connect(on_timeout)
        return timer

    def _read_looks(self) -> dict[str, Any]:
        return self._looks

    looks = Property("QVariantMap", _read_looks, notify=looks_changed)  # type: ignore[arg-type]


def _looks_of(screen: KioskScreen) -> dict[str, Any]:
    return {name: as_qml(getattr(screen, name)) for name in _LOOKS}
