from __future__ import annotations

import socket
import threading

import pytest

from hardware.address import DeviceAddressError
from hardware.lines.file import FileLine
from hardware.signs.opening import open_sign
from hardware.signs.shared_lines import SharedLine, SharedLines
from hardware.signs.sign import SignTexts
from tools.testing.patience import PATIENCE_S


class Recorder(FileLine):
    """A line that opens nothing."""

    def __init__(self) -> None:
        self.name = "recorder"


def test_signs_on_one_port_get_one_line() -> None:
    lines = SharedLines()
    made = [lines.get("/dev/ttyUSB0", {"baud": 9600}, 9600, Recorder) for _ in range(2)]
    assert made[0] is made[1]
    assert lines.get("/dev/ttyUSB1", {"baud": 9600}, 9600, Recorder) is not made[0]


def test_signs_behind_one_serial_server_share_one_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        lines = SharedLines()
        where = f"sign+tcp://127.0.0.1:{server.getsockname()[1]}?preset=xunpeng_digits"
        fifth, sixth = (
            open_sign(f"{where}&address={address}", SignTexts(), lines=lines) for address in (5, 6)
        )
        fifth.show("999")
        sixth.show("998")
        peer, _ = server.accept()
        with peer:
            peer.settimeout(PATIENCE_S)
            assert peer.recv(8, socket.MSG_WAITALL) == bytes.fromhex("05 03 E7 EF 06 03 E6 EF")
        fifth.close()


def test_two_signs_that_want_different_rates_on_one_port_are_refused() -> None:
    lines = SharedLines()
    open_sign("sign+serial:///dev/ttyUSB0?address=1", SignTexts(), lines=lines)
    open_sign("sign+serial:///dev/ttyUSB0?address=2", SignTexts(), lines=lines)
    with pytest.raises(DeviceAddressError, match="different settings"):
        open_sign("sign+serial:///dev/ttyUSB0?address=3&baud=4800", SignTexts(), lines=lines)


@pytest.mark.parametrize("option", ["baud", "connect_ms", "write_ms"])
def test_two_signs_behind_one_serial_server_that_write_different_options_are_refused(option: str) -> None:
    lines = SharedLines()
    where = "sign+tcp://192.0.2.1:4001?preset"
    open_sign(f"{where}=modbus_text&{option}=2400", SignTexts(), lines=lines)
    with pytest.raises(DeviceAddressError, match=f"different settings: {option}=2400 and {option}=4800"):
        open_sign(f"{where}=modbus_text&address=2&{option}=4800", SignTexts(), lines=lines)
    open_sign(f"{where}=modbus_text&address=2&{option}=2400", SignTexts(), lines=lines)
    open_sign("sign+tcp://192.0.2.1:4002?preset=modbus_text&baud=4800", SignTexts(), lines=lines)


def test_a_sign_that_writes_no_options_joins_the_connection_whatever_its_kinds_usual_rate() -> None:
    lines = SharedLines()
    where = "sign+tcp://192.0.2.1:4001?preset"
    open_sign(f"{where}=onbon", SignTexts(), lines=lines)
    open_sign(f"{where}=modbus_text&address=2&baud=2400", SignTexts(), lines=lines)
    open_sign(f"{where}=modbus_number&address=3", SignTexts(), lines=lines)
    with pytest.raises(DeviceAddressError, match="different settings: baud=2400 and baud=4800"):
        open_sign(f"{where}=modbus_text&address=4&baud=4800", SignTexts(), lines=lines)


def test_silence_parts_two_turns() -> None:
    now = [100.0]
    waits: list[float] = []
    shared = SharedLine(Recorder(), 0.05, monotonic=lambda: now[0], sleep=waits.append)
    with shared.turn():
        now[0] += 1
    now[0] += 0.02
    with shared.turn():
        pass
    assert waits == [pytest.approx(0.03)]


def test_a_turn_is_had_alone() -> None:
    shared = SharedLine(Recorder())
    inside, let_go = threading.Event(), threading.Event()
    order: list[str] = []

    def first() -> None:
        with shared.turn():
            inside.set()
            let_go.wait(PATIENCE_S)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(PATIENCE_S)
    let_go.set()
    with shared.turn():
        order.append("second")
    thread.join()
    assert order == ["first", "second"]
