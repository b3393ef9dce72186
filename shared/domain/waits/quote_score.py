"""How good the quotes were that customers were told, beside what two classic predictors would have said to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from shared.domain.event import Detail, Event, EventKind
from shared.domain.waits.happening import Ask, Happening, HappeningKind

FEWEST_SCORED: Final = 50
"""Below this a score says more of chance than of the quotes."""

CLASSICS: Final = ("les", "people_x_mean")


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """Stored quotes against what came: minutes and shares of 1, over tickets that were told minutes and called.

    `called` counts the tickets that were called at all, `scored` those of them that had been told minutes. `error` is
    the mean error of the likeliest minutes, `kept` the share of waits within the range as told, `late` the share beyond
    its upper end. `les_error` and `people_x_mean_error` are the errors that the wait of the last customer called, and
    people ahead times the mean time between calls, would have made on the same tickets.
    """

    first_day: date
    last_day: date
    called: int
    scored: int
    error: float
    kept: float
    late: float
    les_error: float
    people_x_mean_error: float

    @property
    def is_sound(self) -> bool:
        """Whether there are enough tickets to say anything."""
        return self.scored >= FEWEST_SCORED

    def to_json(self) -> dict[str, Any]:
        """The score as JSON values."""
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        counts = {"called": self.called, "scored": self.scored, "sound": self.is_sound}
        shares = {"kept": round(self.kept, 4), "late": round(self.late, 4)}
        minutes = {
            "error": round(self.error, 3),
            "les_error": round(self.les_error, 3),
            "people_x_mean_error": round(self.people_x_mean_error, 3),
        }
        return days | counts | minutes | shares

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> QuoteScore:
        """The score that told this by `to_json`."""
        values = {name: value for name, value in told.items() if name != "sound"}
        values["first_day"] = date.fromisoformat(values["first_day"])
        values["last_day"] = date.fromisoformat(values["last_day"])
        return cls(**values)


@dataclass(slots=True)
class _Told:
    minutes: float
    low: float
    high: float
    classic: Mapping[str, float]


class ScoreKeeper:
    """Collects the quotes of some days while somebody lives through them; `classic` answers for the moment reached."""

    def __init__(self, first_day: date, classic: Callable[[Ask], Mapping[str, float]]) -> None:
        self._first_day = first_day
        self._classic = classic
        self._days: set[date] = set()
        self._open: dict[str, _Told | None] = {}
        self._issued: dict[str, datetime] = {}
        self._called = self._kept = self._late = self._scored = 0
        self._error = 0.0
        self._classic_errors = dict.fromkeys(CLASSICS, 0.0)

    def note(self, event: Event, happening: Happening) -> None:
        """What happens next, before the forecaster sees it. Only the first call of a ticket ends its wait."""
        if event.day < self._first_day:
            return
        ticket = happening.ticket
        if event.kind is EventKind.ISSUED and happening.ask is not None and not happening.ask.booked:
            self._days.add(event.day)
            self._issued[ticket] = happening.at
            self._open[ticket] = self._told(event.detail or {}, happening.ask)
        elif happening.kind is HappeningKind.CALLED and ticket in self._open:
            self._end(self._open.pop(ticket), (happening.at - self._issued.pop(ticket)).total_seconds() / 60)
        elif happening.kind is HappeningKind.LEFT:
            self._open.pop(ticket, None)
            self._issued.pop(ticket, None)

    def _told(self, detail: Detail, ask: Ask) -> _Told | None:
        minutes, low, high = (detail.get(f"quote_{name}") for name in ("minutes", "low", "high"))
        if not isinstance(minutes, int) or not isinstance(low, int) or not isinstance(high, int):
            return None
        return _Told(minutes, low, high, self._classic(ask))

    def _end(self, told: _Told | None, wait: float) -> None:
        self._called += 1
        if told is None:
            return
        self._scored += 1
        self._error += abs(told.minutes - wait)
        self._kept += told.low <= wait <= told.high
        self._late += wait > told.high
        for name in CLASSICS:
            self._classic_errors[name] += abs(told.classic[name] - wait)

    def score(self) -> QuoteScore | None:
        """The score so far; None when nobody was called."""
        if not self._called:
            return None
        count = max(1, self._scored)
        return QuoteScore(
            first_day=min(self._days),
            last_day=max(self._days),
            called=self._called,
            scored=self._scored,
            error=self._error / count,
            kept=self._kept / count,
            late=self._late / count,
            les_error=self._classic_errors["les"] / count,
            people_x_mean_error=self._classic_errors["people_x_mean"] / count,
        )
