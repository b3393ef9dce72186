"""From what is known (the visit, the hall, the time) to what the screen shows. Pure: the same in, the same out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk import wording
from kiosk.appointment_times import appointment_times, current_slot
from kiosk.check_in_wording import checked_words
from kiosk.layout import lay_out
from kiosk.screen_state import (
    Card,
    Choice,
    Closed,
    Failure,
    Glance,
    Header,
    Hours,
    KioskScreen,
    Page,
    Pager,
    Result,
)
from kiosk.visit import Paper, Step, Visit
from shared.domain.counter import CounterStatus
from shared.domain.opening import always_open, is_open, next_opening, open_span, week_hours
from shared.domain.plan import APPOINTMENT, ORDINARY, PriorityClass
from shared.domain.quote import quote_of
from shared.domain.snapshot import HallSnapshot, ServiceLine
from shared.domain.standby import Outage
from shared.domain.ticket import Ticket
from shared.hall.phrases import clock_text, quote_text
from shared.hall.standby.telling import outage_line
from shared.hall.ticket_slip import ticket_code
from shared.qt.sizes import Screen
from shared.qt.theme import Mode, make_theme
from shared.words import Words

QUOTES_GO_STALE_S = 30.0
"""A quote that is older than this is hidden: no figure is better than a wrong one."""

OUTAGE_TOLD_FOR = timedelta(minutes=3)
"""How long the staff can read what was kept and delivered."""

_PAGE_OF_STEP = {Step.SERVICE: Page.SERVICES, Step.CLASS: Page.CLASSES, Step.TIME: Page.TIMES}
_NO_PAPER = {
    "paper_out": "kiosk-print-paper_out",
    "cover_open": "kiosk-print-cover_open",
    "offline": "kiosk-print-offline",
    "unreachable": "kiosk-print-offline",
}
_CLASS_ICONS = {"senior": "senior", "disabled": "accessible", "vip": "star"}


class Link(StrEnum):
    """How the kiosk stands with the store. `SHAKY` is the short while in which an outage may pass unseen."""

    STARTING = "starting"
    FRESH = "fresh"
    SHAKY = "shaky"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Look:
    """How the kiosk is drawn: its screen, the font's family, and whether things move."""

    screen: Screen
    family: str
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    """What the kiosk knows besides the visit.

    `now` is the hall's time, `news_age_s` in real seconds; `printer_down` is the last paper's failure, until one
    comes out. `standby` tells that tickets can be kept on this machine, `outage` is one that has just ended.
    """

    now: datetime
    news_age_s: float = 0.0
    link: Link = Link.STARTING
    snapshot: HallSnapshot | None = None
    printer_down: bool = False
    standby: bool = False
    outage: Outage | None = None


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the pages are drawn from, once the hall is known."""

    visit: Visit
    situation: Situation
    snapshot: HallSnapshot
    words: Words
    stay_ms: int

    @property
    def fresh(self) -> bool:
        """Whether people waiting and quotes may still be shown."""
        return self.situation.link is Link.FRESH and self.situation.news_age_s < QUOTES_GO_STALE_S


def present(visit: Visit, situation: Situation, words: Words, look: Look, stay_ms: int = 0) -> KioskScreen:
    """The screen for this visit in this situation; `stay_ms` is how long a result stays from now on."""
    snapshot = situation.snapshot
    layout = lay_out(look.screen, len(snapshot.plan.services) if snapshot else 0, senior=visit.senior)
    mode = Mode.SENIOR if visit.senior else Mode.LIGHT
    theme = make_theme(mode, layout.body, family=look.family, moves=look.moves).as_map()
    page = page_of(visit, situation)
    screen = KioskScreen(page, visit.language, visit.senior, theme, layout, words.table("kiosk"))
    if snapshot is None:
        return replace(screen, header=Header(other_language=words.say("common-language-other")))
    scene = _Scene(visit, situation, snapshot, words, stay_ms)
    screen = replace(screen, header=_header(scene))
    fill = _FILLS.get(page)
    return fill(screen, scene) if fill else screen


_ANSWERS = {Step.RESULT: Page.RESULT, Step.FAILED: Page.FAILED, Step.CHECKED: Page.CHECKED}


def page_of(visit: Visit, situation: Situation) -> Page:
    """The page to show. A number, or the lack of one, stays to be read whatever happens to the hall meanwhile."""
    if visit.step in _ANSWERS:
        return _ANSWERS[visit.step]
    if situation.link is Link.LOST and not situation.standby:
        return Page.OUT_OF_SERVICE
    if situation.snapshot is None:
        return Page.STARTING
    if not is_open(situation.snapshot.plan, situation.now):
        return Page.CLOSED
    return _PAGE_OF_STEP[visit.step]


def _header(scene: _Scene) -> Header:
    plan, now, words = scene.snapshot.plan, scene.situation.now, scene.words
    span = open_span(plan, now)
    hours = ""
    if span is not None:
        until = clock_text(plan, span.closes)
        hours = (
            words.say("kiosk-open-always") if always_open(plan) else words.say("kiosk-open-until", time=until)
        )
    return Header(
        hall=plan.name.in_language(words.language),
        clock=clock_text(plan, now),
        hours=hours,
        other_language=words.say("common-language-other"),
    )


def _services(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    visit, words, plan = scene.visit, scene.words, scene.snapshot.plan
    a_page, pages = screen.layout.cards_a_page, screen.layout.pages
    page = min(visit.page, pages - 1)
    lines = scene.snapshot.services[page * a_page : (page + 1) * a_page]
    offered = {each.key for each in plan.priorities if each.at_kiosk}
    ordinary = visit.priority == ORDINARY
    question = "kiosk-choose-booked-service" if visit.booked else "kiosk-choose-service"
    return replace(
        screen,
        question=words.say(question),
        mode=_mode(scene),
        cards=tuple(_card(line, scene) for line in lines),
        pager=Pager(page, pages, words.say("kiosk-page", page=page + 1, pages=pages)),
        offers_help=ordinary and bool(_helped_classes(scene)),
        offers_appointment=ordinary and APPOINTMENT in offered,
        glance=_glance(scene),
    )


def _mode(scene: _Scene) -> str:
    visit, words = scene.visit, scene.words
    if visit.priority == ORDINARY:
        return ""
    if visit.booked:
        return words.say("kiosk-mode-appointment")
    name = scene.snapshot.plan.priority(visit.priority).name.in_language(words.language)
    return words.say("kiosk-mode-priority", **{"class": name})


def _card(line: ServiceLine, scene: _Scene) -> Card:
    visit, words, service = scene.visit, scene.words, line.service
    asking = visit.asking and visit.service == service.key
    name = service.name.in_language(words.language)
    if not scene.fresh or visit.booked:
        return Card(service.key, name, service.icon, asking=asking)
    # Those ahead, and not those of this service alone: counters are shared, and the two figures must agree.
    people = wording.people_ahead(line.quote.people_ahead, words)
    quote = quote_text(line.quote, words, "kiosk") if line.counters_open else words.say("kiosk-no-counter")
    return Card(service.key, name, service.icon, people, quote, asking)


def _glance(scene: _Scene) -> Glance:
    words, snapshot = scene.words, scene.snapshot
    notice, icon = _notice(scene)
    if not scene.fresh:
        return Glance(notice=notice, icon=icon)
    counters = sum(line.state.status is CounterStatus.OPEN for line in snapshot.counters)
    people = len(snapshot.waiting)
    return Glance(
        counters=words.say("kiosk-glance-counters", counters=counters)
        if counters
        else words.say("kiosk-glance-no-counters"),
        people=words.say("kiosk-glance-people", people=people)
        if people
        else words.say("kiosk-glance-nobody"),
        open=counters > 0,
        notice=notice,
        icon=icon,
    )


def _notice(scene: _Scene) -> tuple[str, str]:
    """What to know before taking a number, and its icon; the paper comes first, for it decides what to do."""
    situation, words = scene.situation, scene.words
    if situation.printer_down:
        return words.say("kiosk-glance-paper"), "paper-out"
    if situation.link is Link.LOST:
        return words.say("kiosk-glance-standby"), "offline"
    outage = situation.outage
    if outage is not None and outage.until is not None and situation.now < outage.until + OUTAGE_TOLD_FOR:
        return outage_line(scene.snapshot.plan, outage, words), "info"
    return "", ""


def _helped_classes(scene: _Scene) -> tuple[PriorityClass, ...]:
    """The classes that a customer may choose here; an appointment has a button of its own."""
    own_button = {ORDINARY, APPOINTMENT}
    return tuple(
        each for each in scene.snapshot.plan.priorities if each.at_kiosk and each.key not in own_button
    )


def _classes(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    words = scene.words
    choices = tuple(
        Choice(
            each.key,
            each.name.in_language(words.language),
            words.say(_first_known(words, f"kiosk-class-{each.key}-detail", "kiosk-class-other-detail")),
            _CLASS_ICONS.get(each.key, "person"),
        )
        for each in _helped_classes(scene)
    )
    return replace(screen, question=words.say("kiosk-choose-class"), choices=choices)


def _times(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    plan, now, words = scene.snapshot.plan, scene.situation.now, scene.words
    here = current_slot(plan, now)
    choices = tuple(
        Choice(
            slot.isoformat(),
            clock_text(plan, slot),
            words.say("kiosk-time-now") if slot == here else "",
        )
        for slot in appointment_times(plan, now)
    )
    question = "kiosk-choose-time" if choices else "kiosk-time-none"
    return replace(screen, question=words.say(question), mode=_mode(scene), choices=choices)


def _result(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    ticket, visit, words, plan = scene.visit.ticket, scene.visit, scene.words, scene.snapshot.plan
    if ticket is None:
        return screen
    priority = (
        "" if ticket.priority == ORDINARY else plan.priority(ticket.priority).name.in_language(words.language)
    )
    message, hint = _paper_words(visit, ticket, words)
    result = Result(
        number=ticket.number,
        service=plan.service(ticket.service).name.in_language(words.language),
        priority=priority,
        wait=_wait(ticket, scene),
        counters=_counters_to_watch(ticket, scene),
        qr=ticket_code(plan, ticket),
        paper=visit.paper,
        message=message,
        hint=hint,
        stay_ms=scene.stay_ms,
    )
    return replace(screen, result=result)


def _wait(ticket: Ticket, scene: _Scene) -> str:
    words = scene.words
    if ticket.appointed_for is not None:
        return words.say("kiosk-result-appointed", time=clock_text(scene.snapshot.plan, ticket.appointed_for))
    quote = quote_text(quote_of(ticket), words, "kiosk")
    return wording.wait_text(ticket.people_ahead, quote, words)


def _counters_to_watch(ticket: Ticket, scene: _Scene) -> str:
    """The open counters of the service; while none is open, all that offer it."""
    lines = (line for line in scene.snapshot.services if line.service.key == ticket.service)
    open_now = next((line.counters_open for line in lines), ())
    offering = tuple(counter.number for counter in scene.snapshot.plan.counters_offering(ticket.service))
    return wording.counters_text(open_now or offering, scene.words)


def _paper_words(visit: Visit, ticket: Ticket, words: Words) -> tuple[str, str]:
    match visit.paper:
        case Paper.NONE:
            return words.say("kiosk-no-printer"), words.say("kiosk-printed-hint")
        case Paper.PRINTING:
            return words.say("kiosk-printing"), words.say("kiosk-printed-hint")
        case Paper.PRINTED:
            return words.say("kiosk-printed"), words.say("kiosk-printed-hint")
        case Paper.UNCONFIRMED:
            return words.say("kiosk-printed"), words.say("kiosk-sent-hint")
        case Paper.FAILED:
            text_id = _NO_PAPER.get(visit.cause or "", "kiosk-print-failed")
            return words.say(text_id, number=ticket.number), words.say("kiosk-print-hint")


def _failed(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    visit, words = scene.visit, scene.words
    detail = words.say("kiosk-failed-detail")
    if visit.refusal is not None:
        detail = words.say("kiosk-refused-detail", reason=words.say(f"refusal-{visit.refusal}"))
    failure = Failure(
        title=words.say("kiosk-failed-title"),
        detail=detail,
        can_retry=visit.refusal is None,
        asking=visit.asking,
    )
    return replace(screen, failure=failure)


def _checked(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    if scene.visit.checked is None:
        return screen
    return replace(screen, checked=checked_words(scene.visit.checked, scene.snapshot.plan, scene.words))


def _closed(screen: KioskScreen, scene: _Scene) -> KioskScreen:
    plan, now, words = scene.snapshot.plan, scene.situation.now, scene.words
    closed = Closed(
        next_opening=wording.next_opening_text(plan, next_opening(plan, now), now, words),
        hours=tuple(
            Hours(wording.days_text(line, words), wording.times_text(line, words))
            for line in week_hours(plan)
        ),
        nearest=plan.nearest_hall.in_language(words.language),
    )
    return replace(screen, closed=closed)


def _first_known(words: Words, wanted: str, otherwise: str) -> str:
    return wanted if words.has(wanted) else otherwise


_FILLS = {
    Page.SERVICES: _services,
    Page.CLASSES: _classes,
    Page.TIMES: _times,
    Page.RESULT: _result,
    Page.FAILED: _failed,
    Page.CHECKED: _checked,
    Page.CLOSED: _closed,
}
