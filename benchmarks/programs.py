"""What a program costs: from its start to its first page, memory, and processor time while nothing happens.

The start and the memory are compared with an empty window of the same kind: Qt Quick for kiosk and lobby, widgets for
the counter terminal. The memory is the resident set, shared libraries included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psutil

from benchmarks.measurement import Effort, Measurement
from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.hall import create_hall
from shared.hall.hall_file import load_hall_file

MEGABYTE = 1024 * 1024
IDLE_SECONDS = {"full": 30.0, "quick": 0.2}
QUESTIONS = {"kiosk": "show", "counter_terminal": "state", "lobby_display": "show"}
KIND = {"kiosk": "quick", "counter_terminal": "widgets", "lobby_display": "quick"}
OPTIONS = {
    "kiosk": ["--name", "kiosk-1", "--printer", "sim://printer/kiosk-1?folder={folder}"],
    "counter_terminal": ["--counter", "3"],
    "lobby_display": [],
}


def measure(effort: Effort, folder: Path) -> Iterator[Measurement]:
    """Measure each program on a SQLite hall in which nobody waits."""
    url = f"sqlite:///{folder / 'hall.db'}"
    with create_hall(url, load_hall_file(example_hall_file())):
        pass
    idle_s = IDLE_SECONDS["full" if effort.rounds > 1 else "quick"]
    for module in QUESTIONS:
        runs, empty = [], []
        for turn in range(effort.rounds):
            runs.append(_program(module, url, folder, idle_s if turn == 0 else 0.0))
            empty.append(_empty_window(KIND[module]))
        start_s, memory = (median(one[place] for one in runs) for place in (0, 1))
        empty_s, empty_memory = (median(one[place] for one in empty) for place in (0, 1))
        yield Measurement("programs", f"{module}: start to first answer", start_s, "s", empty_s)
        yield Measurement("programs", f"{module}: memory", memory, "MB", empty_memory)
        yield Measurement("programs", f"{module}: processor while idle", runs[0][2], "% of a core")


def _program(module: str, url: str, folder: Path, idle_s: float) -> tuple[float, float, float]:
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(folder / "state"),
        "JIAOHAO_DATABASE": url,
    }
    options = [option.format(folder=folder) for option in OPTIONS[module]]
    began = time.monotonic()
    actor = Actor(module, module, options, environment)
    try:
        actor.tell(QUESTIONS[module])
        start_s = time.monotonic() - began
        process = psutil.Process(actor.pid)
        # What a program does once after its start (it checks the store, learns, caches pictures) is not idleness.
        time.sleep(idle_s / 2)
        before = process.cpu_times()
        time.sleep(idle_s)
        after = process.cpu_times()
        used_s = after.user + after.system - before.user - before.system
        return start_s, process.memory_info().rss / MEGABYTE, 100 * used_s / idle_s if idle_s else 0.0
    finally:
        actor.stop()


def _empty_window(kind: str) -> tuple[float, float]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.empty_window", kind],
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("the empty window did not open")
        start_s = time.monotonic() - began
        return start_s, psutil.Process(process.pid).memory_info().rss / MEGABYTE
    finally:
        process.kill()
        process.communicate()
