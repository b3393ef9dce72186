from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from counter_terminal.actions import Action
from counter_terminal.state import Shape
from shared.words import Language

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tools.testing.terminals import Terminal


def test_an_older_picture_does_not_replace_a_newer_one(terminal: Terminal) -> None:
    before = terminal.hall.snapshot()
    terminal.press(Action.NEXT)
    terminal.view_model.take_news(before)
    assert terminal.number == "A001"


def test_stale_data_keeps_the_ticket_and_comes_back_by_itself(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.view_model.take_stale(terminal.clock.now())
    terminal.press_without_news(Action.FINISH)
    assert (terminal.number, terminal.said) == ("A001", "counter-why-stale")
    terminal.news()
    assert not terminal.view_model.state.stale


def test_the_list_holds_what_this_counter_may_take_in_its_own_order(terminal: Terminal) -> None:
    shown = [ticket.number for ticket in terminal.view_model.state.waiting]
    assert shown == ["A001", "C001", "C002", "B001", "B002"], "payments are counter 2's second choice"
    terminal.press(Action.NEXT)
    assert terminal.number == shown[0]


def test_the_counters_own_figures_follow_its_work(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.NO_SHOW)
    terminal.press(Action.NEXT)
    terminal.press(Action.FINISH, after_s=120)
    figures = terminal.view_model.state.figures
    assert figures is not None
    assert (figures.served, figures.no_shows, figures.mean_service) == (1, 1, timedelta(minutes=2))


def test_a_quiet_line_is_forgotten_after_a_while(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.wait(29)
    assert terminal.said == "counter-done-next"
    terminal.wait(2)
    assert terminal.said is None


def test_language_and_shape_turn(terminal: Terminal) -> None:
    terminal.press(Action.LANGUAGE, Action.BAR)
    assert (terminal.view_model.state.language, terminal.view_model.state.shape) == (Language.EN, Shape.BAR)
    terminal.press(Action.LANGUAGE, Action.BAR)
    assert (terminal.view_model.state.language, terminal.view_model.state.shape) == (Language.ZH, Shape.DESK)


def test_the_time_goes_on_by_itself(terminal: Terminal, qtbot: QtBot) -> None:
    terminal.clock.advance(timedelta(seconds=30))
    with qtbot.waitSignal(terminal.view_model.changed):
        pass
    assert terminal.view_model.state.now == terminal.clock.now()
