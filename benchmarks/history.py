"""What a long past costs: the same in a hall with millions of past tickets and in one without any, in turns."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import click
from sqlalchemy import Connection, make_url

from benchmarks.measurement import Effort, Measurement
from benchmarks.stores import hurried_server, several_stores
from operations.hall_commands import example_hall_file
from shared.domain.clock import ManualClock
from shared.domain.plan import HallPlan
from shared.domain.request_id import new_request_id
from shared.hall import create_hall, open_hall
from shared.hall.hall_file import load_hall_file
from shared.store.archive import archive_days
from shared.store.audit import verify_day
from shared.store.backup.proof import require_whole
from shared.store.engine import make_engine, reading
from tools.past_days import give_a_past

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MOST_TICKETS_A_DAY = 2000
ENGINES = ("sqlite", "postgres")
GIGABYTE = 1e9
COUNTER = 1
DAYS_VERIFIED = 2
"""As many as a program verifies at its start."""


class _Side:
    """One of the two halls that are compared, alone in its store."""

    def __init__(self, url: str, opened: ExitStack) -> None:
        self.url = url
        self.clock = ManualClock(NOW)
        self.hall = opened.enter_context(open_hall(url, clock=self.clock))


What = Callable[[_Side], object]
Times = dict[tuple[str, _Side], list[float]]


def measure(effort: Effort, folder: Path, engines: tuple[str, ...] = ENGINES) -> Iterator[Measurement]:
    """Build a past on one engine after the other, measure beside an empty hall, and throw it away."""
    tickets_a_day = min(MOST_TICKETS_A_DAY, effort.past // 2)
    days = max(2, effort.past // tickets_a_day)
    with several_stores(folder, 2) as [past, empty]:
        for engine in engines:
            where = f"{engine}, {days * tickets_a_day:,} past tickets"
            earliest = NOW.date() - timedelta(days=days)
            yield from _build(past[engine], where, earliest, tickets_a_day)
            with create_hall(empty[engine], _plan(), clock=ManualClock(NOW)) as hall:
                hall.open_counter(COUNTER)
            with ExitStack() as opened:
                sides = [_Side(url, opened) for url in (past[engine], empty[engine])]
                click.echo(f"comparing, {where} ...", err=True)
                yield from _commands(effort, where, *sides)
                yield from _days(effort, where, *sides)
                click.echo(f"compared, {where}", err=True)
                yield from _whole(where, *sides)
                yield from _archive(where, sides[0], earliest, folder / f"archive-{engine}.db")
            if engine == "sqlite":
                # The other engine needs the room on the disk.
                Path(past[engine].removeprefix("sqlite:///")).unlink()


def _plan() -> HallPlan:
    return replace(load_hall_file(example_hall_file()), id="bench")


def _build(url: str, where: str, earliest: date, tickets_a_day: int) -> Iterator[Measurement]:
    """The past, and what shows that its earliest day, a copy, is one that the hall itself might have worked."""
    click.echo(f"building, {where} ...", err=True)
    began = perf_counter()
    with hurried_server(url):
        days = (NOW.date() - earliest).days
        give_a_past(url, _plan(), ManualClock(NOW), days, tickets_a_day)
    os.sync()
    seconds = perf_counter() - began
    engine = make_engine(url)
    with reading(engine) as connection:
        report = verify_day(connection, _plan().id, earliest)
        size = _size(connection)
    engine.dispose()
    if report.differences or report.tickets != tickets_a_day:
        raise AssertionError(f"the past is unsound: {report}")
    yield Measurement("history", f"building, {where}", seconds / 60, "min")
    yield Measurement("history", f"size, {where}", size / GIGABYTE, "GB")
    yield Measurement("history", f"events, {where}", days * report.events / 1e6, "million")


def _size(connection: Connection) -> int:
    """Bytes that the whole store takes, with its indexes."""
    asked = "SELECT pg_database_size(current_database())"
    if connection.dialect.name == "sqlite":
        asked = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    return int(connection.exec_driver_sql(asked).scalar_one())


def _commands(effort: Effort, where: str, past: _Side, empty: _Side) -> Iterator[Measurement]:
    """What a hall does all day."""
    service = next(iter(past.hall.plan.counter(COUNTER).offers))
    commands: dict[str, What] = {
        "issue": lambda side: side.hall.issue(service, request_id=new_request_id()),
        "call": lambda side: side.hall.call_next(COUNTER, new_request_id()),
        "snapshot": lambda side: side.hall.snapshot(),
    }
    times: Times = {}
    for _turn in range(effort.rounds):
        for what, command in commands.items():
            for side in (past, empty):
                _time(times, what, side, command, effort.commands)
    yield from _compared(times, where, past, empty)


def _days(effort: Effort, where: str, past: _Side, empty: _Side) -> Iterator[Measurement]:
    """What a hall does once a day, and a program at its start."""
    service = next(iter(past.hall.plan.counter(COUNTER).offers))
    once: dict[str, What] = {
        "first command of a day": lambda side: side.hall.open_counter(COUNTER),
        "program's start": _start,
        "whether a lesson is due": lambda side: side.hall.waits_are_due(),
        "verify at a program's start": lambda side: side.hall.verify(latest_days=DAYS_VERIFIED),
    }
    times: Times = {}
    for _day in range(max(2, effort.rounds)):
        for side in (past, empty):
            # What is verified is the same on both sides from the second day on.
            side.clock.advance(timedelta(days=1))
        for what, does in once.items():
            for side in (past, empty):
                _time(times, what, side, does, 1)
        for side in (past, empty):
            for _ticket in range(effort.commands // 4):
                side.hall.issue(service, request_id=new_request_id())
                side.hall.call_next(COUNTER, new_request_id())
    yield from _compared(times, where, past, empty)


def _start(side: _Side) -> None:
    with open_hall(side.url, clock=side.clock) as hall:
        hall.snapshot()


def _whole(where: str, past: _Side, empty: _Side) -> Iterator[Measurement]:
    """The check of a SQLite file's pages and keys, which reads all of it."""
    if make_url(past.url).get_backend_name() != "sqlite":
        return
    times: Times = {}
    for side in (past, empty):
        engine = make_engine(side.url)
        with reading(engine) as connection:
            began = perf_counter()
            require_whole(connection)
            times["check of the whole file", side] = [(perf_counter() - began) * 1000]
        engine.dispose()
    yield from _compared(times, where, past, empty)


def _archive(where: str, past: _Side, earliest: date, archive: Path) -> Iterator[Measurement]:
    """The earliest day moves out."""
    began = perf_counter()
    [gone] = archive_days(
        past.url, f"sqlite:///{archive}", past.hall.hall_id, earliest + timedelta(days=1), lambda _day: None
    )
    seconds = perf_counter() - began
    yield Measurement("history", f"archiving a day of {gone.tickets:,} tickets, {where}", seconds, "s")


def _time(times: Times, what: str, side: _Side, does: What, often: int) -> None:
    began = perf_counter()
    for _time in range(often):
        does(side)
    times.setdefault((what, side), []).append((perf_counter() - began) / often * 1000)


def _compared(times: Times, where: str, past: _Side, empty: _Side) -> Iterator[Measurement]:
    for what in dict.fromkeys(what for what, _side in times):
        yield Measurement(
            "history", f"{what}, {where}", median(times[what, past]), "ms", median(times[what, empty])
        )
