from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counter_terminal.actions import Action
from counter_terminal.sign_follower import SignFollower
from counter_terminal.state import SignHealth
from hardware.status import OK, Cause, DeviceStatus, down
from shared.domain.ticket import TicketState
from tools.testing.terminals import HandWorker, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class NotedSign:
    """A sign that notes what it was told."""

    name = "noted"

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.refreshed = 0
        self.answer = OK

    def show(self, text: str) -> DeviceStatus:
        self.shown.append(text)
        return self.answer

    def show_call(self, number: str, counter: str) -> DeviceStatus:
        return self.show(f"{number}>{counter}")

    def show_paused(self) -> DeviceStatus:
        return self.show("paused")

    def show_welcome(self) -> DeviceStatus:
        return self.show("welcome")

    def refresh(self) -> DeviceStatus:
        self.refreshed += 1
        return self.answer

    def status(self) -> DeviceStatus:
        return self.answer

    def close(self) -> None:
        self.shown.append("closed")


@pytest.fixture
def sign() -> NotedSign:
    return NotedSign()


@pytest.fixture
def sign_worker(terminal: Terminal, sign: NotedSign) -> Iterator[HandWorker]:
    """The worker of a follower that keeps the sign in step with the terminal."""
    worker = HandWorker()
    follower = SignFollower(terminal.view_model, sign, worker)
    yield worker
    follower.stop()


def test_the_sign_follows_the_counter(terminal: Terminal, sign: NotedSign, sign_worker: HandWorker) -> None:
    terminal.press(Action.NEXT, Action.START, Action.FINISH)
    terminal.view_model.desk.pause("meal")
    terminal.press(Action.PAUSE)
    assert sign.shown == ["welcome", "A001>2", "welcome", "paused", "welcome"]
    assert terminal.view_model.state.sign is SignHealth.OK


def test_a_recall_lights_the_number_again(
    terminal: Terminal, sign: NotedSign, sign_worker: HandWorker
) -> None:
    terminal.press(Action.NEXT, Action.RECALL)
    assert sign.shown == ["welcome", "A001>2", "A001>2"]


def test_a_dead_sign_is_shown_and_never_holds_up_next(
    terminal: Terminal, sign: NotedSign, sign_worker: HandWorker
) -> None:
    sign.answer = down(Cause.UNREACHABLE)
    terminal.press(Action.NEXT)
    assert terminal.view_model.state.sign is SignHealth.DOWN
    sign_worker.held = True
    terminal.press(Action.NEXT, Action.NEXT)
    assert terminal.number == "C002"
    assert terminal.hall.ticket("20261123-C001").state is TicketState.FINISHED
    assert sign.shown == ["welcome", "A001>2"], "the sign still hangs on the frame after it"


def test_after_a_jam_only_the_latest_number_is_sent(
    terminal: Terminal, sign: NotedSign, sign_worker: HandWorker
) -> None:
    sign_worker.held = True
    terminal.press(Action.NEXT, Action.NEXT, Action.NEXT)
    sign_worker.let_go()
    assert sign.shown == ["welcome", "A001>2", "C002>2"]


def test_the_sign_is_kept_alive(
    terminal: Terminal, sign: NotedSign, sign_worker: HandWorker, qtbot: QtBot
) -> None:
    terminal.press(Action.NEXT)
    qtbot.waitUntil(lambda: sign.refreshed > 0)
    assert sign.shown == ["welcome", "A001>2"]
