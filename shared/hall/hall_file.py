"""A hall's description as a person writes it (`hall.toml`), checked strictly and whole.

Every mistake is told at once, each with its line and what to do. `docs/hall.example.toml` explains the keys.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from shared.domain.plan import (
    CounterPlan,
    HallPlan,
    Localized,
    Notice,
    Opening,
    PriorityClass,
    Service,
    TicketLayout,
)
from shared.hall.hall_contradictions import contradictions
from shared.hall.hall_file_parts import Part, Text
from shared.hall.ticket_table import LOGO_PLACE, LogoError, PromotionTable, TicketTable, ticket_layout
from shared.hall.toml_lines import Place, line_of, toml_lines

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Minutes = Annotated[float, Field(ge=0, le=600)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]


class HallFileError(Exception):
    """The hall's description cannot be used; the message holds one line for each mistake."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        ordered = sorted(set(problems), key=lambda problem: (problem.line, problem.text))
        super().__init__("\n".join(f"{path}:{problem.line}: {problem.text}" for problem in ordered))
        self.path = path
        self.problems = tuple(ordered)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake: on which line, and what to do about it."""

    line: int
    text: str


def load_hall_file(path: Path) -> HallPlan:
    """The plan in a hall file.

    Raises:
        HallFileError: naming every mistake, its line and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HallFileError(path, [Problem(1, f"cannot be read: {error}")]) from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(path, [Problem(_syntax_line(error, text), f"not valid TOML: {error}")]) from None
    lines = toml_lines(text)
    problems = [Problem(line_of(lines, place), what) for place, what in contradictions(values)]
    try:
        hall = _Hall.model_validate(values)
    except ValidationError as error:
        problems += [_problem(fault, lines) for fault in error.errors()]
        raise HallFileError(path, problems) from None
    try:
        layout = ticket_layout(hall.ticket, path.parent)
    except LogoError as error:
        problems.append(Problem(line_of(lines, LOGO_PLACE), f"ticket.logo: {error}"))
        raise HallFileError(path, problems) from None
    if problems:
        raise HallFileError(path, problems)
    return _plan(hall, layout)


class _Service(Part):
    key: Key
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")]
    name: Text
    target_wait_minutes: Annotated[float, Field(gt=0, le=600)]
    typical_minutes: Annotated[float, Field(gt=0, le=600)]
    icon: str = "service"


class _Priority(Part):
    key: Key
    name: Text
    head_start_minutes: Minutes = 0
    at_kiosk: bool = True


class _Counter(Part):
    number: Annotated[int, Field(ge=1, le=999)]
    name: Text | None = None
    offers: Annotated[list[str], Field(min_length=1)]
    penalty_minutes: dict[str, Minutes] = Field(default_factory=dict)
    barrier_free: bool = False


class _Opening(Part):
    days: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1)]
    opens: time
    closes: time


class _Notice(Part):
    title: Text
    body: Text


class _Hall(Part):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    name: Text
    timezone: str
    rollover: time = time(4)
    service_limit_minutes: Annotated[float, Field(gt=0, le=600)] = 20
    nearest_hall: Text | None = None
    closed_on: list[date] = Field(default_factory=list)
    ticket: TicketTable = Field(default_factory=TicketTable)
    service: Annotated[list[_Service], Field(min_length=1)]
    priority: Annotated[list[_Priority], Field(min_length=1)]
    counter: Annotated[list[_Counter], Field(min_length=1)]
    opening: Annotated[list[_Opening], Field(min_length=1)]
    notice: list[_Notice] = Field(default_factory=list)


_MODELS: dict[str, type[BaseModel]] = {
    "ticket": TicketTable,
    "promotion": PromotionTable,
    "service": _Service,
    "priority": _Priority,
    "counter": _Counter,
    "opening": _Opening,
    "notice": _Notice,
}

_TEXTS = ("name", "title", "body", "header", "footer", "text", "nearest_hall")

_ADVICE = {
    "missing": "is missing: add it",
    "bool_type": "must be true or false",
    "string_type": "must be a text in quotation marks",
    "int_type": "must be a whole number without quotation marks",
    "float_type": "must be a number without quotation marks",
    "list_type": "must be a list in square brackets",
    "time_type": "must be a time of day without quotation marks, like 08:30:00",
    "date_type": "must be a date without quotation marks, like 2027-01-01",
    "model_type": 'must be written like { zh = "…", en = "…" }',
    "model_attributes_type": 'must be written like { zh = "…", en = "…" }',
    "dict_type": "must be written like { payment = 5 }",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
}
_PATTERNS = {
    "prefix": 'must be one or two capital letters, like "A"',
    "key": 'must be small letters, digits, - and _, beginning with a letter, like "plan-change"',
    "id": 'must be small letters, digits, - and _, like "renmin-road"',
}


def _problem(fault: Any, lines: dict[Place, int]) -> Problem:  # noqa: ANN401 - pydantic's own mapping
    place: Place = tuple(fault["loc"])
    name = str(place[-1]) if place else "the file"
    kind = fault["type"]
    if kind == "extra_forbidden":
        return Problem(line_of(lines, place), f"{name!r} is no key here{_did_you_mean(place)}")
    if kind == "string_pattern_mismatch" and name in _PATTERNS:
        return Problem(line_of(lines, place), f"{name} {_PATTERNS[name]}, not {fault['input']!r}")
    if kind == "missing" and len(place) == 1:
        return Problem(1, f"{name} is missing: add it (see docs/hall.example.toml)")
    advice = _ADVICE.get(kind) or fault["msg"].replace("Input should be", "must be")
    return Problem(line_of(lines, place), f"{_full_name(place)} {advice}")


def _full_name(place: Place) -> str:
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)


def _did_you_mean(place: Place) -> str:
    tables = [str(part) for part in place[:-1] if part in _MODELS]
    model = _MODELS[tables[-1]] if tables else _Hall
    if len(place) > 1 and str(place[-2]) in _TEXTS:
        model = Text
    close = difflib.get_close_matches(str(place[-1]), list(model.model_fields), n=1)
    return (
        f": did you mean {close[0]!r}?" if close else f"; the keys here are {', '.join(model.model_fields)}"
    )


def _syntax_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    words = str(error).partition("(at line ")[2]
    number = words.partition(",")[0]
    return int(number) if number.isdigit() else len(text.splitlines())


def _plan(hall: _Hall, layout: TicketLayout) -> HallPlan:
    empty = Localized("", "")
    return HallPlan(
        id=hall.id,
        name=_localized(hall.name),
        timezone=hall.timezone,
        rollover=hall.rollover,
        services=tuple(
            Service(
                key=service.key,
                prefix=service.prefix,
                name=_localized(service.name),
                target_wait=timedelta(minutes=service.target_wait_minutes),
                typical_minutes=service.typical_minutes,
                icon=service.icon,
            )
            for service in hall.service
        ),
        priorities=tuple(
            PriorityClass(
                priority.key,
                _localized(priority.name),
                timedelta(minutes=priority.head_start_minutes),
                priority.at_kiosk,
            )
            for priority in hall.priority
        ),
        counters=tuple(
            _counter(counter) for counter in sorted(hall.counter, key=lambda counter: counter.number)
        ),
        openings=tuple(
            Opening(_WEEKDAYS.index(day), opening.opens, opening.closes)
            for opening in hall.opening
            for day in opening.days
        ),
        closed_on=tuple(sorted(set(hall.closed_on))),
        service_limit=timedelta(minutes=hall.service_limit_minutes),
        ticket_header=empty if hall.ticket.header is None else _localized(hall.ticket.header),
        ticket_footer=empty if hall.ticket.footer is None else _localized(hall.ticket.footer),
        ticket_layout=layout,
        nearest_hall=empty if hall.nearest_hall is None else _localized(hall.nearest_hall),
        notices=tuple(Notice(_localized(notice.title), _localized(notice.body)) for notice in hall.notice),
    )


def _counter(counter: _Counter) -> CounterPlan:
    name = Localized(f"{counter.number} 号窗口", f"Counter {counter.number}")
    return CounterPlan(
        number=counter.number,
        name=name if counter.name is None else _localized(counter.name),
        offers={key: timedelta(minutes=counter.penalty_minutes.get(key, 0)) for key in counter.offers},
        barrier_free=counter.barrier_free,
    )


def _localized(text: Text) -> Localized:
    return Localized(text.zh, text.en)
