"""The hall's desk for machines that are cut off now and then: it leases them series, and takes what they kept.

What was kept has happened: a customer holds the number, a service is over. So nothing is refused here. What the hall
can no longer honour is written down as it was and ended, and its number is named in the outage for a person to see.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce

from sqlalchemy import Connection, Engine

from shared.domain.business_day import business_day, day_to_work_in
from shared.domain.clock import SystemClock
from shared.domain.dispatch import due_at
from shared.domain.errors import Refused
from shared.domain.event import Detail, Event, EventKind
from shared.domain.evolve import evolve_ticket, ticket_memory
from shared.domain.plan import HallPlan
from shared.domain.snapshot import PrintJob, PrintState
from shared.domain.standby import LEASED_DAYS, Outage, marked_plan, outage_of
from shared.domain.ticket import AT_COUNTER, Command, Ticket, TicketState, allows, ticket_id
from shared.hall.command_runner import CommandRunner
from shared.store import print_jobs
from shared.store.day_lock import Request, RequestAnswered
from shared.store.day_reader import DayReader
from shared.store.day_transaction import DayTransaction, NothingToDo
from shared.store.days import latest_open_day, open_day
from shared.store.engine import reading
from shared.store.late_days import late_transaction
from shared.store.leases import lease_mark, note_leases
from shared.store.outages import (
    begin_delivery,
    keep_outage,
    read_outage,
    read_outages,
    read_outages_of,
    write_outage,
)


class StandbyDesk:
    """The standby's side of a hall's store. Made by `Hall.standby`."""

    def __init__(self, runner: CommandRunner) -> None:
        self._runner = runner
        self._engine: Engine = runner.engine
        self._hall_id = runner.hall_id

    def lease(self, holder: str, machine: str) -> tuple[str, HallPlan, tuple[date, ...]]:
        """Lease a machine the series of a mark; returns the mark, the plan numbered by it, and the days.

        The same holder gets the same mark again, as long as it asks within `LEASED_DAYS`.

        Raises:
            Refused: `no_free_series`.
            StoreUnavailable: the store cannot answer now.
        """
        while True:
            version, plan = self._runner.current_plan()
            with reading(self._engine) as connection:
                today = self._runner.today(connection)
            days = tuple(today + timedelta(days=ahead) for ahead in range(LEASED_DAYS))
            prefixes = [service.prefix for service in plan.services]
            now = self._runner.clock.now()
            mark = lease_mark(self._engine, self._hall_id, days, holder, machine, prefixes, version, now)
            if mark is not None:
                return mark, marked_plan(plan, mark), days

    def outages(self, since: datetime) -> tuple[Outage, ...]:
        """The outages that began at this moment or later, of all machines, in order."""
        return read_outages(self._engine, self._hall_id, since)

    def begin_delivery(self, outage: Outage, day: date) -> None:
        """Write an outage down before anything of it is delivered to a day.

        Raises:
            StoreUnavailable: the store, or this day, cannot be written now: no time to hand a paper over.
        """
        begin_delivery(self._engine, self._hall_id, outage, day)

    def end_outage(self, outage: Outage, until: datetime) -> Outage:
        """Note that all that a machine kept has been delivered; returns the outage as the store knows it."""
        ended = replace(self._known(outage), until=until)
        keep_outage(self._engine, self._hall_id, ended)
        return ended

    def deliver_ticket(
        self, issued: Event, request_id: str, holder: str, outage: Outage, paper: PrintJob | None
    ) -> None:
        """Take in a ticket that a machine issued by itself, with its number, its true moment and its paper's state.

        If the machine's first try has reached the store after all, the number that came of it is cancelled: the
        customer never saw it. A later arrival of that try finds its request answered, and issues nothing.

        Raises:
            StoreUnavailable: try again with the same values.
        """
        self._open_if_current(issued.day)
        what = f"deliver {issued.ticket}"
        try:
            self._issue(Request(request_id, what), issued, holder, outage, paper)
        except RequestAnswered as answered:
            if answered.what == what:
                self._settle_paper(paper)
                return
            self._cancel_twin(answered, request_id, str(issued.ticket), outage)
            with suppress(RequestAnswered):
                self._issue(Request(f"{request_id}/kept", what), issued, holder, outage, paper)

    def deliver_finish(self, finished: Event, request_id: str, outage: Outage) -> None:
        """Take in the end of a service at its true moment, also when the day has been closed since.

        Raises:
            StoreUnavailable: try again with the same values.
        """
        request = Request(request_id, f"finish {finished.counter}")
        try:
            with late_transaction(self._engine, self._hall_id, finished.day, finished.at, request) as (
                tx,
                _closed,
            ):
                if not self._finish(tx, finished, outage):
                    raise NothingToDo
                self._count(tx.connection, outage, finished=1)
        except NothingToDo:
            self._note_trouble(outage, str(finished.ticket))
        except RequestAnswered:
            return

    def set_aside(self, outage: Outage, number: str) -> None:
        """Name what a machine cannot deliver, whatever it tries, for a person to see.

        Raises:
            StoreUnavailable: try again with the same values.
        """
        known = self._known(outage)
        if number not in known.set_aside:
            keep_outage(self._engine, self._hall_id, replace(known, set_aside=(*known.set_aside, number)))

    def outage_of(self, machine: str, number: str, at: datetime) -> Outage:
        """The outage in which a machine kept a number at this moment; one that is over now when none is written down.

        Raises:
            StoreUnavailable: the store does not answer.
        """
        known = outage_of(read_outages_of(self._engine, self._hall_id, machine), number, at)
        return known or Outage(machine, at, self._runner.clock.now())

    def take_in_late(self, outage: Outage, number: str) -> None:
        """Note that what was set aside has been delivered after all, in an outage that has ended.

        Raises:
            StoreUnavailable: try again with the same values.
        """
        known = self._known(outage)
        rest = tuple(name for name in known.set_aside if name != number)
        until = outage.until or self._runner.clock.now()
        keep_outage(self._engine, self._hall_id, replace(known, set_aside=rest, until=until))

    def _settle_paper(self, paper: PrintJob | None) -> None:
        """A paper that was under way at the first try, whose answer was lost, may have come out since."""
        if paper is not None and paper.state is PrintState.PRINTED:
            was, now = (PrintState.SENT,), self._runner.clock.now()
            print_jobs.move_job(self._engine, self._hall_id, paper, was, paper.state, None, now)

    def _known(self, outage: Outage) -> Outage:
        with reading(self._engine) as connection:
            return read_outage(connection, self._hall_id, outage.machine, outage.since)

    def _open_if_current(self, day: date) -> None:
        """Open the day that it is now, if the machine that was cut off is the first to work in it."""
        plan, now = self._runner.current_plan()[1], self._runner.clock.now()
        by_clock = business_day(now, plan.timezone, plan.rollover)
        with reading(self._engine) as connection:
            latest = latest_open_day(connection, self._hall_id)
        if day not in (latest, None) and day == day_to_work_in(by_clock, latest):
            real_time = isinstance(self._runner.clock, SystemClock)
            open_day(self._engine, self._hall_id, by_clock, now, real_time=real_time)

    def _issue(
        self, request: Request, issued: Event, holder: str, outage: Outage, paper: PrintJob | None
    ) -> None:
        kept = evolve_ticket(None, issued)
        try:
            self._issue_kept(request, kept, holder, outage, paper)
        except NothingToDo:
            self._note_trouble(outage, kept.number)

    def _issue_kept(
        self, request: Request, kept: Ticket, holder: str, outage: Outage, paper: PrintJob | None
    ) -> None:
        late = late_transaction(self._engine, self._hall_id, kept.day, kept.issued_at, request)
        with late as (tx, closed_at):
            if tx.ticket(kept.number) is not None:
                # Only a file that was copied or restored can bring a number that is there already.
                raise NothingToDo
            note_leases(
                tx.connection, self._hall_id, [kept.day], kept.prefix[-1], holder, outage.machine, tx.now
            )
            ticket, refused = self._issued(tx, kept, outage.machine)
            if refused is not None:
                tx.change_ticket(ticket, EventKind.CANCELLED, detail={"reason": refused})
            elif closed_at is not None:
                tx.now = max(closed_at, tx.now)
                tx.change_ticket(ticket, EventKind.EXPIRED)
            if paper is not None:
                over = refused is not None or closed_at is not None
                print_jobs.note_kept_paper(tx, paper, ticket_over=over)
            self._count(
                tx.connection, outage, tickets=1, trouble=kept.number if refused is not None else None
            )

    def _issued(self, tx: DayTransaction, kept: Ticket, machine: str) -> tuple[Ticket, str | None]:
        """Issue the kept ticket by the hall's own rules; and why it cannot be honoured, if it cannot."""
        plan = self._runner.plan(tx.plan_version)
        due, refused = kept.due_at, None
        try:
            due = due_at(plan, kept.service, kept.priority, kept.issued_at, kept.appointed_for)
        except Refused as error:
            refused = error.code.value
        detail: Detail = {
            "service": kept.service,
            "priority": kept.priority,
            "due_at": due.isoformat(),
            "appointed_for": None if kept.appointed_for is None else kept.appointed_for.isoformat(),
            "people_ahead": kept.people_ahead,
            "quote_minutes": kept.quote_minutes,
            "quote_low": kept.quote_low,
            "quote_high": kept.quote_high,
            "language": kept.language,
            "kept_by": machine,
            "delivered_at": self._runner.clock.now().isoformat(),
        }
        highest = tx.last_ordinal(kept.prefix)
        return tx.issue(kept.prefix, kept.ordinal - 1, detail, highest=highest), refused

    def _cancel_twin(self, answered: RequestAnswered, request_id: str, number: str, outage: Outage) -> None:
        """Cancel the ticket that came of a try whose answer was lost, unless a counter has called it already."""
        with reading(self._engine) as connection:
            events = DayReader(connection, self._hall_id, answered.day).events_of_command(answered.command)
        twin = next((event.ticket for event in events if event.kind is EventKind.ISSUED), None)
        if twin is None:
            return
        request = Request(f"{request_id}/twin", f"cancel {ticket_id(answered.day, twin)}")
        now = self._runner.clock.now()
        try:
            with late_transaction(self._engine, self._hall_id, answered.day, now, request) as (tx, _closed):
                ticket = tx.ticket(twin)
                if ticket is None or not allows(Command.CANCEL, ticket):
                    raise NothingToDo
                tx.change_ticket(ticket, EventKind.CANCELLED, detail={"kept_as": number})
                print_jobs.let_go_of_paper(tx, twin)
        except NothingToDo:
            self._note_trouble(outage, f"{twin}={number}")
        except RequestAnswered:
            return

    def _finish(self, tx: DayTransaction, finished: Event, outage: Outage) -> bool:
        """Finish the ticket; False when it was no longer at this counter, so that somebody must look at it."""
        ticket = tx.ticket(str(finished.ticket))
        if ticket is None:
            return False
        if ticket.state is TicketState.EXPIRED:
            ticket = _before_expiry(tx, ticket)
        if ticket is None or ticket.state not in AT_COUNTER or ticket.counter != finished.counter:
            return False
        served = (finished.detail or {}).get("called_at")
        if ticket.called_at is None or ticket.called_at.isoformat() != served:
            return False
        detail: Detail = {
            "kept_by": outage.machine,
            "delivered_at": self._runner.clock.now().isoformat(),
        }
        tx.change_ticket(ticket, EventKind.FINISHED, finished.counter, finished.clerk, detail)
        return True

    def _count(
        self,
        connection: Connection,
        outage: Outage,
        *,
        tickets: int = 0,
        finished: int = 0,
        trouble: str | None = None,
    ) -> None:
        known = read_outage(connection, self._hall_id, outage.machine, outage.since)
        names = dict.fromkeys(known.trouble if trouble is None else (*known.trouble, trouble))
        counted = replace(
            known,
            # Open until all is delivered; one that had ended stays so, whatever is taken in late.
            until=outage.until,
            tickets=known.tickets + tickets,
            finished=known.finished + finished,
            trouble=tuple(names),
        )
        write_outage(connection, self._hall_id, counted)

    def _note_trouble(self, outage: Outage, name: str) -> None:
        known = self._known(outage)
        if name not in known.trouble:
            keep_outage(self._engine, self._hall_id, replace(known, trouble=(*known.trouble, name)))


def _before_expiry(tx: DayTransaction, ticket: Ticket) -> Ticket | None:
    """Take back the roll-over's expiry of a ticket whose service had ended before; None when there is nothing of it."""
    last = tx.last_event_of(ticket.number)
    if last is None or last.kind is not EventKind.EXPIRED:
        return None
    past = tx.events_of_ticket(ticket.number, before=last.seq)
    before = reduce(evolve_ticket, past[1:], evolve_ticket(None, past[0]))
    if before.state not in AT_COUNTER:
        return None
    detail: Detail = {
        "took_back": EventKind.EXPIRED.value,
        "command": last.command,
        "restores": ticket_memory(before),
    }
    return tx.change_ticket(ticket, EventKind.UNDONE, before.counter, before.clerk, detail)
