from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from operations import desk
from operations.cli import jiaohao
from shared.domain.clock import CLOCK_VARIABLE, ManualClock, ScaledClock
from shared.hall import create_hall
from tools.testing.sample_hall import MORNING, make_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A hall with a yesterday of twelve customers, in which five wait today for counter 1."""
    clock = ManualClock(MORNING - timedelta(days=1))
    with create_hall(sqlite_url, make_plan(), clock=clock) as hall:
        for _ in range(12):
            hall.issue("payment")
            clock.advance(timedelta(minutes=1))
            hall.call_next(1)
            clock.advance(timedelta(minutes=1))
        hall.finish(1)
        clock.set(MORNING)
        hall.open_counter(1)
        for _ in range(5):
            hall.issue("payment")
    monkeypatch.setenv(CLOCK_VARIABLE, ScaledClock(datetime.now(UTC), MORNING, 1.0).spec())

    def run_command(*arguments: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = desk.run(jiaohao, ["staffing", *arguments, "--database", sqlite_url, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


def test_yesterdays_half_hours_say_what_came_and_what_it_takes(run: Run) -> None:
    code, told = run()
    assert code == 0
    assert [(one["begins"], one["arrivals"], one["at_work"]) for one in told["half_hours"]] == [
        ("09:30", 10, 1),
        ("10:00", 2, 1),
    ]
    assert all(one["kept"] == 1.0 and one["needed"] >= 1 for one in told["half_hours"])


def test_another_weekday_has_no_past(run: Run) -> None:
    assert run("--weekday", "sun") == run("--days", "1")
    assert run("--weekday", "tue") == (0, {"half_hours": []})


def test_opening_a_counter_shortens_the_wait(run: Run) -> None:
    code, told = run("--open", "2", "--close", "1")
    opened, closed = told["changes"]
    assert code == 0
    assert (opened["counter"], opened["opens"], opened["people"]) == (2, True, 5)
    assert opened["after"]["mean_minutes"] < opened["before"]["mean_minutes"]
    # Counter 1 alone is at work: without it nobody takes the five.
    assert (closed["before"]["stranded"], closed["after"]["stranded"]) == (0, 5)


def test_now_asks_for_every_counter(run: Run) -> None:
    _code, told = run("--now")
    assert [(one["counter"], one["opens"]) for one in told["changes"]] == [
        (1, False),
        *((number, True) for number in range(2, 9)),
    ]


def test_a_counter_that_is_not_there_is_refused(run: Run) -> None:
    code, told = run("--open", "99")
    assert (code, told["error"]) == (desk.REFUSED, "unknown_counter")


@pytest.mark.parametrize(
    ("language", "sentence", "title"),
    [
        ("en", "Open counter 2 now: nine in ten wait falls from", "counters needed"),
        ("zh", "现在开 2 号窗口：九成客户的等候从", "需要窗口"),
    ],
)
def test_people_read_sentences_and_a_table(
    run: Run,
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    language: str,
    sentence: str,
    title: str,
) -> None:
    del run
    asked = ["staffing", "--database", sqlite_url, "--language", language]
    assert desk.run(jiaohao, [*asked, "--open", "2"]) == 0
    assert capsys.readouterr().out.startswith(sentence)
    assert desk.run(jiaohao, asked) == 0
    table = capsys.readouterr().out
    assert "09:30" in table
    assert title.split(maxsplit=1)[0] in table
