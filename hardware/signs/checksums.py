"""The checksums that call-number signs use."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import xor


def crc16_xmodem(data: bytes) -> int:
    """CRC-16/XMODEM: polynomial 0x1021, start 0, not reflected."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def _crc16_reflected(data: bytes, start: int) -> int:
    crc = start
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


CHECKSUMS: dict[str, Callable[[bytes], bytes]] = {
    "sum8": lambda data: bytes((sum(data) & 0xFF,)),
    "xor8": lambda data: bytes((reduce(xor, data, 0),)),
    "sum16_hex": lambda data: f"{sum(data) & 0xFFFF:04X}".encode("ascii"),
    "crc16_xmodem_be": lambda data: crc16_xmodem(data).to_bytes(2, "big"),
    "crc16_arc_le": lambda data: _crc16_reflected(data, 0).to_bytes(2, "little"),
    "crc16_modbus_le": lambda data: _crc16_reflected(data, 0xFFFF).to_bytes(2, "little"),
}
"""By the name that presets use: the checksum as the bytes that stand in the frame."""
