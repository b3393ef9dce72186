from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.lines.device_file import DeviceFileLine
from hardware.lines.line import LineError
from hardware.status import Cause
from tools.testing.pseudo_terminal import open_pseudo_terminal

if sys.platform == "win32":
    pytest.skip("Windows has no device files", allow_module_level=True)

import tty

from tools.testing.pseudo_terminal import read_exactly


@pytest.fixture
def printer() -> Iterator[tuple[int, str]]:
    """A pseudo-terminal in raw mode stands in for `/dev/usb/lp0`."""
    master, slave = open_pseudo_terminal()
    tty.setraw(slave)
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def line(printer: tuple[int, str]) -> Iterator[DeviceFileLine]:
    opened = DeviceFileLine(printer[1], write_s=0.1)
    opened.open()
    yield opened
    opened.close()


def test_bytes_go_both_ways_unchanged(printer: tuple[int, str], line: DeviceFileLine) -> None:
    everything = bytes(range(256))
    line.write(everything)
    assert read_exactly(printer[0], 256) == everything
    os.write(printer[0], b"\x12\x11\x13")
    assert line.read(3, 1) == b"\x12\x11\x13"


def test_silence_reads_as_nothing(line: DeviceFileLine) -> None:
    assert line.read(1, 0) == b""


def test_what_was_said_unasked_is_discarded(printer: tuple[int, str], line: DeviceFileLine) -> None:
    os.write(printer[0], b"noise")
    assert line.read(1, 1) == b"n"
    line.discard_input()
    assert line.read(1, 0) == b""


def test_a_printer_that_takes_no_more_is_a_time_out_that_counts_what_went(line: DeviceFileLine) -> None:
    with pytest.raises(LineError) as caught:
        line.write(bytes(1_000_000))
    assert caught.value.cause is Cause.TIMEOUT
    assert 0 < caught.value.sent < 1_000_000


def test_a_printer_that_is_not_there_is_unreachable(tmp_path: Path) -> None:
    with pytest.raises(LineError) as caught:
        DeviceFileLine(str(tmp_path / "lp0")).open()
    assert caught.value.cause is Cause.UNREACHABLE


def test_where_there_are_no_such_files_it_says_what_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "O_NONBLOCK")
    with pytest.raises(LineError, match=r"escpos\+usb://04b8:0202"):
        DeviceFileLine("/dev/usb/lp0").open()


def test_a_printer_that_is_pulled_out_and_plugged_in_again_is_found(tmp_path: Path) -> None:
    name = tmp_path / "lp0"
    line = DeviceFileLine(str(name))
    for ticket in (b"one", b"two"):
        master, slave = open_pseudo_terminal()
        tty.setraw(slave)
        name.symlink_to(os.ttyname(slave))
        line.open()
        line.write(ticket)
        assert read_exactly(master, 3) == ticket
        os.close(slave)
        os.close(master)
        name.unlink()
        with pytest.raises(LineError):
            line.write(b"lost")
        line.close()


def test_a_closed_line_takes_nothing(line: DeviceFileLine) -> None:
    line.close()
    line.close()
    with pytest.raises(LineError):
        line.write(b"x")
