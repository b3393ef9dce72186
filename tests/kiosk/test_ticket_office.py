"""One intent gives one ticket, however often it is sent, and queues its paper with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

import pytest

from kiosk.ticket_office import TicketOffice
from kiosk.visit import Intent
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall, create_hall
from shared.qt.lanes import Lane
from shared.words import Language
from tools.testing.patience import PATIENCE_MS, PATIENCE_S
from tools.testing.sample_hall import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from shared.domain.ticket import Ticket

INTENT = Intent("tap-1", "payment", "senior", None, Language.EN)


def unwanted(answer: object) -> None:
    pytest.fail(f"not wanted: {answer}")


@pytest.fixture
def hall(sqlite_url: str) -> Iterator[Hall]:
    with create_hall(sqlite_url, make_plan()) as hall:
        yield hall


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("store")
    yield lane
    lane.stop()


def test_the_same_intent_twice_is_one_ticket_and_one_paper(hall: Hall, lane: Lane, qtbot: QtBot) -> None:
    office = TicketOffice(lambda: hall, lane, "kiosk-1")
    tickets: list[Ticket] = []
    for _ in range(2):
        office.issue(INTENT, tickets.append, unwanted)
    qtbot.waitUntil(lambda: len(tickets) == 2)
    assert tickets[0].id == tickets[1].id
    assert (tickets[0].priority, tickets[0].language) == ("senior", "en")
    assert len(hall.waiting()) == len(hall.print_jobs("kiosk-1")) == 1


def test_a_tap_goes_before_the_looks_that_wait(hall: Hall, lane: Lane, qtbot: QtBot) -> None:
    running, go_on = Event(), Event()
    done: list[str] = []

    def hold() -> None:
        running.set()
        go_on.wait(PATIENCE_S)

    lane.submit(hold, lambda _held: done.append("under way"))
    assert running.wait(PATIENCE_S)
    lane.submit(hall.snapshot, lambda _snapshot: done.append("look"))
    TicketOffice(lambda: hall, lane, None).issue(INTENT, lambda _ticket: done.append("ticket"), unwanted)
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 3, timeout=PATIENCE_MS)
    assert done == ["under way", "ticket", "look"]


def test_without_a_printer_no_paper_is_queued(hall: Hall, lane: Lane, qtbot: QtBot) -> None:
    tickets: list[Ticket] = []
    TicketOffice(lambda: hall, lane, None).issue(INTENT, tickets.append, unwanted)
    qtbot.waitUntil(lambda: len(tickets) == 1)
    assert hall.print_jobs() == ()


def test_a_refusal_comes_back_as_one(hall: Hall, lane: Lane, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    intent = Intent("tap-2", "nothing", "ordinary", None, Language.ZH)
    TicketOffice(lambda: hall, lane, None).issue(intent, unwanted, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Refused)
    assert errors[0].code is RefusalCode.UNKNOWN_SERVICE


def test_an_appointment_is_due_at_its_own_time(hall: Hall, lane: Lane, qtbot: QtBot) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=30)
    tickets: list[Ticket] = []
    intent = Intent("tap-3", "repair", "appointment", at, Language.ZH)
    TicketOffice(lambda: hall, lane, None).issue(intent, tickets.append, unwanted)
    qtbot.waitUntil(lambda: len(tickets) == 1)
    assert tickets[0].appointed_for == tickets[0].due_at == at
