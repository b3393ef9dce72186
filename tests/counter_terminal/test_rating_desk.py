from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from counter_terminal import wording
from counter_terminal.actions import Action
from counter_terminal.state import Tone
from shared.domain.rating import NOT_RATED, Satisfaction
from shared.words import Language, Words
from tools.testing.terminals import ShakyHall, make_terminal

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.hall import Hall
    from tools.testing.terminals import Terminal


def satisfaction(terminal: Terminal) -> Satisfaction:
    figures = terminal.view_model.state.figures
    assert figures is not None
    return figures.satisfaction


@pytest.mark.parametrize("ends", [Action.FINISH, Action.NEXT])
def test_a_vote_is_told_in_the_quiet_line_and_in_the_figures(terminal: Terminal, ends: Action) -> None:
    terminal.press(Action.NEXT, ends)
    terminal.view_model.ratings.vote(4)
    line = terminal.view_model.state.line
    assert line is not None
    assert (line.word, line.tone, line.values["number"]) == ("counter-rated", Tone.DONE, "A001")
    assert wording.quiet_line(Words(Language.ZH), line, None) == "A001 客户评价：满意"
    assert wording.quiet_line(Words(Language.EN), line, None) == "A001 rated by the customer: Satisfied"
    assert satisfaction(terminal) == Satisfaction(rated=1, satisfied=1)


@pytest.mark.parametrize(
    ("wait_s", "votes", "said"),
    [
        (11, (5,), "refusal-rating_late"),
        (0, (5, 1), "refusal-already_rated"),
    ],
)
def test_a_vote_that_does_not_count_is_refused_visibly(
    terminal: Terminal, wait_s: float, votes: tuple[int, ...], said: str
) -> None:
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.wait(wait_s)
    for level in votes:
        terminal.view_model.ratings.vote(level)
    assert terminal.said == said
    for language in Language:
        assert Words(language).has(said)


def test_a_second_press_while_the_vote_is_on_its_way_is_the_same_vote(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.worker.held = True
    terminal.view_model.ratings.vote(5)
    terminal.view_model.ratings.vote(1)
    terminal.worker.let_go()
    assert terminal.hall.ticket("20261123-A001").rating == 5
    assert terminal.said == "counter-rated"


def test_a_vote_does_not_wait_for_the_clerk_nor_the_clerk_for_it(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.worker.held = True
    terminal.clock.advance(timedelta(seconds=1))
    terminal.view_model.ratings.vote(2)
    terminal.view_model.press(Action.NEXT)
    assert terminal.view_model.state.busy == "next"
    terminal.worker.let_go()
    assert terminal.hall.ticket("20261123-A001").rating == 2
    assert terminal.number is not None


def test_a_vote_given_in_time_counts_although_the_store_was_away(
    hall: Hall, clock: ManualClock, qapp: object
) -> None:
    shaky = ShakyHall(hall)
    terminal = make_terminal(shaky, clock)
    terminal.log_in()
    hall.issue("enquiry")
    terminal.news()
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.wait(8)
    shaky.cut = True
    terminal.view_model.ratings.vote(4)
    assert terminal.said == "counter-retrying"
    shaky.cut = False
    terminal.clock.advance(timedelta(seconds=6))
    terminal.news()
    assert hall.ticket("20261123-A001").rating == 4
    terminal.view_model.stop()


def test_undo_takes_the_vote_along(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.view_model.ratings.vote(1)
    terminal.press(Action.UNDO)
    ticket = terminal.view_model.state.ticket
    assert ticket is not None
    assert (ticket.number, ticket.rating) == ("A001", None)


def test_where_a_rating_pad_stands_the_lack_of_a_vote_is_noted_after_twenty_seconds(
    terminal: Terminal,
) -> None:
    terminal.view_model.ratings.asks = True
    terminal.press(Action.NEXT, Action.FINISH)
    terminal.wait(19)
    assert terminal.hall.ticket("20261123-A001").rating is None
    terminal.wait(1)
    assert terminal.hall.ticket("20261123-A001").rating == NOT_RATED
    assert satisfaction(terminal) == Satisfaction(not_rated=1)


def test_without_a_rating_pad_nobody_was_asked(terminal: Terminal, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(terminal.view_model.ratings.invited):
        terminal.press(Action.NEXT, Action.FINISH)
    terminal.wait(60)
    assert terminal.hall.ticket("20261123-A001").rating is None


def test_what_cannot_be_noted_now_is_noted_later(hall: Hall, clock: ManualClock, qapp: object) -> None:
    shaky = ShakyHall(hall)
    terminal = make_terminal(shaky, clock)
    terminal.log_in()
    terminal.view_model.ratings.asks = True
    hall.issue("enquiry")
    terminal.news()
    terminal.press(Action.NEXT, Action.FINISH)
    shaky.cut = True
    terminal.wait(21)
    shaky.cut = False
    assert hall.ticket("20261123-A001").rating is None
    terminal.wait(21)
    assert hall.ticket("20261123-A001").rating == NOT_RATED
    terminal.view_model.stop()


@pytest.mark.parametrize(
    ("path", "invites"), [((Action.FINISH,), 1), ((Action.NEXT,), 1), ((Action.HOLD,), 0)]
)
def test_whoever_is_finished_is_invited(terminal: Terminal, path: tuple[Action, ...], invites: int) -> None:
    invited: list[int] = []
    terminal.view_model.ratings.asks = True
    terminal.view_model.ratings.invited.connect(lambda: invited.append(1))
    terminal.press(Action.NEXT, *path)
    assert len(invited) == invites
