"""Seven-segment signs that speak Modbus RTU, as DM36-B06: text as one character a register, or one whole number.

Frames of our own rather than a client library, since signs on one RS-485 line share its port and take turns. Source:
Modbus application protocol 1.1b3, functions 6 and 16, and "Modbus over serial line" 1.02 for frame and checksum.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from hardware.lines.line import Line
from hardware.signs.checksums import CHECKSUMS
from hardware.signs.frame_parts import FrameError
from hardware.signs.texts import legible
from hardware.status import OK, Cause, DeviceStatus, down, unknown

DEFAULT_BAUD = 9600
_WRITE_ONE, _WRITE_MANY = 0x06, 0x10
_EXCEPTION = 0x80
_EXCEPTION_BYTES, _ANSWER_BYTES = 5, 8
_LARGEST_NUMBER = 0xFFFF
_EXCEPTIONS = {1: "illegal function", 2: "illegal data address", 3: "illegal data value", 4: "device failure"}


@dataclass(frozen=True, slots=True)
class Registers:
    """Where a sign keeps what it shows: the first register, and how many characters; 0 means one whole number."""

    first: int = 0
    characters: int = 6


def with_check(body: bytes) -> bytes:
    """The body and its CRC-16/MODBUS."""
    return body + CHECKSUMS["crc16_modbus_le"](body)


def write_text(address: int, registers: Registers, text: str) -> bytes:
    """Function 16: one ASCII character a register, filled up with spaces; Chinese alone leaves the sign dark."""
    characters = legible(text, "ascii").encode("ascii", errors="replace")
    shown = characters[: registers.characters].ljust(registers.characters)
    values = b"".join(bytes((0, character)) for character in shown)
    head = registers.first.to_bytes(2, "big") + registers.characters.to_bytes(2, "big")
    return with_check(bytes((address, _WRITE_MANY)) + head + bytes((len(values),)) + values)


def write_number(address: int, registers: Registers, text: str) -> bytes:
    """Function 6: the number in the text, 0 without one. Raises FrameError when it does not fit."""
    digits = re.search(r"[0-9]+", text)
    number = int(digits.group()) if digits else 0
    if number > _LARGEST_NUMBER:
        raise FrameError(f"{number} does not fit into one register")
    return with_check(
        bytes((address, _WRITE_ONE)) + registers.first.to_bytes(2, "big") + number.to_bytes(2, "big")
    )


class ModbusDriver:
    """One sign. It answers, so silence means that it is not there. Broadcast is not used: nobody answers it."""

    title = "Modbus RTU"

    def __init__(self, address: int, registers: Registers, answer_s: float = 0.3) -> None:
        self.shows_digits_only = registers.characters == 0
        self._address = address
        self._registers = registers
        self._answer_s = answer_s
        self._frame: Callable[[int, Registers, str], bytes] = (
            write_number if self.shows_digits_only else write_text
        )

    def paint(self, line: Line, text: str) -> DeviceStatus:
        """Write the registers and check the echo that a sound sign gives."""
        request = self._frame(self._address, self._registers, text)
        if line.answers:
            line.discard_input()
        line.write(request)
        if not line.answers:
            return OK if line.keeps else unknown(Cause.NO_ANSWER)
        return _judge(request, _receive(line, self._answer_s))


def _judge(request: bytes, answer: bytes) -> DeviceStatus:
    if not answer:
        return down(Cause.NO_ANSWER, f"sign {request[0]} is silent")
    if answer != with_check(answer[:-2]) or answer[0] != request[0]:
        return unknown(Cause.GARBAGE, answer.hex(" ").upper())
    if answer[1] == request[1] | _EXCEPTION:
        reason = _EXCEPTIONS.get(answer[2], f"exception {answer[2]}")
        return down(Cause.WRITE_FAILED, f"sign {request[0]} refused: {reason}")
    return OK if answer[:6] == request[:6] else unknown(Cause.GARBAGE, answer.hex(" ").upper())


def _receive(line: Line, wait_s: float) -> bytes:
    """An answer of eight bytes, or an exception's five."""
    give_up = time.monotonic() + wait_s
    answer = line.read(_EXCEPTION_BYTES, wait_s)
    if len(answer) == _EXCEPTION_BYTES and not answer[1] & _EXCEPTION:
        answer += line.read(_ANSWER_BYTES - _EXCEPTION_BYTES, max(give_up - time.monotonic(), 0.0))
    return answer
