from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.domain.standby import MARKS, Outage, marked_plan, marks_for, merged
from tools.testing.halls import small_plan

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_mark_goes_behind_every_letter_and_changes_nothing_else() -> None:
    plan = small_plan()
    marked = marked_plan(plan, "X")
    assert [service.prefix for service in marked.services] == ["AX", "BX", "CX"]
    assert [service.key for service in marked.services] == [service.key for service in plan.services]
    assert marked.counters == plan.counters


def test_marks_never_look_like_the_end_of_a_prefix() -> None:
    assert list(marks_for(["A", "B"])) == list(MARKS)
    assert set(MARKS) - set(marks_for(["A", "BX", "QY"])) == {"X", "Y"}


def test_marks_look_like_no_digit() -> None:
    assert not set(MARKS) & set("IO")


def test_what_several_machines_saw_of_one_outage_is_one() -> None:
    first = Outage("kiosk-1", TEN, TEN + 7 * MINUTE, tickets=4)
    second = Outage(
        "counter-3", TEN + MINUTE, TEN + 8 * MINUTE, finished=1, trouble=("B007",), set_aside=("BX2",)
    )
    later = Outage("kiosk-1", TEN + 60 * MINUTE, TEN + 61 * MINUTE, tickets=2)
    one = Outage(
        "kiosk-1, counter-3",
        TEN,
        TEN + 8 * MINUTE,
        tickets=4,
        finished=1,
        trouble=("B007",),
        set_aside=("BX2",),
    )
    assert merged([later, second, first]) == (one, later)


def test_an_outage_lasts_as_long_as_any_machine_has_something_to_deliver() -> None:
    ended = Outage("kiosk-1", TEN, TEN + 7 * MINUTE, tickets=4)
    going_on = Outage("kiosk-2", TEN + MINUTE, None, tickets=1)
    assert merged([ended, going_on])[0].until is None
    assert merged([]) == ()
