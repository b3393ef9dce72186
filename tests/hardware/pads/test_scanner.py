from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.address import DeviceAddressError
from hardware.pads.opening import is_typing_scanner, open_scanner
from hardware.pads.scanner import CodeDecoder, ScanLines
from hardware.simulators.bench import SimulatorBench
from hardware.status import Health

CODE = "https://q.example.cn/t/renmin/2026-11-23/A023"


def test_what_is_typed_in_one_breath_is_a_code() -> None:
    scanner = ScanLines()
    codes = [scanner.feed(character, 100 + index * 0.01) for index, character in enumerate(CODE + "\r\n")]
    assert [code for found in codes for code in found] == [CODE]


def test_what_a_person_typed_before_is_no_part_of_it() -> None:
    scanner = ScanLines()
    scanner.feed("6", 100)
    assert scanner.feed(CODE + "\n", 101) == (CODE,)


def test_two_scans_in_one_piece_are_two_codes() -> None:
    assert ScanLines().feed("A023\rB107\t", 1) == ("A023", "B107")


def test_a_key_and_enter_are_no_scan() -> None:
    assert ScanLines().feed("6\n", 1) == ()


def test_endless_codes_are_refused() -> None:
    assert ScanLines().feed("x" * 10_000 + "\n", 1) == ()


@given(st.lists(st.tuples(st.text(max_size=40), st.floats(0, 1))))
def test_whatever_is_typed_codes_are_printable_and_short(typed: list[tuple[str, float]]) -> None:
    scanner, now = ScanLines(), 0.0
    for text, pause in typed:
        now += pause
        assert all(code.isprintable() and len(code) <= 512 for code in scanner.feed(text, now))


def test_codes_of_a_scanner_on_a_line_however_they_are_cut() -> None:
    decoder = CodeDecoder()
    pieces = [b"jiaohao:h/2026", b"1123-A023\r", b"\nB107\n"]
    assert [code for piece in pieces for code in decoder.feed(piece)] == ["jiaohao:h/20261123-A023", "B107"]


def test_a_scanner_that_sends_no_end_mark_ends_with_a_pause() -> None:
    now, codes = [100.0], list[str]()
    bench = SimulatorBench()
    scanner = open_scanner("sim://scanner/1", codes.append, bench=bench, monotonic=lambda: now[0])
    bench.pads["scanner-1"].press(CODE.encode())
    scanner.poll()
    assert codes == []
    now[0] += 1
    assert scanner.poll().health is Health.OK
    assert codes == [CODE]


@given(st.lists(st.binary(max_size=700), max_size=6))
def test_whatever_a_line_brings_codes_are_printable_and_short(pieces: list[bytes]) -> None:
    decoder = CodeDecoder()
    codes = [code for piece in pieces for code in (*decoder.feed(piece), *decoder.pause())]
    assert all(code.isprintable() and 3 <= len(code) <= 513 for code in codes)


@pytest.mark.parametrize("url", ["scan+serial://", "scan+tcp://host", "pad+tcp://host:1", "scan+keyboard://"])
def test_a_url_that_is_no_scanner_with_a_line_is_refused(url: str) -> None:
    with pytest.raises(DeviceAddressError):
        open_scanner(url, print)
    assert is_typing_scanner(url) is url.startswith("scan+keyboard")
