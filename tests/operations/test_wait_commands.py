"""`jiaohao learn` and `jiaohao score` on a hall with a past."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from operations.cli import jiaohao
from shared.domain.clock import ManualClock
from shared.domain.waits.quote_score import QuoteScore
from shared.hall import create_hall
from shared.hall.phrases import score_lines
from shared.words import Words
from tools.testing.halls import NINE, small_plan

MINUTE = timedelta(minutes=1)


def days_of_work(database: str, days: int) -> None:
    """A steady hall, in which one is called every four minutes; on its last day it learns."""
    clock = ManualClock(NINE)
    with create_hall(database, small_plan(), clock=clock) as hall:
        for day in range(days):
            clock.set(NINE + day * timedelta(days=1))
            hall.open_counter(1)
            hall.issue("payment")
            hall.learn_waits()
            for _customer in range(45 if day + 1 < days else 0):
                hall.issue("payment")
                clock.advance(4 * MINUTE)
                hall.call_next(1)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'hall.db'}"


def ask(database: str, *arguments: str) -> str:
    result = CliRunner().invoke(jiaohao, ["--database", database, "--language", "en", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_before_anything_was_learned_there_is_no_score(database: str) -> None:
    days_of_work(database, 1)
    assert "No score yet" in ask(database, "score")
    assert json.loads(ask(database, "score", "--json")) is None
    assert json.loads(ask(database, "learn", "--json")) == {"learned": False}


def test_the_score_is_that_of_the_stored_quotes(database: str) -> None:
    days_of_work(database, 4)
    told = json.loads(ask(database, "score", "--json"))
    assert (told["first_day"], told["last_day"], told["called"]) == ("2026-11-23", "2026-11-25", 135)
    assert told["sound"]
    assert told["error"] < 2
    assert told["kept"] > 0.6
    assert f"Mean error: {told['error']:.1f} min" in ask(database, "score")


def test_few_tickets_are_told_to_be_too_few() -> None:
    few = QuoteScore(NINE.date(), NINE.date(), 40, 20, 1, 0.8, 0.1, 2, 2)
    assert score_lines(few, Words("en"))[1:] == [
        "Fewer than 50 tickets were told minutes: too few for a score"
    ]
    assert score_lines(few, Words("zh"))[1:] == ["告知过分钟数的号票不足 50 张，暂不评分"]


def test_a_sound_score_stands_beside_the_classics() -> None:
    sound = QuoteScore(NINE.date(), NINE.date(), 900, 850, 3.14, 0.808, 0.093, 6.2, 5.18)
    assert score_lines(sound, Words("zh"))[1:] == [
        "平均误差：3.1 分钟",
        "在告知区间内叫到：81 %（目标 80 %）；晚于上限：9 %（目标 10 %）",
        "同样的号票，若报最近一位的等候：误差 6.2 分钟",
        "同样的号票，若报人数 × 平均间隔：误差 5.2 分钟",
    ]
