"""`make cut`: the three programs in a network namespace, whose cable to the database is pulled and put back.

python -m benchmarks.cut [--seconds 20]

For root on Linux, with `ip` (iproute2). Unlike a server that stops, a cable that is pulled says nothing to anybody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from benchmarks.stores import stores
from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import Hall, TicketState, create_hall
from shared.hall.hall_file import load_hall_file
from tools.testing.cuttable_line import CuttableLine
from tools.testing.patience import PATIENCE_S

TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TAP_S, TOLD_S, DELIVERED_S = 2.0, 5.0, 60.0
"""What is promised: a number after the tap, a word on the screens after the cut, everything delivered after its end."""

_SERVER, _HALL = "10.213.77.1", "10.213.77.2"


class Cable:
    """A pair of network cards, one at the database, one in a namespace of the hall's machines."""

    def __init__(self) -> None:
        self.namespace = f"jiaohao-{os.getpid()}"
        self._plug = f"jh{os.getpid() % 10_000_000}"

    def lay(self) -> None:
        """Lay the cable, and plug it in."""
        far = f"{self._plug}h"
        _ip("netns", "add", self.namespace)
        _ip("link", "add", self._plug, "type", "veth", "peer", "name", far, "netns", self.namespace)
        _ip("addr", "add", f"{_SERVER}/30", "dev", self._plug)
        _ip("link", "set", self._plug, "up")
        for settings in (("addr", "add", f"{_HALL}/30", "dev", far), ("link", "set", far, "up")):
            _ip("-n", self.namespace, *settings)
        _ip("-n", self.namespace, "link", "set", "lo", "up")

    def pull(self) -> None:
        """Pull it out at the database's end."""
        _ip("link", "set", self._plug, "down")

    def plug(self) -> None:
        """Put it back."""
        _ip("link", "set", self._plug, "up")

    def take_away(self) -> None:
        """Take cable and namespace away."""
        subprocess.run(["/usr/bin/env", "ip", "link", "del", self._plug], check=False, capture_output=True)
        subprocess.run(
            ["/usr/bin/env", "ip", "netns", "del", self.namespace], check=False, capture_output=True
        )


def _ip(*words: str) -> None:
    subprocess.run(["/usr/bin/env", "ip", *words], check=True)


@contextmanager
def stage(folder: Path) -> Iterator[tuple[Hall, Cable, dict[str, Actor]]]:
    """The hall, the cable, and the programs behind it."""
    clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0)
    with ExitStack() as stack:
        cable = Cable()
        stack.callback(cable.take_away)
        cable.lay()
        url = stack.enter_context(stores(folder))["postgres"]
        hall = stack.enter_context(create_hall(url, load_hall_file(example_hall_file()), clock=clock))
        hall.add_clerk("1003", "李", "2468")
        line = stack.enter_context(CuttableLine(url, _SERVER))
        environment = {
            CLOCK_VARIABLE: clock.spec(),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_DATA_HOME": str(folder / "data"),
            "JIAOHAO_DATABASE": line.url,
        }
        launcher = ("ip", "netns", "exec", cable.namespace)
        papers = f"escpos+file://{folder}/papers.bin"
        programs = {
            "kiosk": ("kiosk", "--name", "kiosk-1", "--printer", papers),
            "counter": ("counter_terminal", "--counter", "3"),
            "lobby": ("lobby_display",),
        }
        actors = {}
        for name, (module, *arguments) in programs.items():
            actors[name] = Actor(name, module, arguments, environment, launcher=launcher)
            stack.callback(actors[name].stop)
        yield hall, cable, actors


def waited(what: str, happened: Callable[[], object], promised_s: float | None = None) -> bool:
    """Wait for something, tell how long it took, and whether that is within the promise."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > PATIENCE_S:
            print(f"{what}: not within {PATIENCE_S} s")
            return False
    took = time.monotonic() - began
    kept = promised_s is None or took <= promised_s
    if promised_s is not None:
        print(f"{what}: {took:.2f} s (promised: {promised_s:.0f} s){'' if kept else '  TOO LATE'}")
    return kept


def play(hall: Hall, cable: Cable, actors: dict[str, Actor], seconds: float) -> bool:
    """Cut a hall at work off for some time; whether it kept every promise."""
    kiosk, counter, lobby = actors["kiosk"], actors["counter"], actors["lobby"]
    ticket = hall.issue("payment")
    waited("the kiosk's own series", lambda: kiosk.tell("show")["standby"])
    waited("the counter's own file", lambda: counter.tell("state")["standby"])
    counter.tell("login", "1003", "2468")
    waited("the clerk", lambda: counter.tell("state")["clerk"] == "1003")
    counter.tell("next")
    waited("the call", lambda: counter.tell("state")["ticket"] == ticket.number)
    waited("the lobby", lambda: lobby.tell("show")["calls"])

    cable.pull()
    pulled_at = time.monotonic()
    kiosk.tell("tap", "payment")
    kept = [waited("number after the tap", lambda: kiosk.tell("show")["number"] == "BX001", TAP_S)]
    kept.append(waited("the counter says so", lambda: counter.tell("state")["stale"], TOLD_S))
    counter.tell("finish")
    kept.append(waited("finish kept", lambda: counter.tell("state")["line"] == "counter-kept-finish", TAP_S))
    kiosk.tell("home")
    waited("rest of the cut", lambda: time.monotonic() - pulled_at > seconds)

    cable.plug()
    kept.append(waited("delivered", lambda: delivered(hall, ticket.id), DELIVERED_S))
    report = hall.verify()
    outages = hall.standby.outages(TEN_IN_SHANGHAI - timedelta(days=1))
    print(f"verify: {'clean' if report.clean else report.differences}")
    for outage in outages:
        print(
            f"{outage.machine}: {outage.tickets} tickets, {outage.finished} finished, trouble: {outage.trouble}"
        )
    return all(kept) and report.clean


def delivered(hall: Hall, finished: str) -> bool:
    """Whether the kept ticket waits, the finished one has gone, and both machines are done."""
    outages = hall.standby.outages(TEN_IN_SHANGHAI - timedelta(days=1))
    return (
        [ticket.number for ticket in hall.waiting()] == ["BX001"]
        and hall.ticket(finished).state is TicketState.FINISHED
        and len(outages) == 2
        and all(outage.until is not None for outage in outages)
    )


@click.command(help=__doc__)
@click.option("--seconds", type=click.FloatRange(1, 3600), default=20.0, show_default=True)
def main(seconds: float) -> None:
    """Play it once; exit code 1 when a promise was not kept, 2 where it cannot be played."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        print("a real cut needs root on Linux, and ip from iproute2")
        sys.exit(2)
    with tempfile.TemporaryDirectory(prefix="jiaohao-cut-") as folder:
        Path(folder).chmod(0o755)
        with stage(Path(folder)) as (hall, cable, actors):
            good = play(hall, cable, actors, seconds)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
