from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.lines.line import LineError
from hardware.lines.serial_port import SerialLine, SerialSettings
from hardware.status import Cause
from tools.testing.pseudo_terminal import open_pseudo_terminal, read_exactly

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")


@pytest.fixture
def pseudo_terminal() -> Iterator[tuple[int, str]]:
    master, slave = open_pseudo_terminal()
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def line(pseudo_terminal: tuple[int, str]) -> Iterator[SerialLine]:
    serial_line = SerialLine(pseudo_terminal[1], SerialSettings(), write_s=0.2)
    yield serial_line
    serial_line.close()


def test_bytes_go_both_ways_unchanged(pseudo_terminal: tuple[int, str], line: SerialLine) -> None:
    everything = bytes(range(256))
    line.open()
    line.write(everything)
    assert read_exactly(pseudo_terminal[0], 256) == everything
    os.write(pseudo_terminal[0], b"\x0d\x11\x12")
    assert line.read(3, 1) == b"\x0d\x11\x12"


def test_silence_reads_as_nothing(line: SerialLine) -> None:
    line.open()
    assert line.read(1, 0.01) == b""


def test_two_programs_cannot_have_one_port(pseudo_terminal: tuple[int, str], line: SerialLine) -> None:
    line.open()
    with pytest.raises(LineError) as caught:
        SerialLine(pseudo_terminal[1], SerialSettings()).open()
    assert caught.value.cause is Cause.BUSY


def test_a_port_that_our_account_may_not_use_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(LineError) as caught:
        SerialLine("/dev/ttyS0", SerialSettings()).open()
    assert caught.value.cause is Cause.NO_PERMISSION


def test_a_port_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(LineError) as caught:
        SerialLine("/dev/no-such-port", SerialSettings()).open()
    assert caught.value.cause is Cause.UNREACHABLE


def test_a_full_line_is_a_time_out(line: SerialLine) -> None:
    line.open()
    with pytest.raises(LineError) as caught:
        line.write(bytes(1_000_000))
    assert caught.value.cause is Cause.TIMEOUT


def test_what_was_said_unasked_is_discarded(pseudo_terminal: tuple[int, str], line: SerialLine) -> None:
    line.open()
    os.write(pseudo_terminal[0], b"noise")
    assert line.read(1, 1) == b"n"
    line.discard_input()
    assert line.read(1, 0.01) == b""


def test_closing_twice_is_harmless_and_a_closed_line_takes_nothing(line: SerialLine) -> None:
    line.open()
    line.close()
    line.close()
    with pytest.raises(LineError):
        line.write(b"x")


def test_an_adapter_that_is_pulled_out_and_plugged_in_again_is_found(tmp_path: Path) -> None:
    name = tmp_path / "usb-adapter"
    line = SerialLine(str(name), SerialSettings(), write_s=0.2)
    for ticket in (b"one", b"two"):
        master, slave = open_pseudo_terminal()
        name.symlink_to(os.ttyname(slave))
        line.open()
        line.write(ticket)
        assert read_exactly(master, 3) == ticket
        os.close(slave)
        os.close(master)
        name.unlink()
        with pytest.raises(LineError) as caught:
            line.read(1, 0.1)
        assert caught.value.cause is Cause.UNREACHABLE
        line.close()


@pytest.mark.parametrize(
    ("flow", "flags"),
    [
        ("none", (False, False, False)),
        ("xonxoff", (True, False, False)),
        ("rtscts", (False, True, False)),
        ("dsrdtr", (False, False, True)),
    ],
)
def test_flow_control_is_as_configured(
    flow: str, flags: tuple[bool, bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: dict[str, Any] = {}
    monkeypatch.setattr("serial.Serial", lambda _, **options: opened.update(options))
    SerialLine("COM3", SerialSettings(19_200, 7, "E", 2, flow), write_s=1.5).open()
    assert (opened["xonxoff"], opened["rtscts"], opened["dsrdtr"]) == flags
    assert (opened["baudrate"], opened["bytesize"], opened["parity"], opened["stopbits"]) == (
        19_200,
        7,
        "E",
        2,
    )
    assert (opened["exclusive"], opened["write_timeout"], opened["timeout"]) == (True, 1.5, 0)


@pytest.mark.parametrize(
    "use",
    [
        lambda line: line.discard_input(),
        lambda line: line.write(b"A001"),
        lambda line: line.read(1, 0.5),
    ],
    ids=["discard", "write", "read"],
)
def test_a_port_that_is_pulled_out_is_unreachable_whatever_is_done_with_it(
    use: Callable[[SerialLine], object],
) -> None:
    master, slave = open_pseudo_terminal()
    line = SerialLine(os.ttyname(slave), SerialSettings())
    line.open()
    os.close(slave)
    os.close(master)
    with pytest.raises(LineError) as caught:
        use(line)
    assert caught.value.cause is Cause.UNREACHABLE
    line.close()
