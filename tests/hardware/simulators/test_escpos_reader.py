from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hardware.simulators.escpos_reader import Command, EscposReader

PICTURE = b"\x1dv0\x00\x02\x00\x02\x00"
TICKET = b"\x1b@" + PICTURE + b"\x10\x04\x01\xff" + b"A\x10\x04\x04\x1dr\x01\x1bd\x04\x1dVB\x03\x1dV\x00"
TICKET += b"\x1d(H\x06\x00000042\x1c!\x0c"
COMMANDS = [
    Command(b"\x1b@"),
    Command(b"\x1dv0", b"\x00\x02\x00\x02\x00", b"\x10\x04\x01\xff"),
    Command(b"", b"A"),
    Command(b"\x10\x04", b"\x04"),
    Command(b"\x1dr", b"\x01"),
    Command(b"\x1bd", b"\x04"),
    Command(b"\x1dV", b"B", b"\x03"),
    Command(b"\x1dV", b"\x00"),
    Command(b"\x1d(H", b"\x06\x00", b"000042"),
    Command(b"\x1c!", b"\x0c"),
]


@given(st.lists(st.integers(0, len(TICKET)), max_size=8))
def test_commands_are_the_same_however_the_bytes_arrive(cuts: list[int]) -> None:
    reader = EscposReader()
    edges = [0, *sorted(cuts), len(TICKET)]
    pieces = [TICKET[start:end] for start, end in pairwise(edges)]
    assert [command for piece in pieces for command in reader.feed(piece)] == COMMANDS


@given(st.binary(max_size=300))
def test_any_bytes_are_survived_and_none_is_lost(data: bytes) -> None:
    reader = EscposReader()
    read = b"".join(command.name + command.parameters + command.data for command in reader.feed(data))
    assert data.startswith(read)
