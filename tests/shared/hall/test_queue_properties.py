"""Properties of the queue under any sequence of commands, over the public interface, on both engines.

The model is deliberately dull: for each ticket the state that the commands must have led to, and nothing of how the
hall gets there. Each example runs in a hall of its own, in one database.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterStatus
from shared.domain.dispatch import OvertakingReason
from shared.domain.plan import HallPlan
from shared.domain.ticket import ALLOWED, Command, Ticket, TicketState
from shared.hall import Hall, Refused, create_hall
from tools.testing.halls import small_plan

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PLAN = small_plan()
SERVICES = st.sampled_from([service.key for service in PLAN.services])
PRIORITIES = st.sampled_from([priority.key for priority in PLAN.priorities if priority.key != "appointment"])
COUNTERS = st.sampled_from([counter.number for counter in PLAN.counters])

AT_A_COUNTER = {
    Command.RECALL: TicketState.CALLED,
    Command.START: TicketState.SERVING,
    Command.FINISH: TicketState.FINISHED,
    Command.NO_SHOW: TicketState.NO_SHOW,
    Command.HOLD: TicketState.HELD,
}
WITH_A_TICKET = {
    Command.RESUME: TicketState.WAITING,
    Command.RETURN: TicketState.WAITING,
    Command.CANCEL: TicketState.CANCELLED,
    Command.HOLD: TicketState.HELD,
}
"""What each command leads to: the model's whole knowledge."""

_hall_numbers = itertools.count(1)


def widest_spread(plan: HallPlan) -> timedelta:
    """Return how much later a ticket can be issued than one it overtakes, by the rules of the plan."""
    by_service = {
        service.key: [
            service.target_wait - priority.head_start + counter.offers[service.key]
            for priority in plan.priorities
            for counter in plan.counters_offering(service.key)
        ]
        for service in plan.services
    }
    every = [span for spans in by_service.values() for span in spans]
    return max(every) - min(every)


class QueueMachine(RuleBasedStateMachine):
    """Commands in any order; `tickets` holds each ticket as the hall last told it, `expected` its state by model."""

    database_url: str

    @initialize()
    def open_hall(self) -> None:
        self.clock = ManualClock(MORNING)
        plan = replace(PLAN, id=f"hall-{next(_hall_numbers)}")
        self.hall: Hall = create_hall(self.database_url, plan, clock=self.clock)
        self.tickets: dict[str, Ticket] = {}
        self.expected: dict[str, TicketState] = {}
        self.paused: set[int] = set()
        self.requests = itertools.count(1)

    def teardown(self) -> None:
        if not hasattr(self, "hall"):
            return
        stored = {ticket_id: self.hall.ticket(ticket_id).state for ticket_id in self.tickets}
        assert stored == self.expected
        report = self.hall.verify()
        assert report.clean, report.differences
        assert report.tickets == len(self.tickets), "a ticket was lost or made up"
        self.hall.close()

    # -- commands -------------------------------------------------------------------------------------------------

    @rule(
        arrivals=st.lists(st.tuples(SERVICES, PRIORITIES), min_size=1, max_size=6), retries=st.integers(0, 2)
    )
    def customers_arrive(self, arrivals: list[tuple[str, str]], retries: int) -> None:
        for service, priority in arrivals:
            request_id = f"r{next(self.requests)}"
            ticket = self.hall.issue(service, priority, request_id)
            assert ticket.id not in self.tickets, "a number was given twice"
            self._learn(ticket, TicketState.WAITING)
            for _retry in range(retries):
                assert self.hall.issue(service, priority, request_id) == ticket

    @precondition(lambda self: self.tickets)
    @rule(counters=st.lists(COUNTERS, min_size=1, max_size=5), retry=st.booleans())
    def clerks_call(self, counters: list[int], retry: bool) -> None:
        for counter in counters:
            self._call_next(counter, retry)

    def _call_next(self, counter: int, retry: bool) -> None:
        request_id = f"r{next(self.requests)}"
        at_counter = self._at(counter)
        due_first = self._due_first(counter)
        if counter in self.paused:
            self._refused(lambda: self.hall.call_next(counter, request_id))
            return
        called = self.hall.call_next(counter, request_id)
        if at_counter is not None:
            self.expected[at_counter] = TicketState.FINISHED
        if called is None:
            assert due_first is None, f"{due_first} waits and was not called"
            return
        assert self.expected[called.id] is TicketState.WAITING, "a ticket was called that did not wait"
        assert called.id == due_first
        self._learn(called, TicketState.CALLED)
        self._check_overtaking(counter, called)
        if retry:
            assert self.hall.call_next(counter, request_id) == called

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), counter=COUNTERS, retry=st.booleans())
    def a_clerk_calls_a_chosen_ticket(self, data: st.DataObject, counter: int, retry: bool) -> None:
        chosen = self.tickets[data.draw(st.sampled_from(sorted(self.tickets)))]
        request_id = f"r{next(self.requests)}"
        offered = {ticket.id for ticket in self._waiting_for(counter)}
        if counter in self.paused or chosen.id not in offered:
            before = self.hall.snapshot().seq
            self._refused(lambda: self.hall.call_ticket(counter, chosen.id, request_id))
            assert self.hall.snapshot().seq == before
            return
        passed_over = [
            ticket for ticket in self._waiting_for(counter) if self._goes_first(counter, ticket, chosen)
        ]
        at_counter = self._at(counter)
        called = self.hall.call_ticket(counter, chosen.id, request_id)
        assert (called.id, called.counter) == (chosen.id, counter)
        if at_counter is not None:
            self.expected[at_counter] = TicketState.FINISHED
        self._learn(called, TicketState.CALLED)
        assert self.hall.called_before_its_turn(chosen.id) is bool(passed_over)
        for ticket in passed_over:
            reasons = {each.number: each.reason for each in self.hall.why_overtaken(ticket.id)}
            assert chosen.calls or reasons[chosen.number] is OvertakingReason.CHOSEN
        if retry:
            assert self.hall.call_ticket(counter, chosen.id, request_id) == called

    @precondition(lambda self: self._occupied())
    @rule(data=st.data(), command=st.sampled_from(sorted(AT_A_COUNTER)))
    def act_at_a_counter(self, data: st.DataObject, command: Command) -> None:
        counter = data.draw(st.sampled_from(self._occupied()))
        ticket_id = self._at(counter)
        assert ticket_id is not None
        if self.expected[ticket_id] not in ALLOWED[command]:
            self._refused(lambda: self._at_counter(command)(counter))
            return
        self._learn(self._at_counter(command)(counter), AT_A_COUNTER[command])

    @precondition(lambda self: self._occupied())
    @rule(data=st.data(), service=SERVICES, to_counter=st.none() | COUNTERS)
    def transfer(self, data: st.DataObject, service: str, to_counter: int | None) -> None:
        counter = data.draw(st.sampled_from(self._occupied()))
        before = self.tickets[str(self._at(counter))]
        closed = to_counter is not None and self._is_closed(to_counter)
        if closed or to_counter == counter or (to_counter is None and before.service == service):
            self._refused(lambda: self.hall.transfer(counter, service, to_counter))
            return
        after = self.hall.transfer(counter, service, to_counter)
        assert (after.issued_at, after.number) == (before.issued_at, before.number)
        assert (after.service, after.target_counter) == (service, to_counter)
        self._learn(after, TicketState.WAITING)

    @precondition(lambda self: self._set_aside())
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        ticket_id = data.draw(st.sampled_from(self._set_aside()))
        before = self.tickets[ticket_id]
        if self.expected[ticket_id] is TicketState.HELD:
            self._learn(self.hall.resume(ticket_id), TicketState.WAITING)
        elif before.returns:
            self._refused(lambda: self.hall.return_ticket(ticket_id))
        else:
            after = self.hall.return_ticket(ticket_id)
            self._learn(after, TicketState.WAITING)
            self._check_three_places_back(before, after)

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), command=st.sampled_from(sorted(WITH_A_TICKET)))
    def act_on_any_ticket(self, data: st.DataObject, command: Command) -> None:
        ticket_id = data.draw(st.sampled_from(sorted(self.tickets)))
        run = {
            Command.RESUME: self.hall.resume,
            Command.RETURN: self.hall.return_ticket,
            Command.CANCEL: self.hall.cancel,
            Command.HOLD: self.hall.hold_ticket,
        }[command]
        before = self.tickets[ticket_id]
        used_up = command is Command.RETURN and before.returns >= 1
        if self.expected[ticket_id] not in ALLOWED[command] or used_up or before.day != self._today():
            self._refused(lambda: run(ticket_id))
            return
        self._learn(run(ticket_id), WITH_A_TICKET[command])

    @rule(counter=COUNTERS, command=st.sampled_from([None, *sorted(AT_A_COUNTER)]))
    def act_and_undo(self, counter: int, command: Command | None) -> None:
        before = {ticket_id: self.hall.ticket(ticket_id) for ticket_id in self.tickets}
        at_counter = self._at(counter)
        try:
            called = self.hall.call_next(counter) if command is None else self._at_counter(command)(counter)
        except Refused:
            return
        if called is None and at_counter is None:
            return
        if command is Command.RECALL:
            self._learn(self.hall.ticket(str(at_counter)), TicketState.CALLED)
            self._refused(lambda: self.hall.undo(counter))
            return
        undone = self.hall.undo(counter)
        assert undone.tickets
        assert {ticket_id: self.hall.ticket(ticket_id) for ticket_id in self.tickets} == before
        self._refused(lambda: self.hall.undo(counter))

    @precondition(lambda self: TicketState.FINISHED in self.expected.values())
    @rule(counter=COUNTERS, level=st.integers(min_value=1, max_value=5))
    def a_customer_votes(self, counter: int, level: int) -> None:
        try:
            rated = self.hall.rate(counter, level)
        except Refused:
            return
        before = self.tickets[rated.id]
        assert self.expected[rated.id] is TicketState.FINISHED
        assert (before.rating, rated.rating, rated.counter) == (None, level, counter)
        self._learn(rated, TicketState.FINISHED)

    @precondition(lambda self: not self.paused and len(self.tickets) > 4)
    @rule(counter=COUNTERS)
    def pause(self, counter: int) -> None:
        assert self.hall.pause_counter(counter, "tea").status is CounterStatus.PAUSED
        self.paused.add(counter)

    @precondition(lambda self: self.paused)
    @rule()
    def open_counters(self) -> None:
        for counter in self.paused:
            assert self.hall.open_counter(counter).status is CounterStatus.OPEN
        self.paused.clear()

    @rule(seconds=st.integers(min_value=-400, max_value=400))
    def time_passes_or_the_clock_is_set_back(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @precondition(lambda self: len(self.tickets) > 12)
    @rule(service=SERVICES)
    def next_morning(self, service: str) -> None:
        """The first command of a day opens it: what was open has expired, numbers begin again."""
        self.clock.advance(timedelta(days=1))
        self.paused.clear()
        first = self.hall.issue(service)
        assert first.ordinal == 1
        for ticket_id in [key for key, state in self.expected.items() if state in ALLOWED[Command.EXPIRE]]:
            self.expected[ticket_id] = TicketState.EXPIRED
        assert first.id not in self.tickets
        self._learn(first, TicketState.WAITING)

    # -- what must always hold ------------------------------------------------------------------------------------

    @invariant()
    def the_snapshot_shows_who_waits_and_one_ticket_a_counter(self) -> None:
        if not hasattr(self, "hall"):
            return
        snapshot = self.hall.snapshot()
        waiting = {key for key, state in self.expected.items() if state is TicketState.WAITING}
        assert {ticket.id for ticket in snapshot.waiting} == waiting
        assert {line.plan.number: line.ticket and line.ticket.id for line in snapshot.counters} == {
            counter.number: self._at(counter.number) for counter in PLAN.counters
        }

    # -- the model ------------------------------------------------------------------------------------------------

    def _learn(self, ticket: Ticket, state: TicketState) -> None:
        assert ticket.state is state
        self.tickets[ticket.id] = ticket
        self.expected[ticket.id] = state

    def _today(self) -> date:
        return max(ticket.day for ticket in self.tickets.values())

    def _at(self, counter: int) -> str | None:
        here = [
            key
            for key, state in self.expected.items()
            if state in (TicketState.CALLED, TicketState.SERVING) and self.tickets[key].counter == counter
        ]
        assert len(here) <= 1
        return here[0] if here else None

    def _waiting_for(self, counter: int) -> list[Ticket]:
        offers = PLAN.counter(counter).offers
        waiting = [self.tickets[key] for key, state in self.expected.items() if state is TicketState.WAITING]
        return [
            ticket
            for ticket in waiting
            if ticket.target_counter == counter
            or (ticket.target_counter is None and ticket.service in offers)
        ]

    def _due_first(self, counter: int) -> str | None:
        ranked = sorted(
            self._waiting_for(counter), key=lambda ticket: (*self._rank(counter, ticket), ticket.id)
        )
        return ranked[0].id if ranked else None

    def _rank(self, counter: int, ticket: Ticket) -> tuple[datetime, int]:
        offers = PLAN.counter(counter).offers
        return ticket.due_at + offers.get(ticket.service, timedelta()), ticket.rank_seq

    def _goes_first(self, counter: int, ticket: Ticket, other: Ticket) -> bool:
        return self._rank(counter, ticket) < self._rank(counter, other)

    def _check_overtaking(self, counter: int, called: Ticket) -> None:
        if called.returns:
            return
        for left in self._waiting_for(counter):
            if not left.returns:
                assert called.issued_at - left.issued_at <= widest_spread(PLAN)

    def _check_three_places_back(self, before: Ticket, after: Ticket) -> None:
        rivals = PLAN.rivals(after.service)
        ahead = [
            ticket
            for key, ticket in self.tickets.items()
            if self.expected[key] is TicketState.WAITING
            and key != after.id
            and ticket.service in rivals
            and (ticket.due_at, ticket.rank_seq) < (after.due_at, after.rank_seq)
        ]
        others = sum(
            1
            for key, state in self.expected.items()
            if state is TicketState.WAITING and key != after.id and self.tickets[key].service in rivals
        )
        assert len(ahead) >= min(3, others)
        assert after.due_at >= before.due_at

    def _is_closed(self, counter: int) -> bool:
        return self.hall.snapshot().counter(counter).state.status is CounterStatus.CLOSED

    def _occupied(self) -> list[int]:
        return [counter.number for counter in PLAN.counters if self._at(counter.number) is not None]

    def _set_aside(self) -> list[str]:
        aside = (TicketState.HELD, TicketState.NO_SHOW)
        return [
            key
            for key, state in self.expected.items()
            if state in aside and self.tickets[key].day == self._today()
        ]

    def _at_counter(self, command: Command) -> Callable[[int], Ticket]:
        return {
            Command.RECALL: self.hall.recall,
            Command.START: self.hall.start,
            Command.FINISH: self.hall.finish,
            Command.NO_SHOW: self.hall.no_show,
            Command.HOLD: self.hall.hold,
        }[command]

    def _refused(self, attempt: Callable[[], object]) -> None:
        try:
            attempt()
        except Refused:
            return
        raise AssertionError("the rules should have refused this")


def test_any_sequence_of_commands_keeps_the_queue_true(database_url: str) -> None:
    machine = type("Machine", (QueueMachine,), {"database_url": database_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
