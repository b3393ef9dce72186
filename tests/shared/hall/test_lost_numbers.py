"""A store that has lost the end of its day gives no number again that may be in somebody's hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.domain.clock import ManualClock
from shared.hall import Hall
from shared.store.city import read_city
from shared.store.engine import make_engine, reading, writing
from shared.store.learned_waits import tickets_of


def test_the_day_goes_on_above_and_its_log_says_so(hall: Hall, clock: ManualClock) -> None:
    assert [hall.issue("payment").number for _ in range(2)] == ["B001", "B002"]
    following = hall.go_on_above_lost_numbers()
    assert following["payment"] == "B601"
    assert hall.issue("payment").number == "B601"
    assert hall.issue("enquiry").number == following["enquiry"]
    assert hall.go_on_above_lost_numbers()["payment"] == "B1201"
    assert hall.verify().clean
    clock.advance(timedelta(days=1))
    assert hall.issue("payment").number == "B001", "another day begins anew"
    assert hall.verify().clean


def test_the_busiest_day_tells_how_far(hall: Hall, clock: ManualClock) -> None:
    for _ in range(3):
        hall.issue("payment")
    with writing(hall._engine) as connection:
        connection.execute(text("UPDATE series SET last_ordinal = 1000 WHERE prefix = 'B'"))
    clock.advance(timedelta(days=1))
    assert hall.go_on_above_lost_numbers()["payment"] == "B1501"
    clock.advance(timedelta(days=1))
    assert hall.go_on_above_lost_numbers()["payment"] == "B1501", "a day with a leap is no measure"


def test_nobody_counts_what_was_passed_over_as_issued(hall: Hall, database_url: str) -> None:
    day = hall.issue("payment").day
    hall.go_on_above_lost_numbers()
    hall.issue("payment")
    engine = make_engine(database_url)
    with reading(engine) as connection:
        assert tickets_of(connection, hall.hall_id, [day]) == 2
    engine.dispose()
    (line,) = read_city(database_url, hall.clock.now())
    assert line.issued == 2


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE hall_day SET numbers_skipped = 7", "numbers are skipped by the log, 7 in the tables"),
        ("UPDATE series SET last_ordinal = 900 WHERE prefix = 'B'", "last ordinal of B"),
    ],
)
def test_tables_that_know_of_another_leap_are_found(hall: Hall, damage: str, found: str) -> None:
    hall.go_on_above_lost_numbers()
    with writing(hall._engine) as connection:
        connection.execute(text(damage))
    (difference,) = hall.verify().differences
    assert found in difference
