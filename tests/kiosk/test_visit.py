"""The steps of one customer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.visit import Intent, Paper, Step, Visit
from shared.domain.errors import RefusalCode
from shared.words import Language
from tools.testing.sample_hall import make_plan, make_ticket

INTENT = Intent("tap-1", "payment", "ordinary", None, Language.ZH)


@pytest.mark.parametrize(
    ("priority", "senior", "booked"),
    [
        ("ordinary", False, False),
        ("senior", True, False),
        ("disabled", True, False),
        ("appointment", False, True),
    ],
)
def test_a_class_that_needs_help_turns_senior_mode_on(priority: str, senior: bool, booked: bool) -> None:
    visit = Visit(page=3).with_class(priority)
    assert (visit.senior, visit.booked, visit.page) == (senior, booked, 0)


def test_an_intent_is_kept_until_there_is_an_answer() -> None:
    asked = Visit().asked(INTENT)
    assert (asked.intent, asked.asking, asked.service) == (INTENT, True, "payment")
    issued = asked.issued(make_ticket(make_plan()), Paper.PRINTING)
    assert (issued.intent, issued.asking, issued.step) == (None, False, Step.RESULT)


def test_out_of_reach_keeps_the_intent_and_a_refusal_ends_it() -> None:
    asked = Visit().asked(INTENT)
    assert asked.failed(None).intent == INTENT
    assert asked.failed(RefusalCode.UNKNOWN_SERVICE).intent is None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Visit(step=Step.TIME, priority="appointment", service="repair"), Visit(priority="appointment")),
        (Visit(priority="appointment"), Visit()),
        (Visit(priority="senior", senior=True, page=2), Visit()),
        (Visit(step=Step.CLASS), Visit()),
    ],
)
def test_back_is_one_step_back(here: Visit, there: Visit) -> None:
    assert here.back() == there


def test_back_keeps_the_language() -> None:
    assert replace(Visit(step=Step.CLASS), language=Language.EN).back().language is Language.EN
