"""Setting the demo's stage: a fresh hall, its clerks, and the three programs as processes on one clock."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from operations.demo.actor import Actor
from operations.demo.crew import Clerk
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, Clock, ManualClock, ScaledClock
from shared.domain.plan import HallPlan
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file

OPENS = time(8, 30)
KIOSK = "kiosk-1"
CREW_TERMINAL, PERSON_TERMINAL = 3, 4
"""The counters with a terminal on the stage: the demo's clerk works at the first, a person may at the second."""

PIN = "1234"
START_SECONDS = 6
FIRST_BREAK, BREAK_APART = timedelta(hours=3), timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo plays: its folder, hall, clock and programs by name."""

    folder: Path
    hall: Hall
    clock: Clock
    opening: datetime
    clerks: tuple[Clerk, ...]
    actors: dict[str, Actor]

    @property
    def tickets_folder(self) -> Path:
        """Where the simulated printer puts each paper as a picture."""
        return self.folder / "tickets"

    @property
    def signs_folder(self) -> Path:
        """Where the simulated signs say what they show."""
        return self.folder / "signs"


def clerks_of(plan: HallPlan) -> tuple[Clerk, ...]:
    """A clerk for each counter, badge 1001 at counter 1 and so on; their breaks are spread over midday."""
    return tuple(
        Clerk(counter.number, str(1000 + counter.number), PIN, FIRST_BREAK + place * BREAK_APART)
        for place, counter in enumerate(plan.counters)
    )


def opening_today(plan: HallPlan) -> datetime:
    """Half past eight of today in the hall's time zone."""
    zone = ZoneInfo(plan.timezone)
    return datetime.combine(datetime.now(zone).date(), OPENS, zone).astimezone(UTC)


@contextmanager
def stage(folder: Path, speed: float, language: str, *, programs: bool, screen: bool) -> Iterator[Stage]:
    """A hall that has just opened, with its programs running (unless `programs` is off); all is ended afterwards.

    `screen` tells that there is a screen to show the programs on: else they draw for pictures alone.
    """
    for old in ("hall.db", "hall.db-wal", "hall.db-shm"):
        (folder / old).unlink(missing_ok=True)
    for old in ("tickets", "signs", "screens"):
        shutil.rmtree(folder / old, ignore_errors=True)
        (folder / old).mkdir(parents=True)
    plan = load_hall_file(example_hall_file())
    opening = opening_today(plan)
    clock = _clock(opening, speed) if programs else ManualClock(opening)
    url = f"sqlite:///{folder / 'hall.db'}"
    hall = create_hall(url, plan, clock=clock)
    clerks = clerks_of(plan)
    for clerk in clerks:
        hall.add_clerk(clerk.badge, f"营业员 {clerk.badge}", clerk.pin)
    actors: dict[str, Actor] = {}
    try:
        if programs:
            actors.update(_actors(folder, url, clock, language, screen=screen))
        yield Stage(folder, hall, clock, opening, clerks, actors)
    finally:
        for actor in actors.values():
            actor.stop()
        hall.close()


def _clock(opening: datetime, speed: float) -> ScaledClock:
    """A clock that reaches the opening when the programs have had time to start."""
    return ScaledClock(datetime.now(UTC), opening - START_SECONDS * timedelta(seconds=speed), speed)


def _actors(
    folder: Path, url: str, clock: Clock, language: str, *, screen: bool
) -> Iterator[tuple[str, Actor]]:
    environment = {CLOCK_VARIABLE: clock.spec()} if isinstance(clock, ScaledClock) else {}
    if not screen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    common = ["--database", url, "--language", language]
    printer = f"sim://printer/{KIOSK}?folder={folder / 'tickets'}"
    sizes = ("540x960", "1280x720", "1024x700") if screen else ("1080x1920", "1920x1080", "1366x768")
    kiosk = [*common, "--name", KIOSK, "--printer", printer, "--geometry", sizes[0]]
    yield "kiosk", Actor("kiosk", "kiosk", kiosk, environment)
    yield "lobby", Actor("lobby", "lobby_display", [*common, "--geometry", sizes[1]], environment)
    for number in (CREW_TERMINAL, PERSON_TERMINAL):
        sign = f"sim://sign/{number}?folder={folder / 'signs'}"
        terminal = [*common, "--counter", str(number), "--sign", sign, "--geometry", sizes[2]]
        yield f"counter-{number}", Actor(f"counter-{number}", "counter_terminal", terminal, environment)
