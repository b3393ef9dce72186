"""The short form of `make soak`: real programs killed by force, on both engines, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak import examine, soak
from benchmarks.soak_worker import Line, Place, ask, note, print_one, read_journal, settle, unsettled
from shared.domain.clock import ManualClock
from shared.hall import Hall, open_hall
from tools.testing.halls import NINE

KILLS = 12


def test_programs_killed_at_random_moments_lose_nothing(database_url: str, tmp_path: Path) -> None:
    found = soak(database_url, tmp_path, kills=KILLS, programs=3, seed=7)
    assert found.faults == ()
    assert found.kills == KILLS
    # Each life wrote one line at least before it ended.
    assert found.issued + found.called + found.papers + found.retold > 0
    assert len(list((tmp_path / "backup").iterdir())) == 1


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    return Place(database_url, "small", 1, tmp_path / "journal", NINE, NINE, 1)


@pytest.fixture
def worked(hall: Hall, place: Place) -> Place:
    """One ticket issued, printed and called, as its journal tells."""
    ask(place, hall, Line("ask", "issue", "first"))
    print_one(place, hall)
    ask(place, hall, Line("ask", "call", "second"))
    return place


def test_a_sound_hall_has_no_faults(hall: Hall, worked: Place) -> None:
    found = examine(hall, [worked], 0)
    assert (found.issued, found.called, found.papers, found.faults) == (1, 1, 1, ())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (Line("told", "issue", "third", "A009"), "A009 was given out and is not in the store"),
        (Line("told", "issue", "third", "A001"), "A001 was given twice"),
        (Line("told", "call", "third", "A001"), "A001 was called twice"),
        (Line("told", "call", "third", "A009"), "A009 was called, and the store knows nothing of it"),
        (Line("paper", "print", "third", "A001"), "A001 was printed twice"),
    ],
)
def test_what_was_told_and_is_not_so_is_a_fault(hall: Hall, worked: Place, line: Line, fault: str) -> None:
    note(worked, line)
    assert examine(hall, [worked], 0).faults == (fault,)


def test_a_ticket_that_nobody_asked_for_is_a_fault(hall: Hall, worked: Place) -> None:
    hall.issue("enquiry")
    assert examine(hall, [worked], 0).faults == ("A002 is in the store and nobody asked for it",)


def test_a_command_whose_answer_was_lost_is_asked_again_and_told_once(
    hall: Hall, place: Place, clock: ManualClock
) -> None:
    note(place, Line("ask", "issue", "first"))
    hall.issue("enquiry", request_id="first", print_at="kiosk-1")
    with open_hall(place.database_url, clock=clock) as next_life:
        settle(place, next_life)
    assert [line.what for line in read_journal(place.journal)] == ["ask", "again", "told"]
    assert unsettled(read_journal(place.journal)) == []
    assert examine(hall, [place], 1).faults == ()


def test_half_a_line_was_never_written(place: Place) -> None:
    note(place, Line("ask", "issue", "first"))
    with place.journal.open("a", encoding="utf-8") as journal:
        journal.write('{"what": "to')
    assert [line.request for line in read_journal(place.journal)] == ["first"]
