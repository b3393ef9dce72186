"""What must hold for any bytes at all. Hypothesis tries each in every test run, atheris for as long as one likes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from itertools import chain

from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadAction
from hardware.pads.frames import PadFrame, PadFrameReader, build_frame
from hardware.pads.key_map import PadMapError, load_map, read_map, shipped_maps
from hardware.pads.scanner import CodeDecoder, ScanLines
from shared.domain.errors import Refused
from shared.domain.ticket_code import read_ticket_code

LONGEST_CODE = 512
LONGEST_NUMBER = 64
_SOUND = build_frame(PadFrame(1, 1, b"\x0c"))
_MAPS = [load_map(name) for name in shipped_maps()]


def frames(data: bytes) -> None:
    """Only what was sent is found, however it is cut, and a sound frame after a pause is never lost."""
    whole, cut = PadFrameReader(), PadFrameReader()
    found = [*whole.feed(data), *whole.give_up_waiting()]
    pieces = [cut.feed(data[place : place + 3]) for place in range(0, len(data), 3)]
    assert [*chain.from_iterable(pieces), *cut.give_up_waiting()] == found
    assert all(build_frame(frame) in data for frame in found)
    assert whole.feed(_SOUND) == [PadFrame(1, 1, b"\x0c")]


def pads(data: bytes) -> None:
    """Every shipped pad makes known events of anything, and digits of nothing else."""
    for pad_map in _MAPS:
        decoder = decoder_for(pad_map)
        for event in (*decoder.feed(data), *decoder.pause()):
            assert event.action in PadAction
            assert event.digits or event.action is not PadAction.NUMBER
            assert not event.digits or event.action in (PadAction.NUMBER, PadAction.CALL)
            assert not event.typed or (event.typed.isascii() and event.typed.isdigit())
            assert len(event.typed) <= LONGEST_NUMBER


def scans(data: bytes) -> None:
    """Codes are printable and short, from a line and from a keyboard."""
    decoder = CodeDecoder()
    on_line = [*decoder.feed(data), *decoder.pause()]
    typed = ScanLines().feed(data.decode("utf-8", errors="replace"), 1.0)
    assert all(code.isprintable() and len(code) <= LONGEST_CODE + 1 for code in (*on_line, *typed))


def codes(data: bytes) -> None:
    """A scanned text is a ticket's code, letter by letter, or is refused."""
    text = data.decode("utf-8", errors="replace")
    try:
        found = read_ticket_code(text)
    except Refused:
        return
    assert str(found) == text.strip()


def key_maps(data: bytes) -> None:
    """A key map is read or refused with a reason."""
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except ValueError:
        return
    try:
        assert read_map("fuzzed", table).name == "fuzzed"
    except PadMapError as error:
        assert str(error).startswith("fuzzed: ")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__.replace("_", "-"): target for target in (frames, pads, scans, codes, key_maps)
}

SEEDS: dict[str, tuple[bytes, ...]] = {
    "frames": (_SOUND, b"\xff\x68\x20\x20\x68" + _SOUND, _SOUND[:5]),
    "pads": (
        _SOUND,
        build_frame(PadFrame(1, 1, b"\x00\x02\x03\x0f")),
        build_frame(PadFrame(1, 1, b"\x00\x02\x03\x0c")),
        b"6\r\n+\r\n1023\n023+\n",
        b"CRN5",
    ),
    "scans": (b"jiaohao:hall/20261123-A023\r\n",),
    "codes": (b"jiaohao:hall/20261123-A023", b"6901234567892"),
    "key-maps": (
        b'protocol = "bytes"\nbaud = 2400\nconfirm = "0F"\n[keys]\n"A1" = "call"\n[ratings]\n"B1" = "rate_5"\n',
    ),
}
"""Sound inputs to begin with, so that the fuzzer need not guess a checksum."""
