"""The second part of `make soak`: the three real programs, killed while customers tap and a clerk presses.

Kiosk, terminal and lobby screen run offscreen and are told by their remote control what fingers would do. One after
another is killed by force and started again, in the middle of whatever it does. A simulated printer on the network
outlives them and keeps every paper.
"""

from __future__ import annotations

import queue
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.stage import BADGE, COUNTER, DOTS, PIN, TEN_IN_SHANGHAI, until
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from operations.demo.actor import Actor, ActorError
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file

KIOSK, TERMINAL, LOBBY = "kiosk-1", "counter", "lobby-1"
LONGEST_PAUSE_S = 0.4
MOST_ACTIONS = 4
BETWEEN_TAPS_S = 1.5
"""The kiosk takes a tap that follows another sooner for the same finger."""
_PRESSES = ("next", "next", "start", "finish", "no-show", "recall")


@dataclass(slots=True)
class ProgramFindings:
    """What happened, and everything that was wrong afterwards. `shown` are the numbers that customers saw."""

    kills: int = 0
    shown: set[str] = field(default_factory=set)
    issued: int = 0
    called: int = 0
    papers: int = 0
    faults: list[str] = field(default_factory=list)


class Programs:
    """The three programs of one hall; each can be killed and started again."""

    def __init__(self, hall: Hall, environment: dict[str, str], printer_port: int) -> None:
        self.hall = hall
        printer = f"escpos+tcp://127.0.0.1:{printer_port}"
        self._plans: dict[str, tuple[str, ...]] = {
            KIOSK: ("kiosk", "--name", KIOSK, "--printer", printer),
            TERMINAL: ("counter_terminal", "--counter", str(COUNTER)),
            LOBBY: ("lobby_display", "--name", LOBBY),
        }
        self._environment = environment
        self._actors: dict[str, Actor] = {}
        for name in self._plans:
            self.start(name)

    def __getitem__(self, name: str) -> Actor:
        return self._actors[name]

    def start(self, name: str) -> None:
        """Start a program; it is there when its first page is."""
        module, *arguments = self._plans[name]
        actor = self._actors[name] = Actor(name, module, arguments, self._environment)
        if name == KIOSK:
            until(lambda: actor.tell("show")["page"] == "services")
        elif name == LOBBY:
            until(lambda: not actor.tell("show")["stale"])
        else:
            until(lambda: not actor.tell("state")["stale"])
            actor.tell("login", BADGE, PIN)
            until(lambda: actor.tell("state")["clerk"] == BADGE)

    def kill(self, name: str) -> None:
        """End a program as a power cut would."""
        self._actors[name].kill()
        self._actors[name].stop()

    def stop(self) -> None:
        """End what still runs."""
        for actor in self._actors.values():
            actor.stop()


def soak_programs(
    database_url: str,
    folder: Path,
    *,
    kills: int,
    seed: int,
    tell: Callable[[int], None] = lambda _kills: None,
) -> ProgramFindings:
    """Kill the programs of a new hall so many times, and look at what is left.

    Raises:
        TimeoutError: a program did not come back, or the papers did not come to an end.
    """
    chance, found = random.Random(seed), ProgramFindings()
    papers: queue.SimpleQueue[PrintedTicket] = queue.SimpleQueue()
    with _on_stage(database_url, folder, papers, seed) as programs:
        for count in range(1, kills + 1):
            victim = chance.choice((KIOSK, KIOSK, TERMINAL, LOBBY))
            _work(programs, chance, found, victim)
            time.sleep(chance.uniform(0, LONGEST_PAUSE_S))
            programs.kill(victim)
            programs.start(victim)
            tell(count)
        found.kills = kills
        _examine(programs, papers, found)
    return found


@contextmanager
def _on_stage(
    database_url: str, folder: Path, papers: queue.SimpleQueue[PrintedTicket], seed: int
) -> Iterator[Programs]:
    plan = load_hall_file(example_hall_file())
    clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0)
    with ExitStack() as stack:
        hall = stack.enter_context(create_hall(database_url, plan, clock=clock))
        hall.add_clerk(BADGE, "李", PIN)
        port = stack.enter_context(TcpPrinterSimulator(SimulatedPrinter(KIOSK, DOTS, None, papers.put))).port
        environment = {
            CLOCK_VARIABLE: clock.spec(),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(folder / f"state-{seed}"),
            "XDG_DATA_HOME": str(folder / f"data-{seed}"),
            "JIAOHAO_DATABASE": database_url,
            "JIAOHAO_HALL": plan.id,
        }
        programs = Programs(hall, environment, port)
        stack.callback(programs.stop)
        yield programs


def _work(programs: Programs, chance: random.Random, found: ProgramFindings, victim: str) -> None:
    """Customers tap and the clerk presses; what the victim was told last is still under way afterwards."""
    for _ in range(chance.randint(1, MOST_ACTIONS)):
        if chance.random() < 0.6:
            _take_a_number(programs, chance, found, waits=victim != KIOSK or chance.random() < 0.7)
        else:
            # The terminal refuses what its ticket's state forbids, as its keys do.
            with suppress(ActorError):
                programs[TERMINAL].tell(chance.choice(_PRESSES))


def _take_a_number(programs: Programs, chance: random.Random, found: ProgramFindings, *, waits: bool) -> None:
    kiosk, services = programs[KIOSK], [service.key for service in programs.hall.plan.services]
    kiosk.tell("home")
    if not waits:
        _tap(kiosk, chance.choice(services))
        return

    tapped_at = 0.0

    def has_number() -> bool:
        nonlocal tapped_at
        shown = kiosk.tell("show")
        if shown["page"] == "services" and time.monotonic() - tapped_at > BETWEEN_TAPS_S:
            _tap(kiosk, chance.choice(services))
            tapped_at = time.monotonic()
        elif shown["number"]:
            found.shown.add(str(shown["number"]))
            return True
        return False

    until(has_number)


def _tap(kiosk: Actor, service: str) -> None:
    # A page may hold fewer services than the hall has.
    with suppress(ActorError):
        kiosk.tell("tap", service)


def _examine(programs: Programs, papers: queue.SimpleQueue[PrintedTicket], found: ProgramFindings) -> None:
    hall = programs.hall
    until(lambda: all(job.state is PrintState.SENT for job in hall.print_jobs(KIOSK)))
    until(lambda: hall.announcements(LOBBY) == ())
    pictures = [papers.get().picture for _ in range(papers.qsize())]
    tickets = {ticket.number: ticket for ticket in hall.tickets()}
    asked = [job.number for job in hall.print_jobs(KIOSK)]
    found.issued, found.papers = len(tickets), len(pictures)
    found.called = sum(ticket.calls > 0 for ticket in tickets.values())
    found.faults += [
        *(
            f"{number} was shown to a customer and is not in the store"
            for number in found.shown - set(tickets)
        ),
        *_twice([picture.tobytes() for picture in pictures]),
        *hall.verify().differences,
    ]
    if not len(tickets) - len(asked) <= len(pictures) <= len(tickets):
        found.faults.append(
            f"{len(pictures)} papers for {len(tickets)} tickets, {len(asked)} of which are asked about"
        )


def _twice(pictures: Sequence[bytes]) -> Iterator[str]:
    """Each ticket has a number of its own, so two papers that are the same dot for dot are one ticket's."""
    for count in Counter(pictures).values():
        if count > 1:
            yield f"a paper came out {count} times"
