"""Paper follows the commit: printed once, its outcome written down, and a jam never holds up the queue."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.printing.printer import PrintOutcome
from hardware.printing.printer import PrintState as Outcome
from hardware.status import OK, Cause, down, unknown
from kiosk.print_desk import PrintDesk
from kiosk.visit import Paper, PaperNews
from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S
from tools.testing.printers import PRINTED, FakePrinter
from tools.testing.sample_hall import MORNING, make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from shared.domain.slip import Slip
    from shared.domain.snapshot import PrintJob

NAME = "kiosk-1"
PAPER_OUT = PrintOutcome(Outcome.FAILED, down(Cause.PAPER_OUT))


class Desk:
    """A print desk with its hall, its printer, and what it told."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.printer = FakePrinter()
        self.store_lane, self.printer_lane = Lane("store"), Lane("printer")
        self.store_error: Exception | None = None
        self.news: list[PaperNews] = []
        self.desk = PrintDesk(
            self._hall, self.printer, NAME, store_lane=self.store_lane, printer_lane=self.printer_lane
        )
        self.desk.settled.connect(self.news.append)

    def _hall(self) -> Hall:
        if self.store_error is not None:
            raise self.store_error
        return self.hall

    def numbers(self) -> list[str]:
        """What was printed, in order."""
        return self.printer.numbers()

    def states(self) -> list[PrintState]:
        """The states of the papers not known to exist."""
        return [job.state for job in self.hall.print_jobs(NAME)]

    def causes(self) -> list[tuple[PrintState, str | None]]:
        """The same with their causes."""
        return [(job.state, job.cause) for job in self.hall.print_jobs(NAME)]


@pytest.fixture
def desk(qtbot: QtBot, sqlite_url: str) -> Iterator[Desk]:
    """A desk at a real hall."""
    hall = create_hall(sqlite_url, make_plan(), clock=ManualClock(MORNING))
    made = Desk(hall)
    yield made
    made.printer.free.set()
    made.store_lane.stop(PATIENCE_S)
    made.printer_lane.stop(PATIENCE_S)
    hall.close()


def test_a_queued_ticket_is_printed_and_written_down(desk: Desk, qtbot: QtBot) -> None:
    ticket = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]
    assert desk.news == [PaperNews(ticket.id, Paper.PRINTED)]


def test_the_paper_is_drawn_while_its_job_is_claimed(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = threading.Event()
    claimed_when_drawn: list[bool] = []
    prepare, claim = desk.printer.prepare, desk.hall.claim_print

    def prepare_and_tell(slip: Slip) -> None:
        prepare(slip)
        drawn.set()

    def claim_late(job: PrintJob) -> bool:
        claimed_when_drawn.append(drawn.wait(PATIENCE_S))
        return claim(job)

    monkeypatch.setattr(desk.printer, "prepare", prepare_and_tell)
    monkeypatch.setattr(desk.hall, "claim_print", claim_late)
    ticket = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.news) == 1, timeout=PATIENCE_MS)
    assert claimed_when_drawn == [True]
    assert desk.printer.prepared == desk.printer.slips
    assert desk.numbers() == [ticket.number]


def test_the_snapshot_tells_when_there_is_something_to_print(desk: Desk, qtbot: QtBot) -> None:
    desk.hall.issue("payment", print_at="kiosk-2")
    desk.desk.follow(desk.hall.snapshot())
    ticket = desk.hall.issue("payment", print_at=NAME)
    desk.desk.follow(desk.hall.snapshot())
    qtbot.waitUntil(lambda: len(desk.news) == 1, timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]


def test_a_specimen_is_drawn_once_for_each_plan_before_the_first_customer(desk: Desk, qtbot: QtBot) -> None:
    snapshot = desk.hall.snapshot()
    for _ in range(3):
        desk.desk.follow(snapshot)
    qtbot.waitUntil(lambda: len(desk.printer.prepared) == 2, timeout=PATIENCE_MS)
    desk.desk.follow(replace(snapshot, plan_version=snapshot.plan_version + 1))
    qtbot.waitUntil(lambda: len(desk.printer.prepared) == 4, timeout=PATIENCE_MS)
    assert {slip.title for slip in desk.printer.prepared} == {"A023"}
    assert desk.printer.slips == []


def test_tickets_are_printed_one_after_another(desk: Desk, qtbot: QtBot) -> None:
    numbers = [desk.hall.issue("payment", print_at=NAME).number for _ in range(3)]
    for _ in range(5):
        desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.news) == 3, timeout=PATIENCE_MS)
    assert desk.numbers() == numbers


def test_one_that_comes_while_another_prints_is_not_forgotten(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.free.clear()
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.printer.slips) == 1, timeout=PATIENCE_MS)
    late = desk.hall.issue("repair", print_at=NAME)
    desk.desk.look()
    desk.printer.free.set()
    qtbot.waitUntil(lambda: len(desk.news) == 2, timeout=PATIENCE_MS)
    assert desk.numbers()[-1] == late.number


def test_a_job_is_sent_before_its_first_byte(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.free.clear()
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.printer.slips) == 1, timeout=PATIENCE_MS)
    assert desk.states() == [PrintState.SENT]


def test_what_a_crash_left_behind_as_sent_is_not_printed_again(desk: Desk, qtbot: QtBot) -> None:
    desk.hall.issue("payment", print_at=NAME)
    assert desk.hall.claim_print(desk.hall.print_jobs(NAME)[0])
    fresh = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.news) == 1, timeout=PATIENCE_MS)
    assert desk.numbers() == [fresh.number]
    qtbot.waitUntil(lambda: desk.states() == [PrintState.SENT], timeout=PATIENCE_MS)
    assert desk.hall.print_jobs(NAME)[0].number != fresh.number


def test_a_failed_paper_waits_for_a_reprint_with_its_cause(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PAPER_OUT
    ticket = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED], timeout=PATIENCE_MS)
    assert desk.news == [PaperNews(ticket.id, Paper.FAILED, "paper_out")]
    assert desk.hall.print_jobs(NAME)[0].cause == "paper_out"
    desk.printer.outcome = PRINTED
    desk.hall.reprint(ticket.id)
    desk.desk.follow(desk.hall.snapshot())
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number, ticket.number]


def test_paper_that_nobody_confirms_stays_sent(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PrintOutcome(Outcome.SENT_UNCONFIRMED, unknown(Cause.NO_ANSWER))
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.causes() == [(PrintState.SENT, "no_answer")], timeout=PATIENCE_MS)
    assert desk.news[0].paper is Paper.UNCONFIRMED


def test_paper_that_ran_out_on_the_way_may_still_come_and_is_asked_about(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PrintOutcome(Outcome.SENT_UNCONFIRMED, down(Cause.PAPER_OUT))
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.causes() == [(PrintState.SENT, "paper_out")], timeout=PATIENCE_MS)
    assert (desk.news[0].paper, desk.news[0].cause) == (Paper.FAILED, "paper_out")
    desk.printer.outcome = PRINTED
    desk.desk.hear(OK)
    fresh = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.news) == 2, timeout=PATIENCE_MS)
    assert desk.numbers()[1:] == [fresh.number], (
        "it may lie in the tray: printing it again is for a person to say"
    )


def test_what_failed_prints_once_when_the_printer_is_back_in_the_order_of_issue(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.printer.outcome = PAPER_OUT
    numbers = [desk.hall.issue("payment", print_at=NAME).number for _ in range(3)]
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED] * 3, timeout=PATIENCE_MS)
    desk.desk.hear(down(Cause.PAPER_OUT))
    desk.printer.outcome = PRINTED
    desk.printer.slips.clear()
    desk.desk.hear(OK)
    desk.desk.hear(OK)
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == numbers


def test_a_printer_that_is_still_down_is_not_tried_with_every_news(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PAPER_OUT
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED], timeout=PATIENCE_MS)
    for _ in range(5):
        desk.desk.follow(desk.hall.snapshot())
        desk.desk.hear(down(Cause.PAPER_OUT))
    late = desk.hall.issue("repair", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED] * 2, timeout=PATIENCE_MS)
    assert desk.numbers()[1:] == [late.number]


def test_a_kiosk_that_starts_prints_what_failed_before(desk: Desk, qtbot: QtBot) -> None:
    ticket = desk.hall.issue("payment", print_at=NAME)
    job = desk.hall.print_jobs(NAME)[0]
    desk.hall.claim_print(job)
    desk.hall.print_failed(job, "unreachable")
    desk.desk.follow(desk.hall.snapshot())
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]


def test_a_ticket_that_is_over_gets_no_paper_any_more(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PAPER_OUT
    over = desk.hall.issue("payment", print_at=NAME)
    open_still = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED] * 2, timeout=PATIENCE_MS)
    desk.hall.cancel(over.id)
    desk.printer.outcome = PRINTED
    desk.printer.slips.clear()
    desk.desk.hear(OK)
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [open_still.number]


def test_a_clerk_who_reprints_while_the_printer_recovers_gets_one_paper(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = PAPER_OUT
    ticket = desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED], timeout=PATIENCE_MS)
    seen = desk.hall.print_jobs(NAME)[0]
    desk.printer.outcome = PRINTED
    desk.printer.free.clear()
    desk.printer.slips.clear()
    desk.desk.hear(OK)
    qtbot.waitUntil(lambda: desk.numbers() == [ticket.number], timeout=PATIENCE_MS)
    with pytest.raises(Refused) as refusal:
        desk.hall.reprint(ticket.id, seen=seen)
    assert refusal.value.code is RefusalCode.STALE_VIEW
    desk.printer.free.set()
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]


def test_an_outcome_is_written_down_when_the_store_is_back(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.free.clear()
    desk.hall.issue("payment", print_at=NAME)
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.printer.slips) == 1, timeout=PATIENCE_MS)
    desk.store_error = StoreUnavailable("unreachable", "no answer")
    desk.printer.free.set()
    qtbot.waitUntil(lambda: len(desk.news) == 1, timeout=PATIENCE_MS)
    assert desk.news[0].paper is Paper.PRINTED
    assert desk.states() == [PrintState.SENT]
    desk.store_error = None
    desk.desk.follow(desk.hall.snapshot())
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert len(desk.printer.slips) == 1


@pytest.mark.expects_log("printing B001 failed: no font")
def test_a_bug_in_printing_leaves_no_customer_waiting(desk: Desk, qtbot: QtBot) -> None:
    desk.printer.outcome = ValueError("no font")
    desk.hall.issue("payment", print_at=NAME)
    with qtbot.captureExceptions() as exceptions:
        desk.desk.look()
        qtbot.waitUntil(lambda: desk.states() == [PrintState.FAILED], timeout=PATIENCE_MS)
    assert desk.news[0].paper is Paper.FAILED
    assert [kind for kind, *_ in exceptions] == [ValueError]


def test_a_ticket_is_printed_in_its_own_language(desk: Desk, qtbot: QtBot) -> None:
    desk.hall.issue("payment", print_at=NAME, language="en")
    desk.desk.look()
    qtbot.waitUntil(lambda: len(desk.news) == 1, timeout=PATIENCE_MS)
    assert any(getattr(block, "text", "") == "Your number" for block in desk.printer.slips[0].blocks)


def test_a_claim_without_an_answer_sent_nothing_and_is_printed_when_the_store_is_back(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = desk.hall.claim_print
    tried: list[PrintJob] = []

    def lose_the_answer(job: PrintJob) -> bool:
        claim(job)
        tried.append(job)
        raise StoreUnavailable("unreachable", "the answer was lost")

    ticket = desk.hall.issue("payment", print_at=NAME)
    monkeypatch.setattr(desk.hall, "claim_print", lose_the_answer)
    desk.desk.look()
    qtbot.waitUntil(lambda: bool(tried) and not desk.desk._busy, timeout=PATIENCE_MS)
    assert desk.states() == [PrintState.SENT]
    monkeypatch.undo()
    desk.desk.follow(desk.hall.snapshot())
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]


def test_a_store_that_goes_away_before_the_plan_is_read_has_nothing_claimed(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Hall] = []

    def gone(hall: Hall) -> None:
        asked.append(hall)
        raise StoreUnavailable("unreachable", "no answer")

    ticket = desk.hall.issue("payment", print_at=NAME)
    monkeypatch.setattr(Hall, "plan", property(gone))
    desk.desk.look()
    qtbot.waitUntil(lambda: bool(asked) and not desk.desk._busy, timeout=PATIENCE_MS)
    assert desk.states() == [PrintState.QUEUED]
    monkeypatch.undo()
    desk.desk.look()
    qtbot.waitUntil(lambda: desk.states() == [], timeout=PATIENCE_MS)
    assert desk.numbers() == [ticket.number]


@pytest.mark.expects_log("printing B001 failed: no words")
def test_a_slip_that_cannot_be_made_leaves_no_job_as_sent(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_slip(*_: object, **__: object) -> None:
        raise ValueError("no words")

    ticket = desk.hall.issue("payment", print_at=NAME)
    monkeypatch.setattr("kiosk.print_desk.ticket_slip", no_slip)
    with qtbot.captureExceptions() as exceptions:
        desk.desk.look()
        qtbot.waitUntil(lambda: desk.causes() == [(PrintState.FAILED, "failed")], timeout=PATIENCE_MS)
    assert desk.news == [PaperNews(ticket.id, Paper.FAILED, "failed")]
    assert [kind for kind, *_ in exceptions] == [ValueError]
