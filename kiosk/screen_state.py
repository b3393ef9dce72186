"""What the kiosk's screen shows: frozen, worded and measured, so that QML has nothing left to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.layout import Layout


class Page(StrEnum):
    """The pages of the kiosk."""

    STARTING = "starting"
    SERVICES = "services"
    CLASSES = "classes"
    TIMES = "times"
    RESULT = "result"
    FAILED = "failed"
    CHECKED = "checked"
    CLOSED = "closed"
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True, slots=True)
class Header:
    """The line at the top. `other_language` names the language one tap away."""

    hall: str = ""
    clock: str = ""
    hours: str = ""
    other_language: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A service to choose; `people` and `quote` are empty where nothing trustworthy is known."""

    key: str
    name: str
    icon: str
    people: str = ""
    quote: str = ""
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of services is shown; `page` counts from 0."""

    page: int = 0
    pages: int = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A big button of a simple question."""

    key: str
    title: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """The hall in one line; `notice` is something to know before taking a number, `icon` what it is about."""

    counters: str = ""
    people: str = ""
    open: bool = False
    notice: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The number that was issued. `stay_ms` is how long the page stays from now, 0 while the paper is awaited."""

    number: str = ""
    service: str = ""
    priority: str = ""
    wait: str = ""
    counters: str = ""
    qr: str = ""
    paper: str = "none"
    message: str = ""
    hint: str = ""
    stay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no number, and whether asking again may help."""

    title: str = ""
    detail: str = ""
    can_retry: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a scanned ticket."""

    title: str = ""
    detail: str = ""
    hint: str = ""
    icon: str = "check-circle"
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """One line of the sign at the door."""

    days: str
    times: str


@dataclass(frozen=True, slots=True)
class Closed:
    """When the hall opens again and where else to go."""

    next_opening: str = ""
    hours: tuple[Hours, ...] = ()
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class KioskScreen:
    """Everything on the screen. `words` are the texts that need no values, `theme` is what `Theme.as_map` gives."""

    page: Page
    language: str
    senior: bool
    theme: Mapping[str, object]
    layout: Layout
    words: Mapping[str, str]
    header: Header = Header()
    question: str = ""
    mode: str = ""
    cards: tuple[Card, ...] = ()
    pager: Pager = Pager()
    offers_help: bool = False
    offers_appointment: bool = False
    glance: Glance = Glance()
    choices: tuple[Choice, ...] = ()
    result: Result = Result()
    failure: Failure = Failure()
    checked: Checked = Checked()
    closed: Closed = Closed()
