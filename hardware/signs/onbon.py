"""Onbon (仰邦) BX-5K and BX-6K controllers: a text in a realtime area, over TCP 5005 or a serial line.

Source: frames that are printed in public documentation of the vendor's realtime protocol and of signs built on it; they
are in the tests. A frame is eight bytes A5, the body with A5, A6, 5A and 5B escaped, and 5A; the body is a header of 14
bytes, the data, and CRC-16/ARC over both.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from hardware.gbk import encode_printable
from hardware.lines.line import Line
from hardware.signs.checksums import CHECKSUMS
from hardware.signs.frame_parts import FrameError
from hardware.status import OK, Cause, DeviceStatus, down, unknown

DEFAULT_PORT = 5005
DEFAULT_BAUD = 57_600
_LEAD, _END = b"\xa5" * 8, b"\x5a"
_ESCAPES = ((b"\xa6", b"\xa6\x01"), (b"\xa5", b"\xa6\x02"), (b"\x5b", b"\x5b\x01"), (b"\x5a", b"\x5b\x02"))
_SOURCE = b"\x00\x80"
_DEVICE_TYPE, _PROTOCOL_VERSION = 0xFE, 0x02
_HEADER_BYTES, _CHECK_BYTES = 14, 2
_LONGEST_ANSWER = 300
_ACKNOWLEDGED, _REFUSED = b"\xa0\x00", b"\xa0\x01"


@dataclass(frozen=True, slots=True)
class RealtimeArea:
    """A rectangle of the sign and how texts come on it. Horizontal sizes are in the controller's unit.

    `mode` 1 stands still, 3 moves to the left; `speed` 0 is fastest; `stay` is in half seconds; `single_line` 1 is one
    line, 2 several. `reserved` is two bytes that published frames fill differently.
    """

    x: int = 0
    y: int = 0
    width: int = 64
    height: int = 32
    location: int = 0
    line_spacing: int = 0
    run_mode: int = 0
    timeout: int = 2
    single_line: int = 1
    new_line: int = 1
    mode: int = 1
    exit_mode: int = 0
    speed: int = 0
    stay: int = 10
    reserved: int = 0


def build_frame(data: bytes, address: int = 1) -> bytes:
    """The frame that carries `data` to a controller. Raises FrameError when it is too long."""
    if len(data) > 0xFFFF:
        raise FrameError(f"{len(data)} bytes do not fit into one frame")
    header = address.to_bytes(2, "little") + _SOURCE + bytes(6) + bytes((_DEVICE_TYPE, _PROTOCOL_VERSION))
    body = header + len(data).to_bytes(2, "little") + data
    body += CHECKSUMS["crc16_arc_le"](body)
    for plain, escaped in _ESCAPES:
        body = body.replace(plain, escaped)
    return _LEAD + body + _END


def read_frame(frame: bytes) -> bytes:
    """The data in a frame. Raises FrameError when anything about it is wrong."""
    body = frame.lstrip(b"\xa5").removesuffix(_END)
    for plain, escaped in reversed(_ESCAPES):
        body = body.replace(escaped, plain)
    data, check = body[_HEADER_BYTES:-_CHECK_BYTES], body[-_CHECK_BYTES:]
    is_whole = (
        frame.startswith(b"\xa5") and frame.endswith(_END) and len(body) >= _HEADER_BYTES + _CHECK_BYTES
    )
    if not is_whole or int.from_bytes(body[12:14], "little") != len(data):
        raise FrameError(f"half a frame: {frame.hex(' ').upper()}")
    if CHECKSUMS["crc16_arc_le"](body[:-_CHECK_BYTES]) != check:
        raise FrameError(f"wrong checksum: {frame.hex(' ').upper()}")
    return data


def realtime_text(text: bytes, area: RealtimeArea, *, answer: bool = True) -> bytes:
    """The data of a command that shows `text` in a realtime area until another is sent."""
    shorts = b"".join(value.to_bytes(2, "little") for value in (area.x, area.y, area.width, area.height))
    modes = bytes((area.single_line, area.new_line, area.mode, area.exit_mode, area.speed, area.stay))
    content = (
        b"\x00"
        + shorts
        + bytes((area.location, area.line_spacing, area.run_mode))
        + area.timeout.to_bytes(2, "little")
        + bytes(3)
        + modes
        + len(text).to_bytes(4, "little")
        + text
    )
    command = b"\xa3\x06" + bytes((1 if answer else 2,)) + area.reserved.to_bytes(2, "little")
    return command + b"\x00\x01" + len(content).to_bytes(2, "little") + content


class OnbonDriver:
    """One controller, which acknowledges texts.

    Silence is unknown and not down, as no answer of a controller was published: a wrong guess must not keep texts back.
    """

    title = "Onbon BX"
    shows_digits_only = False

    def __init__(self, address: int, area: RealtimeArea, answer_s: float = 1.0) -> None:
        self._address = address
        self._area = area
        self._answer_s = answer_s

    def paint(self, line: Line, text: str) -> DeviceStatus:
        """Show `text`, and wait for the acknowledgement where the line can bring one. An empty text is a space."""
        written = b"".join(encode_printable(text or " ", "gbk"))
        frame = build_frame(realtime_text(written, self._area, answer=line.answers), self._address)
        if not line.answers:
            line.write(frame)
            return OK if line.keeps else unknown(Cause.NO_ANSWER)
        line.discard_input()
        line.write(frame)
        return self._judge(_receive(line, self._answer_s))

    def _judge(self, received: bytes) -> DeviceStatus:
        if not received:
            return unknown(Cause.NO_ANSWER, "the controller is silent")
        try:
            data = read_frame(received)
        except FrameError as error:
            return unknown(Cause.GARBAGE, str(error))
        if data.startswith(_ACKNOWLEDGED):
            return OK
        if data.startswith(_REFUSED):
            return down(Cause.WRITE_FAILED, f"the controller refused: {data.hex(' ').upper()}")
        return unknown(Cause.GARBAGE, data.hex(" ").upper())


def _receive(line: Line, wait_s: float) -> bytes:
    """One frame from A5 to 5A, or what of it came in time."""
    received = b""
    give_up = time.monotonic() + wait_s
    while len(received) < _LONGEST_ANSWER and (left := give_up - time.monotonic()) > 0:
        byte = line.read(1, left)
        if not byte:
            break
        received += byte
        if byte == _END:
            break
    return received
