"""The three programs as processes on one hall, drawing offscreen, with a printer that notes when a paper is whole."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file

TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
COUNTER, BADGE, PIN = 3, "1003", "2468"
PATIENCE_SECONDS = 60.0
ASK_AGAIN_SECONDS = 0.001
"""Between two questions: a program that answers without a pause has little time left for what is measured."""

DOTS = 576


@dataclass(frozen=True, slots=True)
class Stage:
    """A hall with its programs. `papers` carries the monotonic moments at which a paper was cut."""

    hall: Hall
    clock: ScaledClock
    kiosk: Actor
    terminal: Actor
    lobby: Actor
    papers: queue.SimpleQueue[float]


@contextmanager
def stage(database_url: str, folder: Path, factor: float = 1.0) -> Iterator[Stage]:
    """The programs, started and logged in, by a clock so many times as fast as life; ended afterwards."""
    clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, factor)
    environment = {
        CLOCK_VARIABLE: clock.spec(),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(folder / "state"),
        "JIAOHAO_DATABASE": database_url,
    }
    papers: queue.SimpleQueue[float] = queue.SimpleQueue()
    with ExitStack() as stack:
        hall = stack.enter_context(
            create_hall(database_url, load_hall_file(example_hall_file()), clock=clock)
        )
        hall.add_clerk(BADGE, "李", PIN)
        printer = SimulatedPrinter("kiosk-1", DOTS, None, lambda _paper: papers.put(time.monotonic()))
        port = stack.enter_context(TcpPrinterSimulator(printer)).port

        def start(name: str, module: str, *arguments: str) -> Actor:
            actor = Actor(name, module, arguments, environment)
            stack.callback(actor.stop)
            return actor

        address = f"escpos+tcp://127.0.0.1:{port}"
        kiosk = start("kiosk", "kiosk", "--name", "kiosk-1", "--printer", address)
        terminal = start("counter", "counter_terminal", "--counter", str(COUNTER))
        lobby = start("lobby", "lobby_display")
        until(lambda: kiosk.tell("show")["page"] == "services")
        terminal.tell("login", BADGE, PIN)
        until(lambda: terminal.tell("state")["clerk"] == BADGE)
        until(lambda: not lobby.tell("show")["stale"])
        yield Stage(hall, clock, kiosk, terminal, lobby, papers)


def until(happened: Callable[[], bool]) -> float:
    """Ask a program again and again; the monotonic moment of the answer that says so.

    Raises:
        TimeoutError: it did not happen.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(ASK_AGAIN_SECONDS)
    return time.monotonic()
