"""Whether a bad device slows a call: Next in the real terminal while devices are sound, unplugged, stalled or flooding.

The hall has a kiosk with its printer, a counter with a sign and two pads, and a lobby that drives two signs, behind TCP
ports and pseudo-terminals. The four modes take turns within one run, so that a machine that is busy is so for all of
them; each figure stands beside that of sound devices. A long flood also tells what it costs the programs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.bad_devices import BadDevice, Mode, PtyDevice, TcpDevice, printer_talk, silent_talk
from benchmarks.cost import Cost, costs, grown
from benchmarks.measurement import Effort, Measurement, percentile
from benchmarks.stage import BADGE, COUNTER, PIN, TEN_IN_SHANGHAI, until
from counter_terminal.desk_work import NEXT_AGAIN_AFTER
from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file

SERVICE = "payment"
TURN = 10
"""So many presses in one mode, then the next."""

WARM_UP = 2
"""Presses that are not counted: what is loaded once is loaded by then."""

SETTLE_SECONDS = 1.0
BAD_MODES = tuple(mode for mode in Mode if mode is not Mode.SOUND)


@dataclass(frozen=True, slots=True)
class Shop:
    """A hall with its programs and devices."""

    hall: Hall
    programs: dict[str, Actor]
    devices: tuple[BadDevice, ...]

    def set_mode(self, mode: Mode) -> None:
        """All devices behave so from now on."""
        for device in self.devices:
            device.mode = mode


def measure(effort: Effort, folder: Path, minutes: float = 0.0) -> Iterator[Measurement]:
    """Press Next `effort.presses` times in each mode; then, for so many minutes, under a flood without end."""
    with _shop(folder) as shop:
        yield from _compare(shop, effort.presses)
        if minutes:
            yield from _flood(shop, minutes)


def _compare(shop: Shop, presses: int) -> Iterator[Measurement]:
    seconds: dict[Mode, list[float]] = {mode: [] for mode in Mode}
    for _ in range(WARM_UP):
        _press_next(shop)
    while len(seconds[Mode.SOUND]) < presses:
        for mode in Mode:
            shop.set_mode(mode)
            time.sleep(SETTLE_SECONDS)
            turn = min(TURN, presses - len(seconds[mode]))
            seconds[mode] += [_press_next(shop) for _ in range(turn)]
    shop.set_mode(Mode.SOUND)
    for share in (50, 99):
        sound = percentile(seconds[Mode.SOUND], share) * 1000
        yield Measurement("devices", f"Next, sound, p{share}", sound, "ms")
        for mode in BAD_MODES:
            bad = percentile(seconds[mode], share) * 1000
            yield Measurement("devices", f"Next, {mode}, p{share}", bad, "ms", sound)


def _flood(shop: Shop, minutes: float) -> Iterator[Measurement]:
    shop.set_mode(Mode.FLOODING)
    end = time.monotonic() + minutes * 60
    seconds: list[float] = []
    before: dict[str, Cost] = {}
    while time.monotonic() < end:
        seconds.append(_press_next(shop))
        if not before and end - time.monotonic() < minutes * 60 * 0.9:
            # By now everything is loaded that is loaded once.
            before = costs(shop.programs)
    after = costs(shop.programs)
    for share in (50, 99):
        value = percentile(seconds, share) * 1000
        yield Measurement("devices", f"Next, flood of {minutes:g} minutes, p{share}", value, "ms")
    yield from grown("devices", "after the flood", before, after)


def _press_next(shop: Shop) -> float:
    terminal = shop.programs["counter"]
    # Pressed twice at once, Next counts as pressed once.
    time.sleep(NEXT_AGAIN_AFTER.total_seconds())
    # Its paper keeps the kiosk's printer busy meanwhile.
    shop.hall.issue(SERVICE, print_at="kiosk-1")
    until(lambda: _ready(terminal.tell("state")))
    before = terminal.tell("state")["ticket"]
    began = time.monotonic()
    terminal.tell("next")
    return until(lambda: terminal.tell("state")["ticket"] not in (None, before)) - began


def _ready(state: dict[str, Any]) -> bool:
    return state["waiting"] > 0 and not state["busy"] and not state["stale"]


@contextmanager
def _shop(folder: Path) -> Iterator[Shop]:
    with ExitStack() as stack:
        clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0)
        url = f"sqlite:///{folder / 'devices.db'}"
        hall = stack.enter_context(create_hall(url, load_hall_file(example_hall_file()), clock=clock))
        hall.add_clerk(BADGE, "李", PIN)
        devices: list[BadDevice] = []

        def tcp(*, printer: bool = False) -> str:
            device = stack.enter_context(TcpDevice(printer_talk if printer else silent_talk))
            devices.append(device)
            return f"tcp://{device.place}"

        def line(name: str) -> str:
            if os.name == "nt":
                return tcp()
            device = stack.enter_context(PtyDevice(folder / name))
            devices.append(device)
            return f"serial://{device.name}"

        settings = folder / "lobby.toml"
        settings.write_text(
            f'summary_sign = "sign+{line("summary")}"\nvoice = "none"\n[signs]\n1 = "sign+{tcp()}"\n',
            encoding="utf-8",
        )
        environment = {
            CLOCK_VARIABLE: clock.spec(),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(folder / "state"),
            "JIAOHAO_DATABASE": url,
        }
        at_counter = {
            "JIAOHAO_SIGN": f"sign+{line('sign')}",
            "JIAOHAO_PAD": f"pad+{line('pad')}",
            "JIAOHAO_RATING_PAD": f"pad+{tcp()}",
        }
        programs: dict[str, Actor] = {}

        def start(name: str, module: str, *arguments: str, **more: str) -> None:
            programs[name] = Actor(name, module, arguments, environment | more)
            stack.callback(programs[name].stop)

        start("kiosk", "kiosk", "--name", "kiosk-1", "--printer", f"escpos+{tcp(printer=True)}")
        start("counter", "counter_terminal", "--counter", str(COUNTER), **at_counter)
        start("lobby", "lobby_display", JIAOHAO_SETTINGS=str(settings))
        until(lambda: programs["kiosk"].tell("show")["page"] == "services")
        programs["counter"].tell("login", BADGE, PIN)
        until(lambda: programs["counter"].tell("state")["clerk"] == BADGE)
        until(lambda: not programs["lobby"].tell("show")["stale"])
        yield Shop(hall, programs, tuple(devices))
