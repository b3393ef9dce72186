"""Pads on lines of their own: a real lane, and a pseudo-terminal or a simulated pad at the other end."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from counter_terminal.actions import Action
from counter_terminal.pad_keys import PadKeys
from counter_terminal.pad_rig import PadRig, pads_of
from hardware.address import DeviceAddressError
from hardware.pads.frames import PadFrame, beep, build_frame, show_ticket, show_waiting
from hardware.pads.pad import CallPad
from hardware.simulators.faults import Fault
from hardware.simulators.pad import SimulatedPadLine
from hardware.status import Health
from shared.settings import Settings
from tools.testing.patience import PATIENCE_S
from tools.testing.pseudo_terminal import open_pseudo_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hardware.simulators.pad import SimulatedPad
    from tools.testing.terminals import Terminal

CALL = build_frame(PadFrame(1, 1, b"\x0c"))
RECALL = build_frame(PadFrame(1, 1, b"\x0d"))
VERY_SATISFIED = build_frame(PadFrame(1, 0x11, b"\x00"))


@pytest.fixture
def new_rigs(terminal: Terminal) -> Iterator[Callable[..., list[PadRig]]]:
    made: list[PadRig] = []

    def make(**settings: str) -> list[PadRig]:
        keys = PadKeys(terminal.view_model, lambda: False)
        for port in pads_of(Settings.model_validate(settings)).ports:
            made.append(PadRig(port, terminal.view_model, keys))
            made[-1].start()
        return made

    yield make
    for rig in made:
        rig.stop(PATIENCE_S)


def wait(qtbot: QtBot, reached: Callable[[], bool]) -> None:
    qtbot.waitUntil(reached, timeout=PATIENCE_S * 1000)


def pad_of(rig: PadRig) -> SimulatedPad:
    line = rig._port.pad._line
    assert isinstance(line, SimulatedPadLine)
    return line._pad


def healths_of(rig: PadRig) -> list[Health]:
    healths: list[Health] = []
    rig.stood.connect(lambda status: healths.append(status.health))
    return healths


def _ends_with(healths: list[Health], health: Health) -> bool:
    return healths[-1:] == [health]


def _was_told(master: int) -> bool:
    try:
        return os.read(master, 100).startswith(b"\xff\x68")
    except BlockingIOError:
        return False


def _shows(terminal: Terminal, number: str) -> bool:
    return terminal.number == number


def rated(terminal: Terminal, number: str) -> int | None:
    return terminal.hall.ticket(f"20261123-{number}").rating


def test_a_pad_calls_and_shows_the_ticket_and_who_waits(
    terminal: Terminal, qtbot: QtBot, new_rigs: Callable[..., list[PadRig]]
) -> None:
    (rig,) = new_rigs(pad="sim://pad/1")
    pad = pad_of(rig)
    wait(qtbot, lambda: show_waiting(1, 5) in pad.told)
    pad.press(CALL)
    wait(qtbot, lambda: terminal.number == "A001")
    wait(qtbot, lambda: pad.told[-2:] == [show_ticket(1, 1), show_waiting(1, 4)])


def test_a_rating_pad_invites_and_is_heard(
    terminal: Terminal, qtbot: QtBot, new_rigs: Callable[..., list[PadRig]]
) -> None:
    (rig,) = new_rigs(rating_pad="sim://pad/1")
    terminal.press(Action.NEXT, Action.FINISH)
    pad = pad_of(rig)
    wait(qtbot, lambda: beep(1) in pad.told)
    pad.press(VERY_SATISFIED)
    wait(qtbot, lambda: rated(terminal, "A001") == 5)
    assert terminal.said == "counter-rated"
    assert show_ticket(1, 0) not in pad.told, "a customer's pad is no display of the clerk's"


def test_both_on_one_line_are_opened_once(terminal: Terminal, new_rigs: Callable[..., list[PadRig]]) -> None:
    assert len(new_rigs(pad="sim://pad/1", rating_pad="sim://pad/1")) == 1
    assert terminal.view_model.ratings.asks


@pytest.mark.expects_log("pad sim://pad/1 is down: garbage")
def test_a_flood_starves_nobody(
    terminal: Terminal, qtbot: QtBot, new_rigs: Callable[..., list[PadRig]]
) -> None:
    """Ten thousand keys at once: a handful is heard, the clerk's own keys work all the while."""
    (rig,) = new_rigs(pad="sim://pad/1")
    healths = healths_of(rig)
    terminal.press(Action.NEXT)
    ran = terminal.worker.ran
    pad_of(rig).press(RECALL * 10_000)
    wait(qtbot, lambda: Health.DOWN in healths)
    ticket = terminal.view_model.state.ticket
    assert ticket is not None
    assert terminal.worker.ran - ran <= 12
    terminal.press(Action.START)
    assert terminal.said == "counter-done-start"


@pytest.mark.expects_log("pad sim://pad/1 is down: unreachable")
def test_a_lost_pad_is_shown_and_shows_again_when_it_is_back(
    terminal: Terminal, qtbot: QtBot, new_rigs: Callable[..., list[PadRig]]
) -> None:
    (rig,) = new_rigs(pad="sim://pad/1")
    pad, healths = pad_of(rig), healths_of(rig)
    wait(qtbot, lambda: show_waiting(1, 5) in pad.told)
    pad.faults.fail(Fault.UNPLUGGED)
    wait(qtbot, lambda: healths[-1:] == [Health.DOWN])
    pad.told.clear()
    pad.faults.recover()
    wait(qtbot, lambda: show_waiting(1, 5) in pad.told)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.expects_log("is down: unreachable")
def test_a_pad_on_a_serial_line_is_pulled_out_and_put_back(
    terminal: Terminal, qtbot: QtBot, new_rigs: Callable[..., list[PadRig]], tmp_path: Path
) -> None:
    name = tmp_path / "ttyPad"
    healths: list[Health] = []
    for number in ("A001", "C001"):
        master, slave = open_pseudo_terminal()
        name.symlink_to(os.ttyname(slave))
        if number == "A001":
            healths = healths_of(*new_rigs(pad=f"pad+serial://{name}"))
        # What it shows arrives only on a line that is open at the other end.
        os.set_blocking(master, False)
        wait(qtbot, partial(_was_told, master))
        os.write(master, b"\xff\x68\x03" + CALL[:4])
        os.write(master, CALL)
        wait(qtbot, partial(_shows, terminal, number))
        terminal.wait(1)
        os.close(slave)
        os.close(master)
        name.unlink()
        wait(qtbot, partial(_ends_with, healths, Health.DOWN))


def test_pads_in_the_settings() -> None:
    typed = pads_of(Settings(pad="pad+keyboard://", rating_pad="sim://pad/2"))
    assert typed.typed is not None
    assert [(port.kind, port.rates) for port in typed.ports] == [("rating_pad", True)]
    assert isinstance(typed.ports[0].pad, CallPad)
    assert pads_of(Settings()).ports == ()
    for url in ("pad+pigeon://roof", "pad+serial:///dev/ttyS0?map=nonesuch"):
        with pytest.raises(DeviceAddressError):
            pads_of(Settings(pad=url))
