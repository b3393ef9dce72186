"""How long a person waits: tap to paper, Next to the clerk's own screen and to the lobby's, with the real programs.

The end is seen by asking a program over its pipe what it shows, every millisecond: each figure is too long by up to
that and one question, whose own length is measured and printed beside.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.measurement import Effort, Measurement, percentile
from benchmarks.other_counters import other_counters
from benchmarks.stage import COUNTER, PATIENCE_SECONDS, Stage, stage, until
from benchmarks.stores import stores
from counter_terminal.desk_work import NEXT_AGAIN_AFTER

SERVICE = "payment"
FIRST_IN_LINE = 20
"""So many wait from the beginning: else another counter may take the one whom Next was pressed for."""

PROGRAMS = ("kiosk", "terminal", "lobby")
HELD_UP = {"stall": "worst stall", "work": "most work in one piece"}
"""What holds up the thread that draws: anything at all; its own processor time, which no other program lengthens."""

GUARD_SECONDS = 2.0
"""The kiosk takes no tap for a moment after a page has come up."""


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure both engines, with customers and clerks at work at the other counters."""
    with stores(folder) as urls:
        for engine, url in urls.items():
            with stage(url, folder) as programs, other_counters(url, programs.clock, spared=COUNTER):
                worst = dict.fromkeys(itertools.product(HELD_UP, PROGRAMS), 0.0)
                for _ in range(FIRST_IN_LINE):
                    programs.hall.issue(SERVICE)
                _note_worst(programs, worst)
                yield from _told(engine, "tap to paper", [_tap(programs) for _ in range(effort.taps)])
                with ThreadPoolExecutor(1) as beside:
                    presses = [_press_next(programs, beside) for _ in range(effort.presses)]
                yield from _told(engine, "Next to own screen", [own for own, _lobby in presses])
                yield from _told(engine, "Next to lobby screen", [lobby for _own, lobby in presses])
                yield from _told(engine, "one question", [_ask(programs) for _ in range(effort.presses)])
                _note_worst(programs, worst)
                for (what, name), worst_ms in worst.items():
                    yield Measurement("reaction", f"{HELD_UP[what]}, {name}, {engine}", worst_ms, "ms")


def _note_worst(programs: Stage, worst: dict[tuple[str, str], float]) -> None:
    for (what, name), before_ms in worst.items():
        worst[what, name] = max(before_ms, getattr(programs, name).tell(what)["value"])


def _told(engine: str, what: str, seconds: list[float]) -> Iterator[Measurement]:
    for share in (50, 99):
        milliseconds = percentile(seconds, share) * 1000
        yield Measurement("reaction", f"{what}, {engine}, p{share}", milliseconds, "ms")


def _tap(programs: Stage) -> float:
    time.sleep(GUARD_SECONDS)
    began = time.monotonic()
    programs.kiosk.tell("tap", SERVICE)
    cut = programs.papers.get(timeout=PATIENCE_SECONDS)
    time.sleep(GUARD_SECONDS)
    until(lambda: programs.kiosk.tell("home")["page"] == "services")
    return cut - began


def _press_next(programs: Stage, beside: ThreadPoolExecutor) -> tuple[float, float]:
    # Pressed twice at once, Next counts as pressed once.
    time.sleep(NEXT_AGAIN_AFTER.total_seconds())
    programs.hall.issue(SERVICE)
    until(lambda: _ready(programs.terminal.tell("state")))
    shown_before = programs.terminal.tell("state")["ticket"]
    calls_before = programs.lobby.tell("show")["calls"]
    began = time.monotonic()
    programs.terminal.tell("next")
    lobby = beside.submit(until, lambda: programs.lobby.tell("show")["calls"] != calls_before)
    own = until(lambda: programs.terminal.tell("state")["ticket"] not in (None, shown_before))
    return own - began, lobby.result() - began


def _ready(state: dict[str, Any]) -> bool:
    return state["waiting"] > 0 and not state["busy"] and not state["stale"]


def _ask(programs: Stage) -> float:
    began = time.monotonic()
    programs.lobby.tell("show")
    return time.monotonic() - began
