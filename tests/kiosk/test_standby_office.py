"""A customer gets one number whatever the store does: in time from it, or kept on the machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.standby_office import StandbyOffice
from kiosk.visit import Intent
from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.hall import Hall, TicketState, create_hall
from shared.hall.standby.keeper import Keeper
from shared.words import Language
from tools.testing.halls import small_plan
from tools.testing.kiosks import FakeTickets
from tools.testing.terminals import HandWorker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from shared.domain.ticket import Ticket

INTENT = Intent("tap-1", "payment", "ordinary", None, Language.ZH)
AWAY = StoreUnavailable("unreachable", "cut off")


class Store(FakeTickets):
    """The store's office: a real hall that answers when it is told to, or with an error."""

    def __init__(self, hall: Hall) -> None:
        super().__init__()
        self._hall = hall

    def answer(self) -> Ticket:
        """Carry out the oldest request and answer it."""
        intent = self.intents.pop(0)
        ticket = self._hall.issue(intent.service, intent.priority, intent.request_id)
        self.waiting.pop(0)[0](ticket)
        return ticket


class Customer:
    """Who stands at the kiosk: exactly one answer comes for each tap."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.errors: list[Exception] = []

    def tap(self, office: StandbyOffice, request_id: str = "tap-1") -> None:
        office.issue(
            replace(INTENT, request_id=request_id),
            lambda ticket: self.numbers.append(ticket.number),
            self.errors.append,
        )


@pytest.fixture
def hall(sqlite_url: str, clock: ManualClock) -> Iterator[Hall]:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        yield hall


@pytest.fixture
def keeper(hall: Hall, clock: ManualClock, tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "standby" / "kiosk-1.db", "kiosk-1", clock)
    keeper.prepare(hall)
    yield keeper
    keeper.close()


@pytest.fixture
def store(hall: Hall) -> Store:
    return Store(hall)


@pytest.fixture
def office(qtbot: QtBot, store: Store, keeper: Keeper) -> Iterator[StandbyOffice]:
    office = StandbyOffice(store, keeper, HandWorker(), None, patience_ms=30)  # type: ignore[arg-type]
    yield office
    office.stop()


@pytest.fixture
def customer() -> Customer:
    return Customer()


def test_a_store_that_answers_in_time_gives_the_number(
    office: StandbyOffice, store: Store, customer: Customer, keeper: Keeper
) -> None:
    customer.tap(office)
    store.answer()
    assert customer.numbers == ["B001"]
    assert not keeper.pending()


def test_a_store_that_is_gone_leaves_it_to_the_machine(
    office: StandbyOffice, store: Store, customer: Customer
) -> None:
    customer.tap(office)
    store.fail(AWAY)
    customer.tap(office, "tap-2")
    assert customer.numbers == ["BX001", "BX002"]
    assert len(store.intents) == 1, "a store that is known to be gone was asked again"


def test_a_store_that_hangs_is_not_waited_for(
    office: StandbyOffice, store: Store, customer: Customer, hall: Hall, keeper: Keeper, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(office.kept):
        customer.tap(office)
    customer.tap(office, "tap-2")
    late = store.answer()
    assert customer.numbers == ["BX001", "BX002"], "a late answer gave the customer a second number"
    keeper.deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", "BX002"]
    assert hall.ticket(late.id).state is TicketState.CANCELLED
    customer.tap(office, "tap-3")
    store.answer()
    assert customer.numbers[-1] == "B002"


def test_a_store_that_is_back_is_asked_again(office: StandbyOffice, store: Store, customer: Customer) -> None:
    office.lose_store()
    customer.tap(office)
    office.find_store()
    customer.tap(office, "tap-2")
    store.answer()
    assert customer.numbers == ["BX001", "B001"]


def test_what_the_rules_refuse_is_not_kept(
    office: StandbyOffice, store: Store, customer: Customer, keeper: Keeper
) -> None:
    customer.tap(office)
    refused = Refused(RefusalCode.UNKNOWN_SERVICE, "no such service")
    store.fail(refused)
    assert customer.errors == [refused]
    assert not keeper.pending()


@pytest.mark.parametrize("cause", ["clock", "newer_schema", "no_schema"])
def test_a_machine_that_is_wrong_itself_keeps_nothing(
    office: StandbyOffice, store: Store, customer: Customer, keeper: Keeper, cause: str
) -> None:
    customer.tap(office)
    store.fail(StoreUnavailable(cause, "not now"))
    assert [type(error) for error in customer.errors] == [StoreUnavailable]
    assert not keeper.pending()


@pytest.fixture
def unprepared(qtbot: QtBot, store: Store, clock: ManualClock, tmp_path: Path) -> Iterator[StandbyOffice]:
    """The office of a machine that has never seen its hall."""
    keeper = Keeper(tmp_path / "never" / "kiosk-1.db", "kiosk-1", clock)
    office = StandbyOffice(store, keeper, HandWorker(), None, patience_ms=30)  # type: ignore[arg-type]
    yield office
    office.stop()
    keeper.close()


def test_a_machine_that_can_keep_nothing_waits_for_the_store(
    unprepared: StandbyOffice, store: Store, customer: Customer, qtbot: QtBot
) -> None:
    customer.tap(unprepared)
    qtbot.waitUntil(lambda: not unprepared._patience.isActive())
    store.answer()
    assert (customer.numbers, customer.errors) == (["B001"], [])


def test_a_machine_that_can_keep_nothing_says_so(
    unprepared: StandbyOffice, store: Store, customer: Customer
) -> None:
    customer.tap(unprepared)
    store.fail(AWAY)
    assert (customer.numbers, customer.errors) == ([], [AWAY])


def test_a_machine_that_can_keep_nothing_asks_a_store_that_may_be_back(
    unprepared: StandbyOffice, store: Store, customer: Customer
) -> None:
    unprepared.lose_store()
    customer.tap(unprepared)
    store.answer()
    assert customer.numbers == ["B001"]


def test_a_retry_brings_back_what_is_kept_already(
    office: StandbyOffice, store: Store, customer: Customer, keeper: Keeper
) -> None:
    customer.tap(office)
    store.fail(StoreUnavailable("clock", "not now"))
    keeper.issue("payment", "ordinary", "tap-1")
    customer.tap(office)
    assert customer.numbers == ["BX001"]
    assert len(store.intents) == 1


def test_a_ticket_is_being_kept_until_it_is_on_the_disk(
    office: StandbyOffice, store: Store, customer: Customer
) -> None:
    lane: Any = office._lane
    lane.held = True
    customer.tap(office)
    assert not office.keeping
    store.fail(AWAY)
    assert office.keeping
    lane.let_go()
    assert not office.keeping
    assert customer.numbers == ["BX001"]
