from __future__ import annotations

from datetime import UTC, date, datetime

from shared.domain.slip import Pair, Text
from shared.hall.ticket_specimen import specimen_slip, specimen_ticket
from shared.words import Words
from tools.testing.sample_hall import make_plan

PLAN = make_plan()


def test_a_specimen_is_a_ticket_of_the_first_service_or_of_the_one_named() -> None:
    morning = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
    assert (specimen_ticket(PLAN, morning).number, specimen_ticket(PLAN, morning).day) == (
        "A023",
        date(2026, 11, 23),
    )
    assert specimen_ticket(PLAN, morning, "repair").number == "F023"


def test_before_the_roll_over_it_belongs_to_the_day_before() -> None:
    at_night = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
    assert specimen_ticket(PLAN, at_night).day == date(2026, 11, 22)


def test_its_paper_is_like_any_other() -> None:
    slip = specimen_slip(PLAN, datetime(2026, 11, 23, 1, 41, tzinfo=UTC), Words("zh"))
    assert slip.title == "A023"
    assert "A023" in [block.text for block in slip.blocks if isinstance(block, Text)]
    assert next(block.right for block in slip.blocks if isinstance(block, Pair)) == "3 人"
