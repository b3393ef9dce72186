"""How often a hall waits for its store: each round trip holds up a screen, and those of a command the whole hall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event

from shared.domain.clock import ManualClock, StoreClock
from shared.hall import Hall, create_hall
from tools.testing.halls import NINE, small_plan
from tools.testing.statements import messages_of, statements_of


@contextmanager
def at_work(database_url: str) -> Iterator[Hall]:
    """The small hall, which has opened its day and prepared its statements."""
    with create_hall(database_url, small_plan(), clock=ManualClock(NINE)) as hall:
        for _time in range(8):
            for work, _most in WORK.values():
                work(hall)
        for _ticket in range(2):
            hall.issue("payment")
        yield hall


def round_trips(hall: Hall, work: Callable[[], object], folder: Path) -> int:
    """How often PostgreSQL is asked and waited for, by libpq's own record: each time ends in one of two."""
    return len(re.findall(r"\tF\t\d+\t(?:Sync|Query)\b", messages_of(hall, work, folder / "record")))


# BEGIN and COMMIT are one each; a picture reads the log since the last. What ends a command travels with its COMMIT.
# What a command must know travels with the taking of the day: the others wait from there to the COMMIT's answer.
WORK: dict[str, tuple[Callable[[Hall], object], int]] = {
    "snapshot": (lambda hall: hall.snapshot(), 4),
    "announcements": (lambda hall: hall.announcements("lobby"), 4),
    "issue": (lambda hall: hall.issue("payment", request_id=uuid4().hex, print_at="kiosk-1"), 3),
    "call": (lambda hall: hall.call_next(1, uuid4().hex), 3),
    "recall": (lambda hall: hall.recall(1, uuid4().hex), 3),
}


@pytest.mark.parametrize("what", WORK)
def test_round_trips_on_postgres(what: str, postgres_url: str, tmp_path: Path) -> None:
    work, most = WORK[what]
    with at_work(postgres_url) as hall:
        hall.issue("payment")
        assert 0 < round_trips(hall, lambda: work(hall), tmp_path) <= most


def test_an_issue_by_the_servers_moment_makes_no_journey_more(postgres_url: str, tmp_path: Path) -> None:
    work, most = WORK["issue"]
    with create_hall(postgres_url, small_plan(), clock=StoreClock()) as hall:
        for _time in range(8):
            work(hall)
        assert 0 < round_trips(hall, lambda: work(hall), tmp_path) <= most


def test_a_snapshot_is_eleven_questions_and_the_news_in_one_transaction(database_url: str) -> None:
    with at_work(database_url) as hall, statements_of(hall) as sent:
        begun = []
        event.listen(hall._engine, "begin", lambda connection: begun.append(connection))  # noqa: PLW0108 - a built-in cannot listen
        hall.snapshot()
        assert len(begun) == 1
        assert len(sent) == 12


def test_a_picture_of_a_new_day_holds_nothing_of_the_old_one(database_url: str) -> None:
    """The first picture of a day was asked for as one of the day before."""
    clock = ManualClock(NINE)
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        assert hall.snapshot().seq == 2
        clock.advance(timedelta(days=1))
        tomorrow = hall.snapshot()
        assert (tomorrow.day, tomorrow.seq, tomorrow.waiting) == (NINE.date() + timedelta(days=1), 0, ())
