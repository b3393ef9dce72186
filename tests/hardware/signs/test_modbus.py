"""Against the server of `pymodbus`, which we did not write: one RS-485 line with signs 1 and 2 on it."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from pymodbus.framer import FramerType
from pymodbus.pdu import ModbusPDU
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from hardware.lines.tcp import TcpLine
from hardware.signs.frame_parts import FrameError
from hardware.signs.modbus import ModbusDriver, Registers, with_check, write_number, write_text
from hardware.signs.opening import open_sign
from hardware.signs.shared_lines import SharedLines
from hardware.signs.sign import SignTexts
from hardware.status import Cause, Health
from tools.testing.patience import PATIENCE_S
from tools.testing.pseudo_terminal import open_pseudo_terminal

SIX = Registers(0, 6)


def test_frames_are_as_computed_by_others(vectors: dict[str, Any]) -> None:
    assert write_text(1, SIX, "A023") == bytes.fromhex(vectors["modbus"]["write6_A023"])
    assert write_number(1, Registers(7, 0), "A023") == bytes.fromhex(vectors["modbus"]["reg7_int_23"])
    for name in ("resp", "illegal_addr_exc"):
        frame = bytes.fromhex(vectors["modbus"][name])
        assert with_check(frame[:-2]) == frame


def test_segments_show_no_question_marks_for_chinese() -> None:
    assert write_text(1, SIX, "请A023号到3号窗口") == write_text(1, SIX, "A023 3")
    assert write_text(1, SIX, "暂停服务") == write_text(1, SIX, "")


def test_a_number_too_large_for_a_register_is_refused() -> None:
    with pytest.raises(FrameError, match="does not fit"):
        write_number(1, Registers(0, 0), "70000")


@dataclass
class Signs:
    """What the server's registers were told, by device."""

    written: list[tuple[int, int, list[int]]] = field(default_factory=list)

    def trace(self, sending: bool, pdu: ModbusPDU) -> ModbusPDU:
        if not sending and pdu.dev_id in {1, 2}:
            self.written.append((pdu.dev_id, pdu.address, list(pdu.registers)))
        return pdu

    @property
    def texts(self) -> list[tuple[int, str]]:
        return [(device, "".join(map(chr, values)).rstrip()) for device, _, values in self.written]


def third_is_dead(sending: bool, packet: bytes) -> bytes:
    """Sign 3 never answers."""
    return b"" if sending and packet[0] == 3 else packet


def devices() -> list[SimDevice]:
    return [
        SimDevice(number, simdata=[SimData(0, count=8, values=0, datatype=DataType.REGISTERS)])
        for number in (1, 2, 3)
    ]


class ServerThread(threading.Thread):
    """A pymodbus server in its own event loop."""

    def __init__(self, make: Callable[[], Any]) -> None:
        super().__init__(name="pymodbus")
        self.ready = threading.Event()
        self.port = 0
        self._make = make

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._server = self._make()
        await self._server.serve_forever(background=True)
        for listener in getattr(self._server.transport, "sockets", ()):
            self.port = listener.getsockname()[1]
        self.ready.set()
        with suppress(asyncio.CancelledError):
            await self._server.serving

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._server.shutdown(), self._loop).result(PATIENCE_S)
        self.join()


@pytest.fixture
def signs() -> Signs:
    return Signs()


@pytest.fixture
def tcp_port(signs: Signs) -> Iterator[int]:
    thread = ServerThread(
        lambda: ModbusTcpServer(
            devices(),
            framer=FramerType.RTU,
            address=("127.0.0.1", 0),
            trace_packet=third_is_dead,
            trace_pdu=signs.trace,
        )
    )
    thread.start()
    assert thread.ready.wait(PATIENCE_S)
    yield thread.port
    thread.stop()


def test_it_understands_our_text_and_its_answer_is_understood(tcp_port: int, signs: Signs) -> None:
    sign = open_sign(
        f"sign+tcp://127.0.0.1:{tcp_port}?preset=modbus_text&address=2&answer_ms=5000", SignTexts("{number}")
    )
    assert sign.show_call("A023", "3").health is Health.OK
    sign.close()
    assert signs.texts == [(2, "A023")]


def test_it_understands_our_number(tcp_port: int, signs: Signs) -> None:
    sign = open_sign(
        f"sign+tcp://127.0.0.1:{tcp_port}?preset=modbus_number&register=7&answer_ms=5000", SignTexts()
    )
    assert sign.show_call("A023", "3").health is Health.OK
    sign.close()
    assert signs.written == [(1, 7, [23])]


@pytest.mark.expects_log("is down: write_failed")
def test_its_refusal_is_told(tcp_port: int) -> None:
    sign = open_sign(
        f"sign+tcp://127.0.0.1:{tcp_port}?preset=modbus_text&characters=9&answer_ms=5000", SignTexts()
    )
    status = sign.show("A023")
    sign.close()
    assert (status.health, status.cause) == (Health.DOWN, Cause.WRITE_FAILED)
    assert "illegal data address" in status.detail


def test_a_sign_that_is_not_there_is_silent(tcp_port: int) -> None:
    line = TcpLine("127.0.0.1", tcp_port)
    line.open()
    status = ModbusDriver(3, SIX, answer_s=0.2).paint(line, "A023")
    line.close()
    assert (status.health, status.cause) == (Health.DOWN, Cause.NO_ANSWER)


def carry(one: int, other: int, stop: int) -> None:
    """Be the cable between two pseudo-terminals, until something is written to `stop`."""
    while True:
        readable, _, _ = select.select((one, other, stop), (), ())
        if stop in readable:
            return
        for source, target in ((one, other), (other, one)):
            if source in readable:
                os.write(target, os.read(source, 4096))


@pytest.fixture
def cable(signs: Signs) -> Iterator[str]:
    """Our end of a serial line, a pymodbus server at the other."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are a POSIX thing")
    (our_master, ours), (their_master, theirs) = open_pseudo_terminal(), open_pseudo_terminal()
    stop_reading, stop = os.pipe()
    carrier = threading.Thread(target=carry, args=(our_master, their_master, stop_reading), name="cable")
    carrier.start()
    server = ServerThread(
        lambda: ModbusSerialServer(
            devices(),
            port=os.ttyname(theirs),
            baudrate=9600,
            trace_packet=third_is_dead,
            trace_pdu=signs.trace,
        )
    )
    server.start()
    assert server.ready.wait(PATIENCE_S)
    yield os.ttyname(ours)
    server.stop()
    os.write(stop, b"x")
    carrier.join()
    for file in (our_master, ours, their_master, theirs, stop_reading, stop):
        os.close(file)


@pytest.mark.expects_log("is down: no_answer")
def test_signs_on_one_serial_line_take_turns_and_a_dead_one_does_not_hold_up_the_others(
    cable: str, signs: Signs
) -> None:
    lines = SharedLines()
    answer_ms = {1: 5000, 2: 5000, 3: 50}
    on_line = {
        number: open_sign(
            f"sign+serial://{cable}?preset=modbus_text&address={number}&answer_ms={patience}",
            SignTexts("{number}"),
            lines=lines,
        )
        for number, patience in answer_ms.items()
    }
    health: dict[int, list[Health]] = {1: [], 2: [], 3: []}

    def call(number: int) -> None:
        health[number] += [on_line[number].show_call(f"A{ticket:03d}", "3").health for ticket in range(5)]

    threads = [threading.Thread(target=call, args=(number,), name=f"lane {number}") for number in on_line]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for sign in on_line.values():
        sign.close()
    assert health == {1: [Health.OK] * 5, 2: [Health.OK] * 5, 3: [Health.DOWN] * 5}
    for number in (1, 2):
        assert [text for device, text in signs.texts if device == number] == [f"A{n:03d}" for n in range(5)]
