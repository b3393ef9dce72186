"""A clerk finishes the ticket at the counter while the store is away; it is delivered once, and told in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from counter_terminal import wording
from counter_terminal.actions import Action, why_not
from counter_terminal.finish_keeping import FinishKeeping
from shared.hall import Hall, TicketState
from shared.hall.standby.keeper import Keeper
from shared.qt.courier import Courier, Standby
from shared.words import Language, Words
from tools.testing.terminals import HandWorker, ShakyHall, Terminal, make_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock


@dataclass
class Desk:
    """A terminal with its standby, and the line to its hall."""

    terminal: Terminal
    hall: Hall
    line: ShakyHall
    keeper: Keeper
    courier: Courier
    keeping: FinishKeeping
    ids: list[str]

    @property
    def state(self) -> Any:
        return self.terminal.view_model.state

    def cut(self) -> None:
        """The store goes, and the change feed says so."""
        self.line.cut = True
        self.terminal.view_model.take_stale(self.terminal.clock.now())

    def mend(self) -> None:
        """The store is back: the feed brings news, the courier delivers, and its deliveries bring news."""
        self.line.cut = False
        self.news()
        self.news()

    def news(self) -> None:
        snapshot = self.hall.snapshot()
        self.terminal.view_model.take_news(snapshot)
        self.courier.follow(snapshot)


@pytest.fixture
def desk(qtbot: QtBot, hall: Hall, clock: ManualClock, tmp_path: Path) -> Iterator[Desk]:
    hall.issue("payment")
    hall.issue("payment")
    line = ShakyHall(hall)
    keeper = Keeper(tmp_path / "standby" / "counter-1.db", "counter-1", clock, issues=False)
    worker: Any = HandWorker()
    keeping = FinishKeeping(keeper, worker, patience_ms=30)
    terminal = make_terminal(line, clock, counter=1, keeping=keeping)
    courier = Courier(
        keeper,
        lambda: cast("Hall", line),
        lambda keeper, _hall, snapshot: keeper.prepare_file(snapshot),
        clock,
        post_lane=worker,
        keep_lane=worker,
    )
    keeping.kept.connect(courier.note_kept)
    courier.prepared.connect(terminal.view_model.stand_by)
    courier.delivered.connect(terminal.view_model.take_outage)
    desk = Desk(terminal, hall, line, keeper, courier, keeping, [])
    terminal.log_in()
    desk.news()
    terminal.press(Action.NEXT, Action.START)
    yield desk
    terminal.view_model.stop()
    keeper.close()


def test_the_ticket_stays_on_the_screen_and_can_be_finished(desk: Desk, clock: ManualClock) -> None:
    desk.cut()
    assert desk.terminal.number == "B001"
    assert why_not(Action.FINISH, desk.state) is None
    assert why_not(Action.NEXT, desk.state) == "counter-why-stale"
    banner = wording.banner(Words(Language.ZH), desk.state)
    assert banner is not None
    assert "F7" in banner

    clock.advance(timedelta(minutes=3))
    done_at = clock.now()
    desk.terminal.view_model.press(Action.FINISH)
    assert (desk.terminal.number, desk.terminal.said) == (None, "counter-kept-finish")
    assert desk.hall.ticket("20261123-B001").state is TicketState.SERVING
    assert "B001" in (wording.banner(Words(Language.ZH), desk.state) or "")

    clock.advance(timedelta(minutes=5))
    desk.mend()
    done = desk.hall.ticket("20261123-B001")
    assert (done.state, done.finished_at, done.clerk) == (TicketState.FINISHED, done_at, "1001")
    assert (desk.terminal.number, desk.state.kept) == (None, None)
    assert desk.hall.verify().clean
    desk.terminal.press(Action.NEXT)
    assert desk.terminal.number == "B002"


def test_a_finish_on_its_way_is_kept_when_the_store_goes(desk: Desk) -> None:
    desk.line.cut = True
    desk.terminal.press_without_news(Action.FINISH)
    assert desk.terminal.said == "counter-kept-finish"
    assert desk.keeper.pending()


def test_a_finish_that_came_through_though_its_answer_was_lost_counts_once(desk: Desk) -> None:
    desk.line.loses_answers = True
    desk.terminal.press_without_news(Action.FINISH)
    assert desk.terminal.said == "counter-kept-finish"
    desk.line.loses_answers = False
    desk.mend()
    assert desk.hall.figures(1).served == 1
    (outage,) = desk.hall.standby.outages(desk.terminal.clock.now() - timedelta(hours=1))
    assert outage.trouble == ()
    assert desk.hall.verify().clean


def test_a_finish_that_hangs_is_kept_and_its_late_answer_is_no_news(desk: Desk, qtbot: QtBot) -> None:
    desk.terminal.worker.held = True
    with qtbot.waitSignal(desk.keeping.kept):
        desk.terminal.press_without_news(Action.FINISH)
    assert desk.terminal.number is None
    desk.terminal.worker.let_go()
    assert desk.terminal.said == "counter-kept-finish"
    assert desk.state.busy is None
    desk.mend()
    assert desk.hall.figures(1).served == 1
    assert desk.hall.verify().clean


def test_what_the_hall_overtook_is_back_on_the_screen(desk: Desk, clock: ManualClock) -> None:
    desk.cut()
    desk.terminal.view_model.press(Action.FINISH)
    clock.advance(timedelta(minutes=1))
    desk.hall.transfer(1, "enquiry")
    called = desk.hall.call_next(1)
    assert called is not None
    assert called.number == "B001", "the transferred ticket is due first"
    desk.mend()
    assert desk.hall.ticket("20261123-B001").state is TicketState.CALLED
    assert desk.terminal.said == "counter-outage-trouble"
    assert desk.terminal.number == "B001"
    assert desk.hall.verify().clean


def test_the_clerk_reads_what_happened_in_one_line(desk: Desk, clock: ManualClock) -> None:
    desk.cut()
    clock.advance(timedelta(minutes=2))
    desk.terminal.view_model.press(Action.FINISH)
    clock.advance(timedelta(minutes=1))
    desk.mend()
    line = desk.state.line
    assert line.word == "common-outage"
    assert wording.quiet_line(Words(Language.EN), line, None).endswith("0 tickets, 1 finished, all delivered")


def test_a_terminal_that_cannot_keep_refuses_as_before(desk: Desk) -> None:
    desk.terminal.view_model.stand_by(Standby(ready=False))
    desk.terminal.view_model.take_stale(None)
    assert why_not(Action.FINISH, desk.state) == "counter-why-stale"
