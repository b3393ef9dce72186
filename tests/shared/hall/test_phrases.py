"""Phrases that paper and screens share."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from shared.hall.phrases import clock_text, counter_numbers, date_and_clock_text, quote_text
from shared.words import Language, Words
from tools.testing.quotes import quoted
from tools.testing.sample_hall import MORNING, make_plan


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(None, ""), (0, "很快叫到您"), (1, "2 分钟以内"), (2, "约 1-3 分钟"), (10, "约 7-14 分钟")],
)
def test_a_quote_is_a_range_only_where_there_is_ground_for_one(minutes: int | None, said: str) -> None:
    assert quote_text(quoted(3, minutes), Words("zh"), "kiosk") == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((), ""), ((4,), "4"), ((2, 3), "2-3"), ((5, 2, 3, 4, 7), "2-5、7"), ((1, 3, 1), "1、3")],
)
def test_neighbouring_counters_are_taken_together(numbers: Sequence[int], said: str) -> None:
    assert counter_numbers(numbers, Language.ZH) == said


def test_english_counters_take_english_marks() -> None:
    assert counter_numbers((1, 2, 4), Language.EN) == "1–2, 4"


def test_times_are_told_by_the_halls_clock() -> None:
    assert clock_text(make_plan(), MORNING) == "09:41"
    assert date_and_clock_text(make_plan(), MORNING) == "2026-11-23 09:41"
