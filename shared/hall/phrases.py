"""Phrases that paper and screens share: the quoted wait, counter numbers, a time by the hall's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from shared.domain.plan import HallPlan
from shared.domain.quote import Quote
from shared.domain.waits.quote_score import FEWEST_SCORED, QuoteScore
from shared.words import Language, Words

DASH = {Language.ZH: "-", Language.EN: "–"}
COMMA = {Language.ZH: "、", Language.EN: ", "}

SOON_MINUTES = 1
"""Who is told a range that ends so early may as well stay at the counters."""


def quote_text(quote: Quote, words: Words, room: str) -> str:
    """The quoted range in the words of a room (`<room>-quote-range`, `-within`, `-soon`); empty without a figure."""
    low, high = quote.low_minutes, quote.high_minutes
    if low is None or high is None:
        return ""
    if high <= SOON_MINUTES:
        return words.say(f"{room}-quote-soon")
    if low == 0:
        return words.say(f"{room}-quote-within", high=high)
    return words.say(f"{room}-quote-range", low=low, high=high)


def counter_numbers(numbers: Iterable[int], language: Language) -> str:
    """Counter numbers with neighbours taken together: `2-5、7`."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return COMMA[language].join(
        str(first) if first == last else f"{first}{DASH[language]}{last}" for first, last in runs
    )


def clock_text(plan: HallPlan, moment: datetime) -> str:
    """An aware moment by the hall's clock: `09:41`."""
    return f"{moment.astimezone(ZoneInfo(plan.timezone)):%H:%M}"


def date_and_clock_text(plan: HallPlan, moment: datetime) -> str:
    """An aware moment by the hall's calendar and clock: `2026-11-23 09:41`."""
    return f"{moment.astimezone(ZoneInfo(plan.timezone)):%Y-%m-%d %H:%M}"


def score_lines(score: QuoteScore | None, words: Words) -> list[str]:
    """How good last week's quotes were: the days and tickets, then error, range and the classics, or why not."""
    if score is None:
        return [words.say("score-none")]
    lines = [
        words.say(
            "score-days",
            first=score.first_day.isoformat(),
            last=score.last_day.isoformat(),
            called=score.called,
            scored=score.scored,
        )
    ]
    if not score.is_sound:
        return [*lines, words.say("score-too-few", fewest=FEWEST_SCORED)]
    return [
        *lines,
        words.say("score-error", minutes=f"{score.error:.1f}"),
        words.say("score-kept", kept=round(100 * score.kept), late=round(100 * score.late)),
        words.say("score-les", minutes=f"{score.les_error:.1f}"),
        words.say("score-people", minutes=f"{score.people_x_mean_error:.1f}"),
    ]
