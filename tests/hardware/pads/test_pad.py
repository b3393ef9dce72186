from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from hardware.address import DeviceAddressError
from hardware.pads.events import PadAction, PadEvent
from hardware.pads.frames import PadFrame, build_frame, show_ticket
from hardware.pads.opening import open_pad, typed_map
from hardware.pads.pad import CallPad
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.simulators.pad import SimulatedPad
from hardware.status import Cause, Health
from tools.testing.pseudo_terminal import open_pseudo_terminal, read_exactly

CALL = build_frame(PadFrame(1, 1, b"\x0c"))


class Desk:
    """A simulated pad, what it told, and the time."""

    def __init__(self, options: str = "") -> None:
        self.now = 100.0
        self.events: list[PadEvent] = []
        bench = SimulatorBench()
        self.pad: CallPad = open_pad(
            f"sim://pad/1{options}", self.events.append, bench=bench, monotonic=lambda: self.now
        )
        self.keys: SimulatedPad = bench.pads["1"]

    @property
    def actions(self) -> list[PadAction]:
        return [event.action for event in self.events]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_key_is_told_when_it_is_polled(desk: Desk) -> None:
    assert desk.pad.status().health is Health.UNKNOWN
    desk.keys.press(CALL)
    assert not desk.events
    assert desk.pad.poll().health is Health.OK
    assert desk.events == [PadEvent(PadAction.CALL, 1)]


def test_the_hall_shows_things_on_it(desk: Desk) -> None:
    desk.pad.show_ticket(1, 23)
    desk.pad.show_waiting(1, 5)
    desk.pad.beep(1)
    desk.pad.acknowledge_rating(2, 0)
    assert desk.keys.told[0] == show_ticket(1, 23)
    assert len(desk.keys.told) == 4


def test_a_pad_without_a_display_is_told_nothing() -> None:
    desk = Desk("?map=single_byte")
    desk.pad.show_ticket(1, 23)
    assert desk.keys.told == []


def test_half_a_frame_is_forgotten_when_nothing_follows(desk: Desk) -> None:
    desk.keys.press(b"\xff\x68\x20\x20\x68" + CALL)
    desk.pad.poll()
    assert not desk.events
    desk.now += 0.6
    desk.pad.poll()
    assert desk.actions == [PadAction.CALL]


def test_a_flood_is_taken_in_portions(desk: Desk) -> None:
    desk.keys.press(b"\xff" * 5000 + CALL)
    desk.pad.poll()
    assert not desk.events
    for _ in range(5):
        desk.pad.poll()
    assert desk.actions == [PadAction.CALL]


@pytest.mark.expects_log("pad sim://pad/1 is down: garbage")
def test_a_flood_of_keys_is_not_listened_to_until_it_is_quiet(desk: Desk) -> None:
    desk.keys.press(CALL * 1000)
    for _ in range(20):
        desk.pad.poll()
    assert 0 < len(desk.events) <= 12
    assert desk.pad.status().health is Health.DOWN
    heard = len(desk.events)
    desk.now += 5
    assert desk.pad.poll().health is Health.OK
    desk.keys.press(CALL)
    desk.pad.poll()
    assert len(desk.events) == heard + 1


def test_a_rating_is_acknowledged_at_once(desk: Desk, vectors: dict[str, Any]) -> None:
    desk.keys.press(bytes.fromhex(vectors["call_pad"]["evaluator_result_0"]))
    desk.pad.poll()
    assert desk.actions == [PadAction.RATE_5]
    assert desk.keys.told == [bytes.fromhex(vectors["call_pad"]["host_ack_result_0"])]


def test_a_pad_may_have_an_address_of_its_own() -> None:
    assert Desk("?address=7").pad.address == 7


def test_a_pad_that_types_has_a_map_and_no_line() -> None:
    pad_map = typed_map("pad+keyboard://")
    assert pad_map is not None
    assert pad_map.name == "keyboard_digits"
    assert typed_map("pad+serial:///dev/ttyUSB0") is None
    for url in ("pad+keyboard://?map=call_pad_21", "pad+keyboard://?mpa=x", "pad+keyboard://?map=none"):
        with pytest.raises(DeviceAddressError):
            typed_map(url)
    with pytest.raises(DeviceAddressError):
        open_pad("pad+keyboard://", print)


@pytest.mark.expects_log("pad sim://pad/1 is down: unreachable")
def test_a_pad_that_was_pulled_out_is_looked_for_again(desk: Desk) -> None:
    desk.keys.faults.fail(Fault.UNPLUGGED)
    assert desk.pad.poll().cause is Cause.UNREACHABLE
    desk.keys.faults.recover()
    desk.keys.press(CALL)
    assert desk.pad.poll().health is Health.DOWN
    desk.now += 1
    assert desk.pad.poll().health is Health.OK
    assert desk.actions == [PadAction.CALL]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.expects_log("is down: unreachable")
def test_a_pad_on_a_serial_line_survives_losing_its_adapter(tmp_path: Path) -> None:
    name = tmp_path / "adapter"
    now = [100.0]
    events: list[PadEvent] = []
    pad = open_pad(f"pad+serial://{name}", events.append, monotonic=lambda: now[0])
    for _ in range(2):
        master, slave = open_pseudo_terminal()
        name.symlink_to(os.ttyname(slave))
        now[0] += 60
        pad.poll()
        pad.beep(1)
        assert read_exactly(master, 9) == bytes.fromhex("FF 68 02 02 68 01 03 04 16")
        os.write(master, CALL)
        pad.poll()
        os.close(slave)
        os.close(master)
        name.unlink()
        assert pad.poll().health is Health.DOWN
    assert [event.action for event in events] == [PadAction.CALL] * 2


@pytest.mark.parametrize(
    "url",
    [
        "pad+serial://",
        "pad+tcp://host",
        "pad+serial:///dev/ttyS0?map=nonesuch",
        "pad+serial:///dev/ttyS0?mpa=call_pad_21",
        "sim://pad",
        "sign+tcp://host:1",
    ],
)
def test_a_url_that_is_no_pad_is_refused(url: str) -> None:
    with pytest.raises(DeviceAddressError):
        open_pad(url, print)
