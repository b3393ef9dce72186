from __future__ import annotations

import pytest

from hardware.signs.checksums import CHECKSUMS


@pytest.mark.parametrize(
    ("kind", "check_value"),
    [
        ("crc16_xmodem_be", "31C3"),
        ("crc16_arc_le", "3DBB"),
        ("crc16_modbus_le", "374B"),
        ("sum8", "DD"),
        ("xor8", "31"),
        ("sum16_hex", b"01DD".hex().upper()),
    ],
)
def test_check_values_of_the_nine_digits_are_the_published_ones(kind: str, check_value: str) -> None:
    """CRC catalogue check values of "123456789"; sums and xor computed by hand."""
    assert CHECKSUMS[kind](b"123456789").hex().upper() == check_value
