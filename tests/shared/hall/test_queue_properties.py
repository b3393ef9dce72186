"""Properties of the queue under any sequence of commands, over the public interface, on both engines.

The model is deliberately dull: for each ticket the state that the commands must have led to, and nothing of how the
hall gets there. Each example runs in a hall of its own, in one database.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from shared.domain.clock import ManualClock
from shared.domain.counter import CounterStatus
from shared.domain.plan import HallPlan
from shared.domain.ticket import ALLOWED, Command, Ticket, TicketState
from shared.hall import Hall, Refused, create_hall
from tools.testing.halls import small_plan

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PLAN = small_plan()
SERVICES = st.sampled_from([service.key for service in PLAN.services])
PRIORITIES = st.sampled_from([priority.key for priority in PLAN.priorities if priority.key != "appointment"])
COUNTERS = st.sampled_from([counter.number for counter in PLAN.counters])
STEPS = st.integers(min_value=0, max_value=400)

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
    """Commands in any order; `tickets` holds each ticket as the hall last told it, `expected` its state by the model."""

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
        report = self.hall.verify()
        assert report.clean, report.differences
        assert report.tickets == len(self.tickets), "a ticket was lost or made up"
        self.hall.close()

    # -- commands -------------------------------------------------------------------------------------------------

    @rule(service=SERVICES, priority=PRIORITIES, retries=st.integers(0, 2))
    def issue(self, service: str, priority: str, retries: int) -> None:
        request_id = f"r{next(self.requests)}"
        ticket = self.hall.issue(service, priority, request_id)
        assert ticket.id not in self.tickets, "a number was given twice"
        self._learn(ticket, TicketState.WAITING)
        for _retry in range(retries):
            assert self.hall.issue(service, priority, request_id) == ticket

    @rule(counter=COUNTERS, retry=st.booleans())
    def call_next(self, counter: int, retry: bool) -> None:
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

    @rule(counter=COUNTERS)
    def recall(self, counter: int) -> None:
        self._at_counter(Command.RECALL, counter, self.hall.recall, TicketState.CALLED)

    @rule(counter=COUNTERS)
    def start(self, counter: int) -> None:
        self._at_counter(Command.START, counter, self.hall.start, TicketState.SERVING)

    @rule(counter=COUNTERS)
    def finish(self, counter: int) -> None:
        self._at_counter(Command.FINISH, counter, self.hall.finish, TicketState.FINISHED)

    @rule(counter=COUNTERS)
    def no_show(self, counter: int) -> None:
        self._at_counter(Command.NO_SHOW, counter, self.hall.no_show, TicketState.NO_SHOW)

    @rule(counter=COUNTERS)
    def hold(self, counter: int) -> None:
        self._at_counter(Command.HOLD, counter, self.hall.hold, TicketState.HELD)

    @rule(counter=COUNTERS, service=SERVICES, to_counter=st.none() | COUNTERS)
    def transfer(self, counter: int, service: str, to_counter: int | None) -> None:
        ticket_id = self._at(counter)
        before = None if ticket_id is None else self.tickets[ticket_id]
        nowhere = to_counter == counter or (to_counter is None and before is not None and before.service == service)
        if before is None or nowhere:
            self._refused(lambda: self.hall.transfer(counter, service, to_counter))
            return
        after = self.hall.transfer(counter, service, to_counter)
        assert (after.issued_at, after.number) == (before.issued_at, before.number)
        assert (after.service, after.target_counter) == (service, to_counter)
        self._learn(after, TicketState.WAITING)

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), command=st.sampled_from([Command.RESUME, Command.RETURN, Command.CANCEL, Command.HOLD]))
    def with_a_ticket(self, data: st.DataObject, command: Command) -> None:
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
        after = run(ticket_id)
        goal = {Command.CANCEL: TicketState.CANCELLED, Command.HOLD: TicketState.HELD}
        self._learn(after, goal.get(command, TicketState.WAITING))
        if command is Command.RETURN:
            self._check_three_places_back(before, after)

    @rule(counter=COUNTERS, command=st.sampled_from(["next", "start", "finish", "no_show", "hold"]))
    def act_and_undo(self, counter: int, command: str) -> None:
        before = {ticket.id: ticket for ticket in map(self.hall.ticket, self.tickets)}
        run = {
            "next": self.hall.call_next,
            "start": self.hall.start,
            "finish": self.hall.finish,
            "no_show": self.hall.no_show,
            "hold": self.hall.hold,
        }[command]
        try:
            done = run(counter)
        except Refused:
            return
        if done is None and self._at(counter) is None:
            return
        undone = self.hall.undo(counter)
        for ticket in undone.tickets:
            assert ticket == before[ticket.id], "undo did not bring the ticket back as it was"
        assert {ticket.id: ticket for ticket in map(self.hall.ticket, self.tickets)} == before

    @rule(counter=COUNTERS)
    def pause(self, counter: int) -> None:
        assert self.hall.pause_counter(counter, "tea").status is CounterStatus.PAUSED
        self.paused.add(counter)

    @rule(counter=COUNTERS)
    def open_counter(self, counter: int) -> None:
        assert self.hall.open_counter(counter).status is CounterStatus.OPEN
        self.paused.discard(counter)

    @rule(seconds=STEPS)
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule(seconds=STEPS)
    def clock_is_set_back(self, seconds: int) -> None:
        self.clock.advance(-timedelta(seconds=seconds))

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
    def every_ticket_is_where_the_model_says(self) -> None:
        if not hasattr(self, "hall"):
            return
        stored = {ticket_id: self.hall.ticket(ticket_id) for ticket_id in self.tickets}
        assert {key: ticket.state for key, ticket in stored.items()} == self.expected
        self.tickets = stored

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

    def _today(self) -> object:
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
            if ticket.target_counter == counter or (ticket.target_counter is None and ticket.service in offers)
        ]

    def _due_first(self, counter: int) -> str | None:
        offers = PLAN.counter(counter).offers
        ranked = sorted(
            (ticket.due_at + offers.get(ticket.service, timedelta()), ticket.rank_seq, ticket.id)
            for ticket in self._waiting_for(counter)
        )
        return ranked[0][2] if ranked else None

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

    def _at_counter(self, command: Command, counter: int, run: object, after: TicketState) -> None:
        ticket_id = self._at(counter)
        if ticket_id is None or self.expected[ticket_id] not in ALLOWED[command]:
            self._refused(lambda: run(counter))  # type: ignore[operator]
            return
        self._learn(run(counter), after)  # type: ignore[operator]

    def _refused(self, attempt: object) -> None:
        try:
            attempt()  # type: ignore[operator]
        except Refused:
            return
        raise AssertionError("the rules should have refused this")


def test_any_sequence_of_commands_keeps_the_queue_true(database_url: str) -> None:
    machine = type("Machine", (QueueMachine,), {"database_url": database_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
