"""A hall: everything that can be done in it and told about it, one method a use case.

Every change is one short transaction of its own. A `request_id` makes a command idempotent: a retry, or a double tap,
returns the first result and changes nothing. Methods may be called from any thread, but block while the store works.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial, reduce
from typing import Self

from sqlalchemy import Connection, Engine

from shared.domain.clock import Clock
from shared.domain.counter import CounterState, CounterStatus
from shared.domain.dispatch import Overtaking, overtakings, was_chosen
from shared.domain.errors import RefusalCode, Refused
from shared.domain.event import Event, EventKind
from shared.domain.evolve import evolve_counter
from shared.domain.figures import CounterFigures, counter_figures
from shared.domain.limits import LONGEST_DEVICE_NAME, LONGEST_REASON, require_short
from shared.domain.plan import ORDINARY, HallPlan
from shared.domain.quote import WaitPredictor
from shared.domain.rating import Satisfaction, satisfaction
from shared.domain.replay import VerifyReport
from shared.domain.snapshot import HallSnapshot
from shared.domain.ticket import OPEN, Command, Ticket, TicketState, split_ticket_id
from shared.domain.waits.quote_score import QuoteScore
from shared.hall import counters, queueing, ratings
from shared.hall.board import Board, board_of
from shared.hall.clerks import Clerk, add_clerk, check_pin, list_clerks
from shared.hall.command_runner import Foresee, LogPlace, Work, nothing_foreseen
from shared.hall.forecasts import HallForecasts
from shared.hall.fresh_quotes import FreshQuotes
from shared.hall.machines import HallMachines
from shared.hall.queueing import ANY, AnyTicket, Undone
from shared.hall.standby.desk import StandbyDesk
from shared.hall.wait_school import Lesson, learn_waits, lesson_due
from shared.store import audit, print_jobs
from shared.store.changes import ChangeListener, change_listener
from shared.store.day_picture import read_picture
from shared.store.day_reader import DayReader
from shared.store.day_transaction import DayTransaction, NothingToDo
from shared.store.days import latest_open_day
from shared.store.engine import reading
from shared.store.learned_waits import latest_score
from shared.store.read_models import read_snapshot, read_waiting
from shared.store.series import busiest_days


class Hall(HallMachines):
    """One hall of one database. Made by `shared.hall.open_hall`; close it when done, or use it as a context manager."""

    def __init__(
        self, engine: Engine, hall_id: str, clock: Clock, predictor: WaitPredictor | None = None
    ) -> None:
        super().__init__(engine, hall_id, clock)
        self._predictor = predictor or HallForecasts(engine, self._runner)
        self._quotes = FreshQuotes(engine, self._runner, clock, self._predictor)
        self._day_shown: date | None = None

    def close(self) -> None:
        """Give the database connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # -- the hall itself ------------------------------------------------------------------------------------------

    @property
    def plan(self) -> HallPlan:
        """The hall's current plan."""
        return self._runner.current_plan()[1]

    @property
    def plan_version(self) -> int:
        """The version of the hall's current plan, from 1."""
        return self._runner.current_plan()[0]

    def snapshot(self) -> HallSnapshot:
        """One frozen picture of the hall now."""
        self._quotes.catch_up()
        now = self.clock.now()
        with reading(self._engine) as connection:
            picture = read_picture(connection, self.hall_id, self._day_shown, self._runner.day_after)
            self._quotes.note(picture, DayReader(connection, self.hall_id, picture.day), now)
        self._day_shown = picture.day
        return read_snapshot(picture, self._runner.plan(picture.plan_version), self._predictor, now)

    def board(self) -> Board:
        """What the lobby shows, as plain values that go straight into JSON."""
        return board_of(self.snapshot())

    def waiting(self) -> tuple[Ticket, ...]:
        """The waiting tickets in the hall's own order: due first."""
        with reading(self._engine) as connection:
            return read_waiting(connection, self.hall_id, self._runner.today(connection))

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket as it is now.

        Raises:
            Refused: `unknown_ticket`.
        """
        day, number = split_ticket_id(ticket_id)
        with reading(self._engine) as connection:
            return self._find(connection, day, number)

    def tickets(self, day: date | None = None) -> tuple[Ticket, ...]:
        """All tickets of a business day (of the current one without a day) in the order of their issue.

        The cost is that of the whole day: for reports, not for screens.
        """
        with reading(self._engine) as connection:
            return audit.day_tickets(connection, self.hall_id, day or self._runner.today(connection))

    def business_day(self) -> date:
        """The business day that a command now would belong to."""
        with reading(self._engine) as connection:
            return self._runner.today(connection)

    def opened_day(self) -> date | None:
        """The latest business day that is open, whatever the clock says; None in a hall that has never worked."""
        with reading(self._engine) as connection:
            return latest_open_day(connection, self.hall_id)

    def learn_waits(self) -> Lesson | None:
        """Learn for today's quotes from the past days, unless it is done or there is nothing to learn from.

        Takes seconds of processor time: for a process or thread of its own. None when there was nothing to do.
        """
        return learn_waits(self._engine, self._runner)

    def quote_score(self) -> QuoteScore | None:
        """How good last week's quotes were, as of the latest lesson; None before the first."""
        found = latest_score(self._engine, self.hall_id)
        return None if found is None else QuoteScore.from_json(found)

    def waits_are_due(self) -> bool:
        """Whether `learn_waits` would learn now; a quick look."""
        return lesson_due(self._engine, self._runner) is not None

    def verify(self, latest_days: int | None = None) -> VerifyReport:
        """Replay the hall's log against its tables: all of it, or its latest days."""
        return audit.verify(self._engine, self.hall_id, latest_days)

    def go_on_above_lost_numbers(self) -> dict[str, str]:
        """Pass over the numbers that may have been given today without this store's knowledge: it was restored.

        The first command of a day that the store does not know opens it. Returns the next number by service.
        """
        busiest = busiest_days(self._engine, self.hall_id)

        def work(tx: DayTransaction, plan: HallPlan) -> dict[str, str]:
            return queueing.go_on_above_lost_numbers(tx, plan, busiest)

        return self._runner.run("go on above lost numbers", None, work, lambda _events, _tickets: {})

    @property
    def standby(self) -> StandbyDesk:
        """Where machines lease series of their own, and deliver what they kept while the store was out of reach."""
        return StandbyDesk(self._runner)

    @property
    def answered_at(self) -> LogPlace | None:
        """Where the last command that this thread gave ended in the log; None when it changed nothing, or failed."""
        return self._runner.answered_at

    def change_listener(self) -> ChangeListener:
        """A listener that hears of changes in this hall. It belongs to the thread that waits on it."""
        return change_listener(self._engine, self.hall_id)

    # -- tickets --------------------------------------------------------------------------------------------------

    def issue(
        self,
        service: str,
        priority: str = ORDINARY,
        request_id: str | None = None,
        *,
        appointed_for: datetime | None = None,
        print_at: str | None = None,
        language: str = "zh",
    ) -> Ticket:
        """Issue a ticket for a service; `print_at` also queues a paper on that printer, in the same transaction.

        Raises:
            Refused: `unknown_service`, `unknown_priority`, `appointment_time`, `request_reused`.
            StoreUnavailable: try again with the same `request_id`.
        """
        require_short("printer's name", print_at, LONGEST_DEVICE_NAME)
        self._quotes.refresh()

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            ticket = queueing.issue(tx, plan, self._predictor, service, priority, appointed_for, language)
            if print_at is not None:
                print_jobs.queue_first_print(tx, ticket.number, print_at)
            return ticket

        foresee = partial(
            queueing.foresee_issue, service=service, priority=priority, appointed_for=appointed_for
        )
        return self._about_ticket(f"issue {service} {priority}", request_id, work, foresee)

    def call_next(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket | None:
        """End the service at a counter and call the next ticket to it; None when nobody waits.

        `holding` is the id of the ticket that the caller believes to be at the counter (None: nobody).

        Raises:
            Refused: `counter_paused`, `stale_view`, `unknown_counter`, `request_reused`.
        """

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket | None:
            return queueing.call_next(tx, plan, int(counter), holding)

        def again(events: tuple[Event, ...], tickets: dict[str, Ticket]) -> Ticket | None:
            last = events[-1]
            return tickets[last.ticket] if last.kind is EventKind.CALLED and last.ticket else None

        foresee = partial(queueing.foresee_call, counter=int(counter))
        try:
            return self._runner.run(f"call {counter}", request_id, work, again, foresee)
        except NothingToDo:
            return None

    def call_ticket(
        self,
        counter: int,
        ticket_id: str,
        request_id: str | None = None,
        *,
        holding: str | AnyTicket | None = ANY,
    ) -> Ticket:
        """End the service at a counter and call this waiting ticket to it, before its turn if need be.

        The log says that it was chosen, so that `why_overtaken` can tell those who were due first.

        Raises:
            Refused: `wrong_state` (it does not wait), `not_offered` (the counter may not take it), `unknown_ticket`,
                `counter_paused`, `stale_view`, `unknown_counter`, `request_reused`.
        """
        number = split_ticket_id(ticket_id)[1]

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            _require_same_day(tx, ticket_id)
            return queueing.call_ticket(tx, plan, int(counter), number, holding)

        foresee = partial(queueing.foresee_call, counter=int(counter), number=number)
        return self._about_ticket(f"call {counter} {ticket_id}", request_id, work, foresee)

    def recall(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket:
        """Call the ticket at a counter once more."""
        return self._at_counter(Command.RECALL, EventKind.RECALLED, counter, request_id, holding)

    def start(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket:
        """Begin the service of the ticket called to a counter."""
        return self._at_counter(Command.START, EventKind.STARTED, counter, request_id, holding)

    def finish(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket:
        """End the service at a counter; one that was never started counts from its call."""
        return self._at_counter(Command.FINISH, EventKind.FINISHED, counter, request_id, holding)

    def no_show(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket:
        """Note that the customer called to a counter did not come."""
        return self._at_counter(Command.NO_SHOW, EventKind.NO_SHOW, counter, request_id, holding)

    def hold(
        self, counter: int, request_id: str | None = None, *, holding: str | AnyTicket | None = ANY
    ) -> Ticket:
        """Put the ticket at a counter aside, until it is resumed."""
        return self._at_counter(Command.HOLD, EventKind.HELD, counter, request_id, holding)

    def hold_ticket(
        self, ticket_id: str, request_id: str | None = None, *, counter: int | None = None
    ) -> Ticket:
        """Put a waiting ticket aside, until it is resumed."""
        return self._with_ticket(Command.HOLD, EventKind.HELD, ticket_id, request_id, counter)

    def resume(self, ticket_id: str, request_id: str | None = None, *, counter: int | None = None) -> Ticket:
        """Put a held ticket back in the queue, at its old place; `counter` is where the clerk sits who does it."""
        return self._with_ticket(Command.RESUME, EventKind.RESUMED, ticket_id, request_id, counter)

    def cancel(self, ticket_id: str, request_id: str | None = None, *, counter: int | None = None) -> Ticket:
        """Cancel a waiting or held ticket."""
        return self._with_ticket(Command.CANCEL, EventKind.CANCELLED, ticket_id, request_id, counter)

    def return_ticket(
        self, ticket_id: str, request_id: str | None = None, *, counter: int | None = None
    ) -> Ticket:
        """Put a no-show back in the queue, once, three places back.

        Raises:
            Refused: `already_returned`, `wrong_state`, `unknown_ticket`.
        """
        number = split_ticket_id(ticket_id)[1]

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            _require_same_day(tx, ticket_id)
            return queueing.return_ticket(tx, plan, number, counter)

        return self._about_ticket(f"return {ticket_id}", request_id, work)

    def transfer(
        self,
        counter: int,
        service: str | None = None,
        to_counter: int | None = None,
        request_id: str | None = None,
        *,
        holding: str | AnyTicket | None = ANY,
    ) -> Ticket:
        """Send the ticket at a counter on to another service or counter; the time it waited keeps counting.

        Raises:
            Refused: `transfer_nowhere`, `counter_free`, `stale_view`, `unknown_service`, `unknown_counter`.
        """

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            return queueing.transfer(tx, plan, int(counter), service, to_counter, holding)

        foresee = partial(queueing.foresee_at_counter, counter=int(counter))
        return self._about_ticket(f"transfer {counter} {service} {to_counter}", request_id, work, foresee)

    def undo(self, counter: int, request_id: str | None = None) -> Undone:
        """Take back the last action at a counter, within ten seconds.

        Raises:
            Refused: `nothing_to_undo`, `undo_too_late`, `undo_overtaken`.
        """

        def work(tx: DayTransaction, plan: HallPlan) -> Undone:
            return queueing.undo(tx, plan, int(counter))

        def again(events: tuple[Event, ...], tickets: dict[str, Ticket]) -> Undone:
            took_back = EventKind(str((events[-1].detail or {})["took_back"]))
            return Undone(int(counter), took_back, tuple(tickets.values()))

        return self._runner.run(f"undo {counter}", request_id, work, again)

    def why_overtaken(self, ticket_id: str) -> tuple[Overtaking, ...]:
        """The tickets that were called before this one though issued later or not due yet, each with the reason.

        Raises:
            Refused: `unknown_ticket`.
        """
        day, number = split_ticket_id(ticket_id)
        plan = self.plan
        with reading(self._engine) as connection:
            mine = self._find(connection, day, number)
            history = audit.history(connection, self.hall_id, day, number)
            end = None if mine.state in OPEN | {TicketState.NO_SHOW} else history[-1].seq
            calls = audit.calls_between(connection, self.hall_id, day, mine.seq, end)
        return overtakings(plan, history, calls)

    def called_before_its_turn(self, ticket_id: str) -> bool:
        """Whether a clerk chose this ticket, when it was called last, before others that were due first."""
        day, number = split_ticket_id(ticket_id)
        with reading(self._engine) as connection:
            history = audit.history(connection, self.hall_id, day, number)
        calls = [event for event in history if event.kind is EventKind.CALLED]
        return bool(calls) and was_chosen(calls[-1])

    # -- counters and clerks --------------------------------------------------------------------------------------

    def open_counter(self, counter: int, request_id: str | None = None) -> CounterState:
        """Open a counter, or end its pause."""
        return self._set_status(counter, CounterStatus.OPEN, None, request_id)

    def pause_counter(self, counter: int, reason: str, request_id: str | None = None) -> CounterState:
        """Pause a counter (暂停服务) for a reason that the hall may read; a running service goes on."""
        return self._set_status(counter, CounterStatus.PAUSED, reason, request_id)

    def close_counter(
        self, counter: int, reason: str | None = None, request_id: str | None = None
    ) -> CounterState:
        """Close a counter that is free.

        Raises:
            Refused: `counter_busy`.
        """
        return self._set_status(counter, CounterStatus.CLOSED, reason, request_id)

    def add_clerk(self, badge: str, name: str, pin: str, role: str = "clerk") -> Clerk:
        """Add a clerk, or give the badge number a new name, PIN and role.

        Raises:
            Refused: `weak_pin`.
        """
        return add_clerk(self._engine, self.hall_id, badge, name, pin, role)

    def clerks(self) -> tuple[Clerk, ...]:
        """The hall's active clerks."""
        return list_clerks(self._engine, self.hall_id)

    def log_in(
        self, counter: int, badge: str, pin: str, *, take_over: bool = False, request_id: str | None = None
    ) -> Clerk:
        """Seat a clerk at a counter, and open it.

        Raises:
            Refused: `unknown_badge`, `wrong_pin`, `locked_out`, `counter_taken`, `counter_busy`.
        """
        clerk = check_pin(self._engine, self.hall_id, badge, pin, self.clock)

        def work(tx: DayTransaction, plan: HallPlan) -> CounterState:
            return counters.log_in(tx, plan, int(counter), badge, take_over=take_over)

        self._about_counter(f"log_in {counter} {badge}", int(counter), request_id, work)
        return clerk

    def log_out(self, counter: int, request_id: str | None = None) -> CounterState:
        """Let the clerk leave a counter, and close it.

        Raises:
            Refused: `counter_busy`, while a ticket is open there.
        """

        def work(tx: DayTransaction, plan: HallPlan) -> CounterState:
            return counters.log_out(tx, plan, int(counter))

        return self._about_counter(f"log_out {counter}", int(counter), request_id, work)

    def figures(self, counter: int) -> CounterFigures:
        """What was done at a counter on this business day."""
        limit = self.plan.service_limit
        with reading(self._engine) as connection:
            endings = audit.served_at(connection, self.hall_id, self._runner.today(connection), int(counter))
        return counter_figures(endings, limit)

    # -- ratings --------------------------------------------------------------------------------------------------

    def rate(
        self, counter: int, level: int, request_id: str | None = None, *, pressed_at: datetime | None = None
    ) -> Ticket:
        """Give the service that was finished last at a counter its one rating, 5 (很满意) to 1 (很不满意).

        `pressed_at` is the moment of the vote, for one that reaches the hall later.

        Raises:
            Refused: `nothing_to_rate`, `rating_late` (10 s after the finish), `already_rated`.
        """

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            return ratings.rate(tx, plan, int(counter), level, pressed_at)

        return self._about_ticket(f"rate {counter} {level}", request_id, work)

    def note_not_rated(self, counter: int) -> tuple[Ticket, ...]:
        """Record which services of a counter got no rating within 20 s; for a counter that asks for ratings."""

        def work(tx: DayTransaction, plan: HallPlan) -> tuple[Ticket, ...]:
            return ratings.note_not_rated(tx, plan, int(counter))

        try:
            return self._runner.run(
                f"note_not_rated {counter}", None, work, lambda _, found: tuple(found.values())
            )
        except NothingToDo:
            return ()

    def satisfaction(self, day: date | None = None) -> Satisfaction:
        """What the customers of a business day (of the current one without a day) say.

        The cost is that of the whole day: for reports, not for screens.
        """
        with reading(self._engine) as connection:
            return satisfaction(
                audit.day_ratings(connection, self.hall_id, day or self._runner.today(connection))
            )

    # -- the shapes of commands --------------------------------------------------------------------------------------

    def _about_ticket(
        self,
        what: str,
        request_id: str | None,
        work: Work[Ticket],
        foresee: Foresee = nothing_foreseen,
    ) -> Ticket:
        def again(events: tuple[Event, ...], tickets: dict[str, Ticket]) -> Ticket:
            return tickets[str(events[-1].ticket)]

        return self._runner.run(what, request_id, work, again, foresee)

    def _about_counter(
        self, what: str, counter: int, request_id: str | None, work: Work[CounterState]
    ) -> CounterState:
        def again(events: tuple[Event, ...], _tickets: dict[str, Ticket]) -> CounterState:
            with reading(self._engine) as connection:
                reader = DayReader(connection, self.hall_id, events[-1].day)
                past = reader.events_of_counter(counter, before=events[-1].seq + 1)
            return reduce(evolve_counter, past, CounterState(counter))

        try:
            return self._runner.run(what, request_id, work, again)
        except NothingToDo:
            return self._counter(counter)

    def _at_counter(
        self,
        command: Command,
        kind: EventKind,
        counter: int,
        request_id: str | None,
        holding: str | AnyTicket | None,
    ) -> Ticket:
        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            return queueing.at_counter(tx, plan, int(counter), command, kind, holding)

        foresee = partial(queueing.foresee_at_counter, counter=int(counter))
        return self._about_ticket(f"{command} {counter}", request_id, work, foresee)

    def _with_ticket(
        self, command: Command, kind: EventKind, ticket_id: str, request_id: str | None, counter: int | None
    ) -> Ticket:
        number = split_ticket_id(ticket_id)[1]

        def work(tx: DayTransaction, plan: HallPlan) -> Ticket:
            _require_same_day(tx, ticket_id)
            return queueing.with_ticket(tx, plan, number, command, kind, counter)

        foresee = partial(queueing.foresee_at_counter, counter=counter, number=number)
        return self._about_ticket(f"{command} {ticket_id}", request_id, work, foresee)

    def _set_status(
        self, counter: int, status: CounterStatus, reason: str | None, request_id: str | None
    ) -> CounterState:
        require_short("reason", reason, LONGEST_REASON)

        def work(tx: DayTransaction, plan: HallPlan) -> CounterState:
            return counters.set_status(tx, plan, int(counter), status, reason)

        return self._about_counter(f"{status} {counter}", int(counter), request_id, work)

    def _counter(self, number: int) -> CounterState:
        with reading(self._engine) as connection:
            return DayReader(connection, self.hall_id, self._runner.today(connection)).counter(number)

    def _find(self, connection: Connection, day: date, number: str) -> Ticket:
        return queueing.find(DayReader(connection, self.hall_id, day), number)


def _require_same_day(tx: DayTransaction, ticket_id: str) -> None:
    day, number = split_ticket_id(ticket_id)
    if day != tx.day:
        message = f"{number} belongs to the business day {day}, which is over"
        raise Refused(RefusalCode.UNKNOWN_TICKET, message, ticket=ticket_id)
