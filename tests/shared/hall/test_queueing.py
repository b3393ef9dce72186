from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterStatus
from shared.domain.errors import RefusalCode, Refused
from shared.domain.quote import quote_of
from shared.hall import Hall, Ticket, TicketState
from shared.store import tables
from shared.store.engine import make_engine, writing

MINUTE = timedelta(minutes=1)


def call(hall: Hall, counter: int = 1) -> Ticket:
    ticket = hall.call_next(counter)
    assert ticket is not None
    return ticket


def refusal_of(command: Callable[[], object]) -> RefusalCode:
    with pytest.raises(Refused) as refusal:
        command()
    return refusal.value.code


def test_the_way_of_a_ticket(hall: Hall, clock: ManualClock) -> None:
    issued_at = clock.now()
    issued = hall.issue("payment", language="en")
    called_at = clock.advance(MINUTE)
    assert call(hall).id == issued.id
    started_at = clock.advance(MINUTE)
    hall.start(1)
    finished_at = clock.advance(MINUTE)
    ticket = hall.finish(1)
    assert (issued.number, issued.state, issued.language) == ("B001", TicketState.WAITING, "en")
    assert (ticket.state, ticket.counter, ticket.calls) == (TicketState.FINISHED, 1, 1)
    moments = (ticket.issued_at, ticket.called_at, ticket.started_at, ticket.finished_at)
    assert moments == (issued_at, called_at, started_at, finished_at)
    assert hall.ticket(ticket.id) == ticket
    assert hall.verify().clean


def test_a_thousandth_ticket_has_four_digits(hall: Hall, database_url: str) -> None:
    hall.issue("enquiry")
    engine = make_engine(database_url)
    with writing(engine) as connection:
        connection.execute(update(tables.series).values(last_ordinal=998))
    engine.dispose()
    assert [hall.issue("enquiry").number for _ in range(3)] == ["A999", "A1000", "A1001"]
    assert [call(hall).number for _ in range(4)] == ["A001", "A999", "A1000", "A1001"]


def test_each_prefix_counts_for_itself(hall: Hall) -> None:
    services = ["payment", "enquiry", "payment", "broadband"]
    assert [hall.issue(service).number for service in services] == ["B001", "A001", "B002", "C001"]


def test_next_ends_the_service_and_calls_who_is_due_first(hall: Hall, clock: ManualClock) -> None:
    first = hall.issue("payment")
    clock.advance(MINUTE)
    hall.issue("payment")
    assert call(hall).number == "B001"
    hall.issue("payment", "senior")
    assert call(hall).number == "B003"
    assert hall.ticket(first.id).state is TicketState.FINISHED
    assert hall.ticket(first.id).started_at == hall.ticket(first.id).called_at


def test_next_without_anybody_ends_the_service_all_the_same(hall: Hall) -> None:
    hall.issue("payment")
    called = call(hall)
    assert hall.call_next(1) is None
    assert hall.ticket(called.id).state is TicketState.FINISHED
    seq = hall.snapshot().seq
    assert hall.call_next(1) is None
    assert hall.snapshot().seq == seq


def test_the_first_call_opens_the_counter(hall: Hall) -> None:
    hall.issue("payment")
    assert hall.snapshot().counter(1).state.status is CounterStatus.CLOSED
    call(hall)
    assert hall.snapshot().counter(1).state.status is CounterStatus.OPEN


def test_a_paused_counter_serves_on_but_does_not_call(hall: Hall) -> None:
    hall.issue("payment")
    hall.issue("payment")
    call(hall)
    hall.pause_counter(1, "lunch")
    hall.start(1)
    hall.finish(1)
    assert refusal_of(lambda: hall.call_next(1)) is RefusalCode.COUNTER_PAUSED
    hall.open_counter(1)
    assert call(hall).number == "B002"


@pytest.mark.parametrize("command", ["recall", "start", "finish", "no_show", "hold"])
def test_a_free_counter_has_nothing_to_do_it_with(hall: Hall, command: str) -> None:
    assert refusal_of(lambda: getattr(hall, command)(1)) is RefusalCode.COUNTER_FREE
    for unknown in (9, 99_999_999_999):
        assert refusal_of(partial(getattr(hall, command), unknown)) is RefusalCode.UNKNOWN_COUNTER


@pytest.mark.parametrize("command", ["recall", "start", "no_show"])
def test_what_serving_forbids(hall: Hall, command: str) -> None:
    hall.issue("payment")
    call(hall)
    hall.start(1)
    assert refusal_of(lambda: getattr(hall, command)(1)) is RefusalCode.WRONG_STATE


@pytest.mark.parametrize("command", ["call_next", "recall", "start", "finish", "no_show", "hold"])
def test_a_terminal_that_has_not_seen_the_last_call_is_refused(hall: Hall, command: str) -> None:
    hall.issue("payment")
    hall.issue("payment")
    ticket = call(hall)
    seq = hall.snapshot().seq
    for believed in (None, "20261123-B002"):
        refused = refusal_of(lambda: getattr(hall, command)(1, holding=believed))  # noqa: B023 – called at once
        assert refused is RefusalCode.STALE_VIEW
    assert hall.snapshot().seq == seq
    getattr(hall, command)(1, holding=ticket.id)
    assert hall.snapshot().seq > seq


def test_a_no_show_comes_back_behind_three_and_only_once(hall: Hall, clock: ManualClock) -> None:
    for _ in range(5):
        hall.issue("payment")
        clock.advance(MINUTE)
    missed = call(hall)
    hall.no_show(1)
    back = hall.return_ticket(missed.id)
    assert (back.state, back.returns, back.counter, back.called_at) == (TicketState.WAITING, 1, None, None)
    assert [ticket.number for ticket in hall.waiting()] == ["B002", "B003", "B004", "B001", "B005"]
    assert [call(hall).number for _ in range(4)] == ["B002", "B003", "B004", "B001"]
    hall.no_show(1)
    assert refusal_of(lambda: hall.return_ticket(missed.id)) is RefusalCode.ALREADY_RETURNED
    assert hall.snapshot().no_shows == ()


def test_hold_and_resume_keep_the_place(hall: Hall) -> None:
    first, _second = hall.issue("payment"), hall.issue("payment")
    call(hall)
    held = hall.hold(1)
    assert (held.state, held.counter) == (TicketState.HELD, None)
    assert hall.snapshot().held == (held,)
    hall.resume(first.id)
    assert [ticket.number for ticket in hall.waiting()] == ["B001", "B002"]


def test_a_waiting_ticket_can_be_held_and_cancelled(hall: Hall) -> None:
    ticket = hall.issue("payment")
    hall.hold_ticket(ticket.id)
    assert hall.call_next(1) is None
    assert hall.cancel(ticket.id).state is TicketState.CANCELLED
    assert refusal_of(lambda: hall.resume(ticket.id)) is RefusalCode.WRONG_STATE


def test_a_transfer_to_a_service_keeps_the_first_issue_time(hall: Hall, clock: ManualClock) -> None:
    issued = hall.issue("payment")
    clock.advance(5 * MINUTE)
    hall.issue("broadband")
    call(hall, 1)
    moved = hall.transfer(1, "broadband")
    assert (moved.service, moved.number, moved.issued_at) == ("broadband", "B001", issued.issued_at)
    assert moved.due_at == issued.issued_at + 20 * MINUTE
    assert call(hall, 3).number == "B001"


def test_a_transfer_to_a_counter_is_taken_there_alone(hall: Hall) -> None:
    hall.issue("payment")
    call(hall, 1)
    hall.open_counter(3)
    hall.transfer(1, to_counter=3)
    assert hall.call_next(1) is None
    assert hall.call_next(2) is None
    assert call(hall, 3).number == "B001"


@pytest.mark.parametrize(
    ("service", "to_counter", "code"),
    [
        (None, None, RefusalCode.TRANSFER_NOWHERE),
        ("payment", None, RefusalCode.TRANSFER_NOWHERE),
        (None, 1, RefusalCode.TRANSFER_NOWHERE),
        ("haircut", None, RefusalCode.UNKNOWN_SERVICE),
        (None, 9, RefusalCode.UNKNOWN_COUNTER),
    ],
)
def test_transfers_that_go_nowhere(
    hall: Hall, service: str | None, to_counter: int | None, code: RefusalCode
) -> None:
    hall.issue("payment")
    ticket = call(hall)
    assert refusal_of(lambda: hall.transfer(1, service, to_counter)) is code
    assert hall.ticket(ticket.id) == ticket


@pytest.mark.parametrize("command", ["hold_ticket", "resume", "cancel", "return_ticket"])
def test_tickets_and_counters_that_are_not_there(hall: Hall, command: str) -> None:
    ticket = hall.issue("payment")
    for unknown in ("20261123-Z001", "20261122-B001", "nonsense"):
        refused = refusal_of(lambda: getattr(hall, command)(unknown))  # noqa: B023 – called at once
        assert refused is RefusalCode.UNKNOWN_TICKET
    refused = refusal_of(lambda: getattr(hall, command)(ticket.id, counter=9))
    assert refused is RefusalCode.UNKNOWN_COUNTER


def test_the_quote_is_stored_with_the_ticket(hall: Hall, clock: ManualClock) -> None:
    hall.open_counter(1)
    for _customer in range(30):
        hall.issue("payment")
        clock.advance(4 * MINUTE)
        call(hall)
    hall.issue("payment")
    promised = next(line.quote for line in hall.snapshot().services if line.service.key == "payment")
    ticket = hall.issue("payment")
    assert promised.people_ahead == 1
    assert promised.low_minutes is not None
    assert quote_of(ticket) == quote_of(hall.ticket(ticket.id)) == promised
    assert hall.verify().clean


def test_an_appointment_is_called_by_its_own_time(hall: Hall, clock: ManualClock) -> None:
    at = clock.now() + 10 * MINUTE
    hall.issue("payment")
    booked = hall.issue("payment", "appointment", appointed_for=at)
    assert (booked.due_at, booked.appointed_for) == (at, at)
    assert call(hall).number == "B002"
