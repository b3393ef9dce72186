"""`jiaohao archive`, as a script uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from operations import desk
from operations.cli import jiaohao
from shared.domain.clock import ManualClock
from shared.hall import create_hall, open_hall
from tools.testing.halls import NINE, small_plan

Run = Callable[..., tuple[int, Any]]

LONG_AGO = NINE - timedelta(days=4000)
"""Old by every clock that runs these tests."""
FIRST_DAY = str(LONG_AGO.date())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json; gives its exit code and the one document it printed."""

    def run_command(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = desk.run(jiaohao, [*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


@pytest.fixture
def old_hall(sqlite_url: str) -> Iterator[str]:
    """A hall that worked for two days long ago, and has not closed the second."""
    clock = ManualClock(LONG_AGO)
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        clock.advance(timedelta(days=1))
        hall.issue("payment")
        yield sqlite_url


def test_days_are_archived_and_destroyed(
    old_hall: str, run: Run, new_sqlite_database: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    archive = new_sqlite_database()
    code, moved = run("archive", "move", "--database", old_hall, "--to", archive, "--keep-days", "28")
    assert (code, moved) == (0, {"archive": archive, "days": [FIRST_DAY]})
    assert run("verify", "--database", old_hall)[1]["days"] == 1
    assert run("verify", "--database", archive)[1] == {
        "clean": True,
        "days": 1,
        "events": 4,
        "tickets": 1,
        "differences": [],
    }
    assert desk.run(jiaohao, ["archive", "destroy", "--database", archive, "--older-than", "28"]) == 0
    told = capsys.readouterr()
    assert FIRST_DAY in told.err
    assert run("verify", "--database", archive)[1]["days"] == 0


def test_what_the_forecast_learns_from_is_not_archived(old_hall: str, run: Run) -> None:
    code, refused = run("archive", "move", "--database", old_hall, "--to", old_hall, "--keep-days", "27")
    assert (code, refused["error"]) == (2, "usage")
    code, refused = run("archive", "move", "--database", old_hall, "--to", old_hall)
    assert (code, refused["error"]) == (2, "same_store")
    assert run("verify", "--database", old_hall)[1]["days"] == 2


def test_a_move_that_is_killed_is_completed_by_the_next(
    database_url: str, new_database: Callable[[], str], clock: ManualClock, run: Run
) -> None:
    """Killed when it tells of the first day, and so somewhere in the others."""
    days, archive = 8, new_database()
    clock.set(LONG_AGO)
    with create_hall(database_url, small_plan(), clock=clock) as hall:
        for day in range(days):
            clock.set(LONG_AGO + timedelta(days=day))
            hall.issue("payment", request_id=f"day {day}")
        command = [sys.executable, "-m", "operations.cli", "archive", "move"]
        addresses = ["--database", database_url, "--to", archive]
        with subprocess.Popen(
            [*command, *addresses], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as moving:
            assert moving.stderr is not None
            assert FIRST_DAY.encode() in moving.stderr.readline()
            moving.kill()
        assert hall.verify().clean
        assert run("archive", "move", *addresses)[0] == 0
        assert (hall.verify().days, hall.verify().clean) == (1, True)
    with open_hall(archive) as old:
        report = old.verify()
        assert (report.days, report.tickets, report.clean) == (days - 1, days - 1, True)
