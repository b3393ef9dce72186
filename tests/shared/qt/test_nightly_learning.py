"""Programs have the quotes learn in a process of its own: once a day, and never longer than they run."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.domain.errors import StoreUnavailable
from shared.domain.snapshot import HallSnapshot
from shared.qt.nightly_learning import NightlyLearning
from shared.store.learned_waits import CLAIM_HOLDS
from tools.testing.patience import PATIENCE_MS, PATIENCE_S
from tools.testing.sample_hall import make_snapshot

MakeLearning = Callable[[str], NightlyLearning]


class FakeHall:
    """Counts how often it was asked; what it answers is set from outside."""

    hall_id = "small"

    def __init__(self) -> None:
        self.due = True
        self.down = False
        self.asked = 0
        self.answered = threading.Event()

    def waits_are_due(self) -> bool:
        self.asked += 1
        self.answered.set()
        if self.down:
            raise StoreUnavailable("unreachable", "no store here")
        return self.due


@pytest.fixture
def hall() -> FakeHall:
    return FakeHall()


@pytest.fixture
def learning(hall: FakeHall, qtbot: QtBot) -> Iterator[MakeLearning]:
    """`learning(program)`: the lesson is this Python program, started as a process."""
    made: list[NightlyLearning] = []

    def make(program: str) -> NightlyLearning:
        one = NightlyLearning(lambda: hall, "sqlite:///x", school=(sys.executable, "-c", program))
        made.append(one)
        return one

    yield make
    for one in made:
        assert one.stop(PATIENCE_S)


def news(day: int = 0, seq: int = 1) -> HallSnapshot:
    picture = make_snapshot()
    return replace(picture, day=picture.day + timedelta(days=day), seq=seq)


def test_a_lesson_that_is_due_is_given_to_a_process(
    learning: MakeLearning, qtbot: QtBot, tmp_path: Path
) -> None:
    told, half = tmp_path / "told.json", tmp_path / "half"
    write = f"import os, sys, pathlib; pathlib.Path({str(half)!r}).write_text(sys.stdin.read())"
    learning(f"{write}; os.replace({str(half)!r}, {str(told)!r})").take_news(news())
    qtbot.waitUntil(told.exists, timeout=PATIENCE_MS)
    assert json.loads(told.read_text()) == {"database": "sqlite:///x", "hall": "small"}


def test_it_looks_once_a_day_and_not_before_the_day_is_open(
    learning: MakeLearning, hall: FakeHall, qtbot: QtBot
) -> None:
    hall.due = False
    one = learning("")
    for picture in (news(seq=0), news(), news(seq=2), news(day=1, seq=0), news(day=1, seq=1)):
        one.take_news(picture)
    qtbot.waitUntil(lambda: hall.asked == 2, timeout=PATIENCE_MS)
    assert one.stop(PATIENCE_S)
    assert hall.asked == 2


def test_after_a_store_that_did_not_answer_it_looks_again(
    learning: MakeLearning, hall: FakeHall, qtbot: QtBot
) -> None:
    hall.down = True
    one = learning("")

    def asked_again() -> bool:
        one.take_news(news())
        return hall.asked >= 2

    qtbot.waitUntil(asked_again, timeout=PATIENCE_MS)
    assert hall.asked >= 2


def test_a_lesson_that_fails_is_tried_again(learning: MakeLearning, hall: FakeHall, qtbot: QtBot) -> None:
    one = learning("import sys; sys.exit('no luck')")

    def asked_again() -> bool:
        one.take_news(news())
        return hall.asked >= 2

    qtbot.waitUntil(asked_again, timeout=PATIENCE_MS)
    assert hall.asked >= 2


def test_a_lesson_that_another_program_claimed_is_looked_after_when_its_claim_has_run_out(
    learning: MakeLearning, hall: FakeHall, qtbot: QtBot
) -> None:
    hall.due = False
    one = learning("")
    one.take_news(news())
    qtbot.waitUntil(hall.answered.is_set, timeout=PATIENCE_MS)
    later = replace(news(seq=2), at=news().at + CLAIM_HOLDS)

    def asked_again() -> bool:
        one.take_news(later)
        return hall.asked == 2

    qtbot.waitUntil(asked_again, timeout=PATIENCE_MS)
    one.take_news(news(seq=3))
    assert one.stop(PATIENCE_S)
    assert hall.asked == 2


def test_a_running_lesson_ends_with_the_program(learning: MakeLearning, qtbot: QtBot, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    touch = f"import pathlib, threading; pathlib.Path({str(begun)!r}).touch()"
    one = learning(f"{touch}; threading.Event().wait()")
    one.take_news(news())
    qtbot.waitUntil(begun.exists, timeout=PATIENCE_MS)
    assert one.stop(PATIENCE_S)
