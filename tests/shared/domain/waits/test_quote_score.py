"""The score of stored quotes, on a log small enough for a calculation by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.domain.event import Event, EventKind
from shared.domain.waits.day_log import DayLog
from shared.domain.waits.quote_score import QuoteScore, ScoreKeeper
from tools.testing.halls import NINE, small_plan

MONDAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)


class Morning:
    """Writes a log and lets the keeper see it; the classics always say 10 and 4 minutes."""

    def __init__(self, first_day: date = MONDAY) -> None:
        self.keeper = ScoreKeeper(first_day, lambda _ask: {"les": 10.0, "people_x_mean": 4.0})
        self.log = DayLog(small_plan())
        self.seq = 0

    def add(self, minute: float, kind: EventKind, number: str, **detail: object) -> None:
        self.seq += 1
        event = Event(MONDAY, self.seq, self.seq, NINE + minute * MINUTE, kind, number, 1, None, detail)  # type: ignore[arg-type]
        for happening in self.log.happenings(event):
            self.keeper.note(event, happening)

    def issue(self, minute: float, number: str, told: tuple[int, int, int] | None, **more: object) -> None:
        quote = dict(zip(("quote_minutes", "quote_low", "quote_high"), told or (None,) * 3, strict=True))
        self.add(minute, EventKind.ISSUED, number, service="payment", priority="ordinary", **quote, **more)

    def score(self) -> QuoteScore:
        found = self.keeper.score()
        assert found is not None
        return found


def test_error_kept_and_late_are_those_of_what_was_told() -> None:
    morning = Morning()
    morning.issue(0, "B001", (5, 3, 8))
    morning.issue(0, "B002", (5, 3, 8))
    morning.issue(0, "B003", (5, 3, 8))
    morning.issue(0, "B004", None)
    for place, minute in enumerate((6, 2, 12, 7), start=1):
        morning.add(minute, EventKind.CALLED, f"B00{place}")
    score = morning.score()
    assert (score.called, score.scored, score.is_sound) == (4, 3, False)
    assert score.error == pytest.approx((1 + 3 + 7) / 3)
    assert (score.kept, score.late) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert score.les_error == pytest.approx((4 + 8 + 2) / 3)
    assert score.people_x_mean_error == pytest.approx((2 + 2 + 8) / 3)


def test_only_the_first_call_counts_and_who_left_or_booked_is_not_scored() -> None:
    morning = Morning()
    morning.issue(0, "B001", (5, 3, 8))
    morning.issue(0, "B002", (5, 3, 8))
    morning.issue(0, "B003", (5, 3, 8), appointed_for=NINE.isoformat())
    morning.add(4, EventKind.CALLED, "B001")
    morning.add(5, EventKind.NO_SHOW, "B001")
    morning.add(30, EventKind.RETURNED, "B001")
    morning.add(40, EventKind.CALLED, "B001")
    morning.add(6, EventKind.CANCELLED, "B002")
    morning.add(7, EventKind.CALLED, "B003")
    assert (morning.score().called, morning.score().error) == (1, pytest.approx(1))


def test_days_before_the_first_are_left_out() -> None:
    morning = Morning(first_day=MONDAY + timedelta(days=1))
    morning.issue(0, "B001", (5, 3, 8))
    morning.add(4, EventKind.CALLED, "B001")
    assert morning.keeper.score() is None


def test_a_score_survives_json() -> None:
    score = QuoteScore(MONDAY, MONDAY, 80, 60, 2.5, 0.8, 0.1, 4.0, 3.0)
    assert QuoteScore.from_json(score.to_json()) == score
    assert score.is_sound
