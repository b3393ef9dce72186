"""The clerk sees a command's own answer at once; pictures of the hall confirm it, and no older one replaces it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

import pytest

from counter_terminal.actions import Action
from counter_terminal.view_model import CounterViewModel
from shared.hall import open_hall
from shared.qt.change_feed import ChangeFeed
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_S
from tools.testing.terminals import BADGE, PIN, ShakyHall, make_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.domain.snapshot import HallSnapshot
    from shared.hall import Hall
    from tests.counter_terminal.conftest import TerminalMaker
    from tools.testing.terminals import Terminal


class SlowPictures:
    """A hall whose pictures are kept, once they are read, until the gate opens. `read` counts those begun."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.read = 0
        self.kept = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hall, name)

    def snapshot(self) -> HallSnapshot:
        self.read += 1
        picture = self.hall.snapshot()
        if not self.gate.is_set():
            self.kept.set()
            self.gate.wait(PATIENCE_S)
        return picture


@pytest.fixture
def pictures(hall: Hall) -> SlowPictures:
    return SlowPictures(hall)


@pytest.fixture
def quick(qapp: object, pictures: SlowPictures, hall: Hall, clock: ManualClock) -> Iterator[Terminal]:
    """A clerk at counter 2 of a hall that counts its pictures, with three customers waiting."""
    for service in ("payment", "broadband", "enquiry"):
        hall.issue(service)
    terminal = make_terminal(cast("Hall", pictures), clock)
    terminal.log_in()
    yield terminal
    terminal.view_model.stop()


@pytest.mark.parametrize(
    ("actions", "number", "said"),
    [
        ((Action.NEXT,), "A001", "counter-done-next"),
        ((Action.NEXT, Action.NEXT), "C001", "counter-done-next-after"),
        ((Action.NEXT, Action.START), "A001", "counter-done-start"),
        ((Action.NEXT, Action.NO_SHOW), None, "counter-done-no-show"),
        ((Action.NEXT, Action.FINISH), None, "counter-done-finish"),
        ((Action.NEXT, Action.HOLD), None, "counter-done-hold"),
        ((Action.NEXT, Action.NO_SHOW, Action.UNDO), "A001", "counter-done-undo"),
    ],
)
def test_an_answer_is_shown_without_any_picture(
    quick: Terminal, pictures: SlowPictures, actions: tuple[Action, ...], number: str | None, said: str
) -> None:
    pictures.read = 0
    for action in actions:
        quick.press_without_news(action)
    assert pictures.read == 0
    assert (quick.number, quick.said) == (number, said)
    assert quick.view_model.state.busy is None
    shown = [ticket.number for ticket in quick.view_model.state.waiting]
    quick.news()
    assert (quick.number, [ticket.number for ticket in quick.view_model.state.waiting]) == (number, shown)


def test_a_picture_read_before_the_command_does_not_replace_its_answer(quick: Terminal, hall: Hall) -> None:
    hall.issue("payment")
    read_meanwhile = hall.snapshot()
    quick.press_without_news(Action.NEXT)
    quick.view_model.take_news(read_meanwhile)
    assert quick.number == "A001"
    quick.press_without_news(Action.NEXT)
    assert (quick.number, quick.said) == ("C001", "counter-done-next-after")


def test_a_store_that_went_back_is_believed_when_it_says_so_again(quick: Terminal, hall: Hall) -> None:
    before = hall.snapshot()
    quick.press_without_news(Action.NEXT)
    quick.view_model.take_news(before)
    quick.view_model.take_news(before)
    assert quick.number is None


@pytest.mark.parametrize("feed_was_first", [False, True])
def test_a_press_that_outlives_an_outage_leaves_the_keys_free(
    new_terminal: TerminalMaker, hall: Hall, clock: ManualClock, *, feed_was_first: bool
) -> None:
    """The feed may take many seconds until its next try; the store has answered by then."""
    hall.issue("payment")
    shaky = ShakyHall(hall)
    terminal = new_terminal(cast("Hall", shaky), clock)
    terminal.log_in()
    shaky.loses_answers = True
    terminal.press_without_news(Action.NEXT)
    if feed_was_first:
        terminal.view_model.take_news(hall.snapshot())
    terminal.view_model.take_stale(clock.now())
    shaky.loses_answers = False
    terminal.view_model.desk.try_again()
    state = terminal.view_model.state
    assert (terminal.number, terminal.said, state.busy) == ("B001", "counter-done-next", None)
    assert (state.stale, state.stale_since) == (False, None)
    terminal.press_without_news(Action.START)
    assert terminal.said == "counter-done-start"


def copied(url: str, target: Path) -> str:
    """A copy of a SQLite store as it is now, as a backup or a standby that learns no more."""
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return f"sqlite:///{target}"


def test_the_answer_of_a_store_that_knows_less_is_shown(
    quick: Terminal, pictures: SlowPictures, hall_url: str, tmp_path: Path
) -> None:
    url = copied(hall_url, tmp_path / "older.db")
    for action in (Action.NEXT, Action.FINISH, Action.NEXT, Action.FINISH):
        quick.press_without_news(action)
    with open_hall(url, clock=quick.clock) as older:
        pictures.hall = older
        quick.press_without_news(Action.NEXT)
        assert (quick.number, quick.said) == ("A001", "counter-done-next")
        assert quick.view_model.state.snapshot == older.snapshot()
        quick.press_without_news(Action.START)
        assert (quick.number, quick.said) == ("A001", "counter-done-start")


@pytest.mark.parametrize(
    "actions",
    [
        (Action.NEXT,),
        (Action.NEXT, Action.START),
        (Action.NEXT, Action.NO_SHOW),
        (Action.NEXT, Action.HOLD),
        (Action.NEXT, Action.FINISH),
        (Action.NEXT, Action.HOLD, Action.UNDO),
    ],
)
def test_an_answer_that_the_feed_has_overtaken_needs_no_picture(
    new_terminal: TerminalMaker, hall: Hall, clock: ManualClock, actions: tuple[Action, ...]
) -> None:
    for service in ("payment", "broadband"):
        hall.issue(service)
    shaky = ShakyHall(hall)
    pictures = SlowPictures(cast("Hall", shaky))
    terminal = new_terminal(cast("Hall", pictures), clock)
    terminal.log_in()
    for action in actions[:-1]:
        terminal.press_without_news(action)
    shaky.loses_answers = True
    terminal.press_without_news(actions[-1])
    hall.issue("enquiry")
    fed = hall.snapshot()
    terminal.view_model.take_news(fed)
    shaky.loses_answers = False
    pictures.read = 0
    terminal.view_model.desk.try_again()
    assert terminal.view_model.state.busy is None
    assert pictures.read == 0
    assert terminal.view_model.state.snapshot == fed


def test_a_result_that_tells_too_little_brings_a_picture(quick: Terminal, pictures: SlowPictures) -> None:
    ticket = quick.hall.issue("payment", print_at="kiosk-1")
    pictures.read = 0
    quick.view_model.desk.reprint_ticket(ticket)
    assert (pictures.read, quick.said) == (1, "counter-done-reprint")
    picture = quick.view_model.state.snapshot
    assert picture is not None
    assert [job.copy for job in picture.unprinted] == [2]


def test_a_key_pressed_twice_calls_once_though_the_answer_is_there_at_once(
    quick: Terminal, hall: Hall
) -> None:
    quick.press_without_news(Action.NEXT)
    quick.view_model.press(Action.NEXT)
    assert quick.number == "A001"
    assert [call.number for call in hall.snapshot().calls] == ["A001"]


def test_the_programs_own_threads_keep_the_answer_over_a_picture_that_comes_late(
    pictures: SlowPictures, hall: Hall, clock: ManualClock, qtbot: QtBot
) -> None:
    hall.issue("enquiry")
    lane, feed = Lane("store"), ChangeFeed(cast("Hall", pictures), clock=clock)
    view_model = CounterViewModel(lambda: cast("Hall", pictures), lane, clock, counter=2)
    feed.news.connect(view_model.take_news)
    late: list[HallSnapshot] = []
    feed.news.connect(late.append)
    try:
        feed.start()
        qtbot.waitUntil(lambda: view_model.state.snapshot is not None)
        view_model.session.log_in(BADGE, PIN)
        qtbot.waitUntil(lambda: view_model.state.clerk == BADGE and not lane_is_busy(view_model))
        pictures.gate.clear()
        pictures.kept.clear()
        hall.issue("payment")
        assert pictures.kept.wait(PATIENCE_S), "the feed has read a picture, and has not told it yet"
        view_model.press(Action.NEXT)
        qtbot.waitUntil(lambda: view_model.state.ticket is not None)
        late.clear()
        pictures.gate.set()
        qtbot.waitUntil(lambda: bool(late))
        ticket = view_model.state.ticket
        assert ticket is not None
        assert ticket.number == "A001"
        qtbot.waitUntil(lambda: bool(late[-1].calls))
        assert view_model.state.snapshot == late[-1]
    finally:
        pictures.gate.set()
        view_model.stop()
        assert feed.stop(PATIENCE_S)
        assert lane.stop(PATIENCE_S)


def lane_is_busy(view_model: CounterViewModel) -> bool:
    return view_model.state.busy is not None or view_model.state.figures is None
