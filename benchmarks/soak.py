"""`make soak`: kill real programs at random moments, a thousand times, and prove that the hall lost nothing.

python -m benchmarks.soak [--kills 1000] [--programs 4] [--real 60] [--seed N] [--engine sqlite|postgres]
"""

from __future__ import annotations

import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from benchmarks.soak_programs import soak_programs
from benchmarks.soak_worker import Place, open_place, read_journal, settle, work_until_killed
from benchmarks.stores import stores
from operations.hall_commands import example_hall_file
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file
from shared.store.backup.making import make_backup

LONGEST_LIFE_S = 0.25
PATIENCE_S = 120.0
_OPENS = 9
"""The hall's clock begins at nine in the morning, whatever the machine's says: no day ends during a soak."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a soak did, and everything that was wrong afterwards.

    `retold` commands had not been answered when their program was killed, and were asked again in its next life.
    """

    kills: int
    issued: int
    called: int
    papers: int
    retold: int
    faults: tuple[str, ...]


class SoakError(Exception):
    """A program of the soak ended by itself, which none may."""


def soak(
    database_url: str,
    folder: Path,
    *,
    kills: int,
    programs: int,
    seed: int,
    tell: Callable[[int], None] = lambda _kills: None,
) -> Findings:
    """Let so many programs work on a new hall, kill one after another by force, and look at what is left.

    Raises:
        SoakError: a program failed by itself.
    """
    plan = replace(load_hall_file(example_hall_file()), id=f"soak-{seed}")
    now = datetime.now(UTC)
    shows = now.astimezone(ZoneInfo(plan.timezone)).replace(hour=_OPENS, minute=0) + timedelta(days=1)
    places = [
        Place(database_url, plan.id, counter.number, folder / f"journal-{counter.number}", now, shows, seed)
        for counter in plan.counters[:programs]
    ]
    with create_hall(database_url, plan):
        pass
    _kill_again_and_again(places, random.Random(seed), kills, tell)
    for place in places:
        with open_place(place) as hall:
            settle(place, hall)
    with open_place(places[0]) as hall:
        found = examine(hall, places, kills)
    make_backup(database_url, folder / "backup", now)
    return found


def _kill_again_and_again(
    places: list[Place], chance: random.Random, kills: int, tell: Callable[[int], None]
) -> None:
    context = _processes()
    alive = [_begin(context, place, chance) for place in places]
    try:
        for count in range(1, kills + 1):
            victim = chance.randrange(len(alive))
            _await_a_line(alive[victim], places[victim])
            ended = wait([process.sentinel for process in alive], chance.uniform(0, LONGEST_LIFE_S))
            if ended:
                raise SoakError("a program ended by itself; its traceback is above")
            alive[victim].kill()
            alive[victim].join(PATIENCE_S)
            alive[victim] = _begin(context, places[victim], chance)
            tell(count)
    finally:
        for process in alive:
            process.kill()
            process.join(PATIENCE_S)


def _processes() -> Any:  # noqa: ANN401 - each way to start processes has a class of its own
    """Each program is a process forked from one that has only imported: a new one is there in milliseconds."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.soak_worker"])
    return context


def _begin(context: Any, place: Place, chance: random.Random) -> Any:  # noqa: ANN401 - as above
    life = replace(place, seed=chance.randrange(1 << 30))
    process = context.Process(target=work_until_killed, args=(life,), daemon=True)
    process.start()
    process.lines_before = _size(place)
    return process


def _await_a_line(process: Any, place: Place) -> None:  # noqa: ANN401 - as above
    """Do not kill a program that has not begun: it could not lose anything."""
    end = datetime.now(UTC) + timedelta(seconds=PATIENCE_S)
    while _size(place) == process.lines_before:
        if wait([process.sentinel], 0.005) or datetime.now(UTC) > end:
            raise SoakError(f"the program of counter {place.counter} does not work")


def _size(place: Place) -> int:
    return place.journal.stat().st_size if place.journal.exists() else 0


def examine(hall: Hall, places: Sequence[Place], kills: int) -> Findings:
    """Hold the journals of all programs, who are dead by now, against the store."""
    lines = [line for place in places for line in read_journal(place.journal)]
    told = {line.request: line for line in lines if line.what == "told"}
    issued = [line.number for line in told.values() if line.kind == "issue"]
    called = [line.number for line in told.values() if line.kind == "call" and line.number]
    papers = [line.number for line in lines if line.what == "paper"]
    retold = sum(line.what == "again" for line in lines)
    stored = {ticket.number: ticket for ticket in hall.tickets()}
    faults = [
        *_repeated("was given twice", issued),
        *_repeated("was called twice", called),
        *_repeated("was printed twice", papers),
        *(f"{number} was given out and is not in the store" for number in issued if number not in stored),
        *(f"{number} is in the store and nobody asked for it" for number in stored if number not in issued),
        *(
            f"{ticket.number} was called {ticket.calls} times"
            for ticket in stored.values()
            if ticket.calls > 1
        ),
        *(
            f"{number} was called, and the store knows nothing of it"
            for number in called
            if number not in stored or not stored[number].calls
        ),
        *hall.verify().differences,
    ]
    return Findings(kills, len(issued), len(called), len(papers), retold, tuple(faults))


def _repeated(what: str, numbers: Sequence[str | None]) -> list[str]:
    return [f"{number} {what}" for number, count in Counter(numbers).items() if count > 1]


@click.command()
@click.option("--kills", type=click.IntRange(0), default=1000, show_default=True, help="On each engine")
@click.option("--programs", type=click.IntRange(1, 8), default=4, show_default=True, help="At the same time")
@click.option(
    "--real", type=click.IntRange(0), default=60, show_default=True, help="Kills of kiosk, terminal and lobby"
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), multiple=True, help="Both without")
def main(kills: int, programs: int, real: int, seed: int, engine: tuple[str, ...]) -> None:
    """Kill real programs at random moments and prove that nothing was lost; exit code 1 when something was."""
    faults = 0
    with (
        tempfile.TemporaryDirectory(prefix="jiaohao-soak-", ignore_cleanup_errors=True) as name,
        stores(Path(name)) as urls,
    ):
        for which in (engine or tuple(urls)) if kills else ():
            folder = Path(name) / f"soak-{which}"
            folder.mkdir()
            found = soak(
                urls[which],
                folder,
                kills=kills,
                programs=programs,
                seed=seed,
                tell=lambda count: _tell(count, kills),
            )
            print(
                f"{which}: {found.kills} kills, {found.issued} issued, {found.called} called, "
                f"{found.papers} printed, {found.retold} commands asked again, {len(found.faults)} faults"
            )
            for fault in found.faults:
                print(f"  {fault}")
            faults += len(found.faults)
    if real:
        faults += sum(_soak_the_real(which, real, seed) for which in engine or ("sqlite", "postgres"))
    sys.exit(1 if faults else 0)


def _soak_the_real(engine: str, kills: int, seed: int) -> int:
    """Kill the three programs of a hall with a screen each; tells how many faults were found."""
    with (
        tempfile.TemporaryDirectory(prefix="jiaohao-soak-", ignore_cleanup_errors=True) as name,
        stores(Path(name)) as urls,
    ):
        found = soak_programs(
            urls[engine], Path(name), kills=kills, seed=seed, tell=lambda count: _tell(count, kills, every=20)
        )
    print(
        f"{engine}, real programs: {found.kills} kills, {found.issued} issued, {found.called} called, "
        f"{found.papers} printed, {len(found.shown)} numbers seen, {len(found.faults)} faults"
    )
    for fault in found.faults:
        print(f"  {fault}")
    return len(found.faults)


def _tell(count: int, kills: int, every: int = 100) -> None:
    if count % every == 0 and count != kills:
        print(f"  {count} of {kills} kills", flush=True)


if __name__ == "__main__":
    main()
