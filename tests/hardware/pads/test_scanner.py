from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.pads.scanner import ScanLines

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
