"""What a machine keeps while the store is out of reach, and how it delivers it: in order, once, at its true moment.

A kept ticket is issued by an ordinary hall in the machine's own file, whose plan has the machine's mark in every
prefix: the rules, the paper and the request ids are the same. A kept finish is an event in the same file's log.
"""

from __future__ import annotations

import logging
import uuid
from datetime import date, datetime
from pathlib import Path

from shared.domain.clock import Clock
from shared.domain.errors import Refused, StoreUnavailable
from shared.domain.event import Event, EventKind
from shared.domain.snapshot import HallSnapshot
from shared.domain.standby import SHORTEST_OUTAGE, LastKnownQueue, Outage
from shared.domain.ticket import Command, Ticket, require, ticket_id
from shared.hall.hall import Hall
from shared.hall.standby.local_store import LocalStore
from shared.store.day_lock import Request, RequestAnswered
from shared.store.engine import writing
from shared.store.kept_log import (
    KeptEntry,
    forget_aside,
    hand_over_paper,
    kept_number,
    note_delivered,
    read_kept,
    read_set_aside,
    set_aside,
)
from shared.store.late_days import late_transaction
from shared.store.leases import has_lease, latest_lease, note_leases
from shared.store.outages import forget_outage, keep_outage, open_outage

log = logging.getLogger(__name__)


class Keeper:
    """Keeps things for one hall in one machine's file. Safe from any thread; every method may block for the disk.

    `issues` tells whether the machine gives out tickets, and so needs a series of its own.
    """

    def __init__(self, file: Path, machine: str, clock: Clock, *, issues: bool = True) -> None:
        self.machine = machine
        self.issues = issues
        self._clock = clock
        self._tried_aside = False
        self._queue = LastKnownQueue()
        self._store = LocalStore(file, clock, self._queue)

    def hall(self) -> Hall:
        """The hall in this machine's file, for its papers.

        Raises:
            StoreUnavailable: nothing was ever prepared, or the file cannot be read.
        """
        return self._store.hall()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    # -- while the store answers ---------------------------------------------------------------------------------

    def prepare(self, hall: Hall) -> None:
        """Lease this machine's series for today and the coming days, and copy the plan.

        Raises:
            Refused: `no_free_series`; `plan_in_use`, until what is kept has been delivered.
            StoreUnavailable: the store does not answer, or this machine's disk cannot be written.
        """
        known = self._latest_lease(hall.hall_id)
        holder = uuid.uuid4().hex if known is None else known[0]
        mark, plan, days = hall.standby.lease(holder, self.machine)
        self._store.take_plan(plan)
        with writing(self._store.engine) as connection:
            note_leases(connection, plan.id, days, mark, holder, self.machine, self._clock.now())

    def prepare_file(self, snapshot: HallSnapshot) -> None:
        """Copy the plan, for a machine that issues no tickets.

        Raises:
            Refused: `plan_in_use`, until what is kept has been delivered.
            StoreUnavailable: this machine's disk cannot be written.
        """
        self._store.take_plan(snapshot.plan)

    def remember(self, snapshot: HallSnapshot) -> None:
        """Note who waits, for the papers of tickets that may have to be kept."""
        self._queue.remember({line.service.key: line.quote.people_ahead for line in snapshot.services})

    # -- while it does not ---------------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Whether things can be kept now; tickets only while a series is leased for this day."""
        try:
            hall = self._store.hall()
            return not self.issues or self._leased_today(hall)
        except StoreUnavailable:
            return False

    def note_lost(self, at: datetime) -> None:
        """Note since when the store is away, unless that is noted already."""
        hall = self._store.hall()
        if open_outage(self._store.engine, hall.hall_id, self.machine) is None:
            keep_outage(self._store.engine, hall.hall_id, Outage(self.machine, at))

    def issue(
        self,
        service: str,
        priority: str,
        request_id: str,
        *,
        appointed_for: datetime | None = None,
        print_at: str | None = None,
        language: str = "zh",
    ) -> Ticket:
        """Issue a ticket of this machine's own series; the same request again returns the first one.

        Raises:
            Refused: by the rules, as `Hall.issue`.
            StoreUnavailable: no series is leased for this day, or the file cannot be written.
        """
        hall = self._store.hall()
        if not self._leased_today(hall):
            raise StoreUnavailable("unreachable", f"no series is leased to {self.machine} for today")
        return hall.issue(
            service,
            priority,
            request_id,
            appointed_for=appointed_for,
            print_at=print_at,
            language=language,
        )

    def kept(self, request_id: str) -> Ticket | None:
        """The ticket that this machine issued by itself for a request."""
        try:
            hall = self._store.hall()
            found = kept_number(self._store.engine, hall.hall_id, request_id)
        except StoreUnavailable:
            return None
        return None if found is None else hall.ticket(ticket_id(*found))

    def finish(self, ticket: Ticket, counter: int, clerk: str | None, request_id: str) -> None:
        """Keep the end of a service: the ticket is as the counter's screen last showed it.

        Raises:
            Refused: `wrong_state`, by the rules.
            StoreUnavailable: nothing was ever prepared, or the file cannot be written.
        """
        require(Command.FINISH, ticket)
        hall, now = self._store.hall(), self._clock.now()
        request = Request(request_id, f"finish {counter}")
        try:
            late = late_transaction(self._store.engine, hall.hall_id, ticket.day, now, request)
            with late as (tx, _closed):
                # Which of its calls was served: the hall may have called it again meanwhile.
                called_at = None if ticket.called_at is None else ticket.called_at.isoformat()
                tx.change_ticket(ticket, EventKind.FINISHED, counter, clerk, {"called_at": called_at})
        except RequestAnswered:
            return

    # -- afterwards ----------------------------------------------------------------------------------------------

    def pending(self) -> bool:
        """Whether something waits for its delivery, or an outage for its end.

        Raises:
            StoreUnavailable: there is a file and it cannot be read, so nobody knows.
        """
        try:
            hall = self._store.hall()
        except StoreUnavailable as nothing:
            if nothing.cause == "no_schema":
                return False
            raise
        engine = self._store.engine
        return (
            bool(read_kept(engine, hall.hall_id))
            or open_outage(engine, hall.hall_id, self.machine) is not None
            or (not self._tried_aside and bool(read_set_aside(engine, hall.hall_id)))
        )

    def deliver(self, hall: Hall) -> Outage | None:
        """Deliver all that is kept, and return the outage that has so ended; None when there was none to speak of.

        What cannot be delivered for another reason than that the store is away is set aside and named in the outage:
        it must not hold up what came after it. Each start of the program tries it once more.

        Raises:
            StoreUnavailable: the store went away again; what was delivered so far is, the rest stays kept.
        """
        mine, engine = self._store.hall(), self._store.engine
        if mine.hall_id != hall.hall_id:
            log.error("%s keeps things for hall %s, not %s", self._store.file, mine.hall_id, hall.hall_id)
            return None
        self._try_aside_again(hall)
        outage = open_outage(engine, hall.hall_id, self.machine)
        entries = read_kept(engine, hall.hall_id)
        if outage is None:
            if not entries:
                return None
            began = next((entry.event.at for entry in entries if entry.event is not None), self._clock.now())
            outage = Outage(self.machine, began)
            keep_outage(engine, hall.hall_id, outage)
        now = self._clock.now()
        if not entries and not self._worth_a_line(hall, outage, now):
            forget_outage(engine, hall.hall_id, outage)
            return None
        begun: date | None = None
        for entry in entries:
            if entry.day != begun:
                # A store that can be read but not written must not get this machine's own desk out of its papers.
                hall.standby.begin_delivery(outage, entry.day)
                begun = entry.day
            self._deliver_or_set_aside(hall, entry, outage)
            # Noted last: a machine that dies before does all of it again, each by its request id.
            self._let_go(mine, entry)
            note_delivered(engine, hall.hall_id, entry)
        ended = hall.standby.end_outage(outage, self._clock.now())
        keep_outage(engine, hall.hall_id, ended)
        return ended

    def _deliver_or_set_aside(self, hall: Hall, entry: KeptEntry, outage: Outage) -> None:
        try:
            self._deliver(hall, entry, outage)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("%s cannot be delivered and is set aside in %s", entry.number, self._store.file)
            set_aside(self._store.engine, hall.hall_id, entry)
            hall.standby.set_aside(outage, entry.number)

    def _try_aside_again(self, hall: Hall) -> None:
        """Once for each start of the program, which may have been mended meanwhile, or the hall's plan."""
        if self._tried_aside:
            return
        engine = self._store.engine
        for entry in read_set_aside(engine, hall.hall_id):
            number = entry.number
            try:
                event, _request_id = _readable(entry)
                outage = hall.standby.outage_of(self.machine, number, event.at)
                self._deliver(hall, entry, outage)
            except StoreUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - as when it was set aside, which told all about it
                log.warning("%s still cannot be delivered: %s", number, error)
                continue
            hall.standby.take_in_late(outage, number)
            forget_aside(engine, hall.hall_id, entry)
        self._tried_aside = True

    def _deliver(self, hall: Hall, entry: KeptEntry, outage: Outage) -> None:
        event, request_id = _readable(entry)
        if event.kind is EventKind.FINISHED:
            hall.standby.deliver_finish(event, request_id, outage)
            return
        engine = self._store.engine
        known = self._latest_lease(hall.hall_id)
        holder = "" if known is None else known[0]
        # First of all: from here on the hall sees to the paper, whenever the delivery comes through.
        paper = hand_over_paper(engine, hall.hall_id, event.day, entry.number, self._clock.now())
        hall.standby.deliver_ticket(event, request_id, holder, outage, paper)

    def _let_go(self, mine: Hall, entry: KeptEntry) -> None:
        """End the delivered ticket in this machine's own queue: it waits in the hall's from now on."""
        if entry.kind is EventKind.ISSUED:
            request_id = entry.request_id or f"{entry.day}-{entry.seq}"
            try:
                mine.cancel(ticket_id(entry.day, entry.number), f"{request_id}/delivered")
            except Refused:
                # Its day is over here too: the roll-over has ended it.
                return

    def _worth_a_line(self, hall: Hall, outage: Outage, now: datetime) -> bool:
        delivered = any(
            known.machine == outage.machine and known.since == outage.since
            for known in hall.standby.outages(outage.since)
        )
        return delivered or now - outage.since >= SHORTEST_OUTAGE

    def _latest_lease(self, hall_id: str) -> tuple[str, str, date] | None:
        try:
            return latest_lease(self._store.engine, hall_id)
        except StoreUnavailable:
            return None

    def _leased_today(self, hall: Hall) -> bool:
        known = self._latest_lease(hall.hall_id)
        return known is not None and has_lease(
            self._store.engine, hall.hall_id, hall.snapshot().day, known[1]
        )


def _readable(entry: KeptEntry) -> tuple[Event, str]:
    """What is to be delivered, and under which request id; ValueError where a disk error has left nothing of it."""
    if entry.event is None or entry.request_id is None:
        raise ValueError("its row in this machine's file cannot be read")
    return entry.event, entry.request_id
