"""What two days and two nights leave behind in the three programs: by a fast clock, at work whenever the hall is open.

The first day is not compared: in the night after it the hall learns, and what is loaded once is loaded by then. What
the programs hold at one hour of the second day stands beside what they hold 24 hours later.
"""

from __future__ import annotations

import itertools
import queue
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.cost import costs, grown
from benchmarks.measurement import Measurement
from benchmarks.stage import BADGE, COUNTER, PIN, Stage, stage

FIRST_LOOK = timedelta(hours=24, minutes=15)
SECOND_LOOK = FIRST_LOOK + timedelta(hours=24)
TURN_SECONDS = 0.25
TAP_EVERY = 16
"""Turns between two taps; half-way the number is put away, as by the next customer. A new page takes no tap at once."""

STEPS = ("next", "next", "next", "recall", "start", "finish", "no-show")


@dataclass(slots=True)
class Work:
    """What was done, to be told beside what it cost."""

    tickets: int = 0
    papers: int = 0
    turns: Iterator[int] = field(default_factory=itertools.count)


def measure(
    minutes: float, folder: Path, first_look: timedelta = FIRST_LOOK, second_look: timedelta = SECOND_LOOK
) -> Iterator[Measurement]:
    """Work two days within so many real minutes, and tell what the programs have grown by in the second."""
    factor = second_look / timedelta(minutes=minutes)
    url = f"sqlite:///{folder / 'long-run.db'}"
    chance = random.Random(1)
    with stage(url, folder, factor) as programs:
        actors = {"kiosk": programs.kiosk, "counter": programs.terminal, "lobby": programs.lobby}
        began = programs.clock.now()
        work = Work()
        _work_until(programs, began + first_look, work, chance)
        before = costs(actors)
        _work_until(programs, began + second_look, work, chance)
        after = costs(actors)
        report = programs.hall.verify()
        yield Measurement("long run", "tickets", work.tickets, "")
        yield Measurement("long run", "papers", work.papers, "")
        yield Measurement("long run", "differences between log and tables", len(report.differences), "")
        yield from grown("long run", "24 hours later", before, after)


def _work_until(programs: Stage, end: datetime, work: Work, chance: random.Random) -> None:
    services = [service.key for service in programs.hall.plan.services]
    others = [one.number for one in programs.hall.plan.counters if one.number != COUNTER]
    while programs.clock.now() < end:
        time.sleep(TURN_SECONDS)
        turn = next(work.turns)
        page = programs.kiosk.tell("show")["page"]
        if page == "closed":
            continue
        if turn % TAP_EVERY == 0:
            programs.kiosk.tell("tap", chance.choice(services))
        elif turn % TAP_EVERY == TAP_EVERY // 2:
            programs.kiosk.tell("home")
        work.tickets += 1
        programs.hall.issue(chance.choice(services))
        programs.hall.call_next(chance.choice(others))
        if programs.terminal.tell("state")["clerk"] == BADGE:
            programs.terminal.tell(chance.choice(STEPS))
        else:
            # A new day: the night has closed every counter.
            programs.terminal.tell("login", BADGE, PIN)
        work.papers += _cut_since(programs.papers)


def _cut_since(papers: queue.SimpleQueue[float]) -> int:
    cut = 0
    while True:
        try:
            papers.get_nowait()
        except queue.Empty:
            return cut
        cut += 1
