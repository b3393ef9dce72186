"""One program of the soak: it issues, calls, serves and prints over the public interface until it is killed.

What it asks for and what it was told goes line by line into a journal of its own, as one write each: the operating
system keeps that, whatever happens to the process.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from shared.domain.clock import ScaledClock
from shared.domain.errors import Refused, StoreUnavailable
from shared.domain.snapshot import PrintState
from shared.hall import Hall, Ticket, open_hall

PRINTER = "kiosk-1"
_KINDS = ("issue", "call", "start", "finish", "print")
_WEIGHTS = (6, 4, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program works: its counter is nobody else's, its journal is kept from one life to the next."""

    database_url: str
    hall_id: str
    counter: int
    journal: Path
    started: datetime
    shows: datetime
    seed: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journal: `ask` before a command, then `told` with a ticket's number (or none), or `refused`;
    `again` before a command is repeated. A `paper` is noted where a printer would be sent a job.
    """

    what: str
    kind: str
    request: str
    number: str | None = None


def read_journal(journal: Path) -> list[Line]:
    """The lines of a journal; a last one that is not complete was never written as far as anybody knows."""
    if not journal.exists():
        return []
    complete = journal.read_text(encoding="utf-8").split("\n")[:-1]
    return [Line(**json.loads(line)) for line in complete]


def unsettled(lines: list[Line]) -> list[Line]:
    """What was asked and never answered: the program died in between."""
    asked = {line.request: line for line in lines if line.what == "ask"}
    for line in lines:
        if line.what in ("told", "refused"):
            asked.pop(line.request, None)
    return list(asked.values())


def open_place(place: Place) -> Hall:
    """The hall, by a clock that began at the same moment for all."""
    clock = ScaledClock(place.started, place.shows, 1.0)
    return open_hall(place.database_url, place.hall_id, clock=clock)


def work_until_killed(place: Place) -> None:
    """Ask again what the last life was not told, then go on working for ever; a store that is away is asked again."""
    chance = random.Random(place.seed)
    while True:
        with suppress(StoreUnavailable), open_place(place) as hall:
            settle(place, hall)
            while True:
                kind = chance.choices(_KINDS, _WEIGHTS)[0]
                if kind == "print":
                    print_one(place, hall)
                else:
                    ask(place, hall, Line("ask", kind, uuid4().hex))


def settle(place: Place, hall: Hall) -> None:
    """Repeat each command that was never answered, with its request id, as a program would after a lost line."""
    for line in unsettled(read_journal(place.journal)):
        note(place, replace(line, what="again"))
        answer(place, hall, line)


def ask(place: Place, hall: Hall, line: Line) -> None:
    """Note a command and carry it out."""
    note(place, line)
    answer(place, hall, line)


def answer(place: Place, hall: Hall, line: Line) -> None:
    """Carry a command out and note what came of it."""
    service = next(iter(hall.plan.counter(place.counter).offers))
    commands: dict[str, Callable[[], Ticket | None]] = {
        "issue": lambda: hall.issue(service, request_id=line.request, print_at=PRINTER),
        "call": lambda: hall.call_next(place.counter, line.request),
        "start": lambda: hall.start(place.counter, line.request),
        "finish": lambda: hall.finish(place.counter, line.request),
    }
    try:
        ticket = commands[line.kind]()
    except Refused:
        note(place, Line("refused", line.kind, line.request))
    else:
        note(place, Line("told", line.kind, line.request, ticket.number if ticket else None))


def print_one(place: Place, hall: Hall) -> None:
    """Take the oldest paper that nobody has taken, print it, and say that it came out."""
    for job in hall.print_jobs(PRINTER):
        if job.state is PrintState.QUEUED and hall.claim_print(job):
            note(place, Line("paper", "print", uuid4().hex, job.number))
            hall.print_succeeded(job)
            return


def note(place: Place, line: Line) -> None:
    """Add a line to the journal in one write."""
    values = {"what": line.what, "kind": line.kind, "request": line.request, "number": line.number}
    handle = os.open(place.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, (json.dumps(values) + "\n").encode())
    finally:
        os.close(handle)
