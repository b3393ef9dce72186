"""Setting the demo's stage: a fresh hall, its clerks, and the three programs as processes on one clock."""

from __future__ import annotations

import os
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
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.domain.opening import is_open
from shared.domain.plan import HallPlan
from shared.hall import create_hall
from shared.hall.hall_file import load_hall_file

OPENS = time(8, 30)
KIOSK = "kiosk-1"
CREW_TERMINAL, PERSON_TERMINAL = 3, 4
"""The counters with a terminal on the stage: the demo's clerk works at the first, a person may at the second."""

PIN = "1234"

_IN_PICTURES = {
    "kiosk": "1080x1920",
    "lobby": "1920x1080",
    f"counter-{CREW_TERMINAL}": "1366x768",
    f"counter-{PERSON_TERMINAL}": "1366x768",
}
_ON_SCREEN = {
    "kiosk": ("506x900", "0,84"),
    "lobby": ("624x351", "516,84"),
    f"counter-{CREW_TERMINAL}": ("1920x48", "0,0"),
    f"counter-{PERSON_TERMINAL}": ("1180x630", "516,470"),
}
"""Sizes and places on a screen of 1920 x 1080 at which all the windows can be seen; the crew's terminal is a bar."""

DEVICES_POSITION = (1150, 84)
FIRST_BREAK, BREAK_APART = timedelta(hours=3), timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo plays. `opening` is the moment at which the hall opens its doors."""

    folder: Path
    database_url: str
    plan: HallPlan
    opening: datetime
    clerks: tuple[Clerk, ...]
    language: str

    @property
    def tickets_folder(self) -> Path:
        """Where the simulated printer puts each paper as a picture."""
        return self.folder / "tickets"

    @property
    def signs_folder(self) -> Path:
        """Where the simulated signs say what they show."""
        return self.folder / "signs"

    @property
    def voice_folder(self) -> Path:
        """Where the simulated loudspeaker puts each announcement."""
        return self.folder / "voice"

    @property
    def screens_folder(self) -> Path:
        """Where the pictures of the programs go."""
        return self.folder / "screens"


def set_stage(folder: Path, language: str) -> Stage:
    """A fresh database with the example hall in it, and a clerk for each counter (badge 1001 at counter 1)."""
    plan = load_hall_file(example_hall_file())
    for name in ("hall.db", "hall.db-wal", "hall.db-shm"):
        (folder / name).unlink(missing_ok=True)
    stage = Stage(
        folder=folder,
        database_url=f"sqlite:///{folder / 'hall.db'}",
        plan=plan,
        opening=latest_opening(plan, datetime.now(UTC)),
        clerks=tuple(
            Clerk(counter.number, str(1000 + counter.number), PIN, FIRST_BREAK + place * BREAK_APART)
            for place, counter in enumerate(plan.counters)
        ),
        language=language,
    )
    for old in (stage.tickets_folder, stage.signs_folder, stage.voice_folder, stage.screens_folder):
        shutil.rmtree(old, ignore_errors=True)
        old.mkdir(parents=True)
    with create_hall(stage.database_url, plan) as hall:
        for clerk in stage.clerks:
            hall.add_clerk(clerk.badge, f"营业员 {clerk.badge}", clerk.pin)
    return stage


def latest_opening(plan: HallPlan, now: datetime) -> datetime:
    """Half past eight of the latest day, this one included, on which the hall is open then."""
    zone = ZoneInfo(plan.timezone)
    this_day = datetime.combine(now.astimezone(zone).date(), OPENS, zone)
    days = [this_day - timedelta(days=back) for back in range(14)]
    return next((day for day in days if is_open(plan, day)), this_day).astimezone(UTC)


@contextmanager
def programs(stage: Stage, clock: ScaledClock, *, screen: bool) -> Iterator[dict[str, Actor]]:
    """The programs as processes by name, ended afterwards.

    `screen` tells that there is a screen to show them on; else they draw for pictures alone.
    """
    actors: dict[str, Actor] = {}
    try:
        actors.update(_actors(stage, clock, screen=screen))
        yield actors
    finally:
        for actor in actors.values():
            actor.stop()


def _actors(stage: Stage, clock: ScaledClock, *, screen: bool) -> Iterator[tuple[str, Actor]]:
    environment = {CLOCK_VARIABLE: clock.spec()}
    if not screen:
        # A picture must not catch a page in the middle of its entrance.
        environment |= {"QT_QPA_PLATFORM": "offscreen", "JIAOHAO_MOTION": "false"}
    common = ["--database", stage.database_url, "--language", stage.language]
    printer = f"sim://printer/{KIOSK}?folder={stage.tickets_folder}"
    kiosk = [*common, "--name", KIOSK, "--printer", printer, *_place("kiosk", screen=screen)]
    yield "kiosk", Actor("kiosk", "kiosk", kiosk, environment)
    lobby = [*common, *_place("lobby", screen=screen)]
    # The day runs fast and the voice does not.
    voice = {"JIAOHAO_VOICE_TIMES": "1"}
    if not screen and not os.environ.get("JIAOHAO_VOICE"):
        voice["JIAOHAO_VOICE"] = f"sim://voice/lobby-1?folder={stage.voice_folder}"
    yield "lobby", Actor("lobby", "lobby_display", lobby, environment | voice)
    for number in (CREW_TERMINAL, PERSON_TERMINAL):
        name = f"counter-{number}"
        sign = f"sim://sign/{number}?folder={stage.signs_folder}"
        terminal = [*common, "--counter", str(number), "--sign", sign, *_place(name, screen=screen)]
        if screen and number == CREW_TERMINAL:
            terminal.append("--bar")
        yield name, Actor(name, "counter_terminal", terminal, environment)


def _place(name: str, *, screen: bool) -> list[str]:
    size, position = _ON_SCREEN[name] if screen else (_IN_PICTURES[name], "0,0")
    return ["--geometry", size, "--position", position]
