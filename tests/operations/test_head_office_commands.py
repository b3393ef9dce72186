"""`jiaohao head-office`, as an operator and a script use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from operations import desk
from operations.cli import jiaohao
from shared.domain.clock import CLOCK_VARIABLE, ManualClock, ScaledClock
from shared.hall import create_hall
from shared.store.fencing import fence
from tools.testing.halls import NINE, small_plan
from tools.testing.private_postgres import NewServer
from tools.testing.waiting import until

Run = Callable[..., tuple[int, Any]]


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run an hour after the hall's ticket was issued."""
    later = ScaledClock(datetime.now(UTC), NINE + timedelta(hours=1), 1.0)
    monkeypatch.setenv(CLOCK_VARIABLE, later.spec())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command of `jiaohao head-office` with --json; gives its exit code and the one document it printed."""

    def run_command(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = desk.run(jiaohao, ["head-office", *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


def test_a_head_office_follows_a_hall(
    new_postgres_server: NewServer, clock: ManualClock, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    server, office = new_postgres_server(), new_postgres_server()
    server.start()
    office.start()
    hall, head = server.address("postgres"), office.address("postgres")
    with create_hall(hall, small_plan(), clock=clock) as worked:
        worked.issue("payment")
    assert run("publish", "--database", hall) == (0, {"halls": ["small"], "keep_megabytes": 4096})
    server.execute("CREATE ROLE follower LOGIN REPLICATION")
    fence(hall, "follower", None)
    as_follower = hall.replace("postgres@", "follower@")
    assert run("subscribe", "north", as_follower, "--database", head) == (
        0,
        {"name": "north", "halls": ["small"]},
    )

    def line() -> dict[str, Any]:
        return next(iter(run("board", "--database", head)[1]), {})

    until(
        "the hall at the head office", lambda: line().get("waiting") == 1 and line()["changed_at"] is not None
    )
    shown = line()
    assert (shown["hall_id"], shown["name"], shown["issued"]) == (
        "small",
        {"zh": "小营业厅", "en": "Small Hall"},
        1,
    )
    assert (shown["day"], shown["counters_open"], shown["overdue"]) == ("2026-11-23", 0, 1)
    assert shown["longest_wait_minutes"] >= 60

    def followed() -> dict[str, Any]:
        return dict(run("status", "--database", head)[1]["follows"][0])

    until("the whole first copy", lambda: followed()["tables_ready"] == followed()["tables"])
    assert followed()["connected"]
    assert [slot["name"] for slot in run("status", "--database", hall)[1]["keeps_for"]] == ["jiaohao_north"]
    for language, words in (("zh", "小营业厅"), ("en", "Small Hall")):
        capsys.readouterr()
        assert desk.run(jiaohao, ["--language", language, "head-office", "board", "--database", head]) == 0
        assert words in capsys.readouterr().out
        assert desk.run(jiaohao, ["--language", language, "head-office", "status", "--database", head]) == 0
        assert "north" in capsys.readouterr().out

    server.kill()
    code, left = run("leave", "north", "--database", head)
    assert (code, left) == (0, {"name": "north", "slot_left_behind": "jiaohao_north"})
    assert run("leave", "north", "--database", head)[1]["error"] == "unknown_subscription"


def test_a_file_has_a_board_but_is_no_head_office(sqlite_url: str, clock: ManualClock, run: Run) -> None:
    with create_hall(sqlite_url, small_plan(), clock=clock):
        (line,) = run("board", "--database", sqlite_url)[1]
    assert (line["day"], line["issued"], line["longest_wait_minutes"]) == (None, 0, 0)
    code, refused = run("publish", "--database", sqlite_url)
    assert (code, refused["error"]) == (4, "not_postgres")
