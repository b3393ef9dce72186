from __future__ import annotations

import pytest

from shared.domain.bitmap import Bitmap


def test_dots_come_back_as_they_were() -> None:
    bits = bytes(range(30))
    bitmap = Bitmap.from_bits(20, 10, bits)
    assert (bitmap.width, bitmap.height, bitmap.bits) == (20, 10, bits)
    assert bitmap.packed.isascii()


def test_a_row_begins_with_a_new_byte() -> None:
    with pytest.raises(ValueError, match="9 x 2 dots are 4 bytes, not 3"):
        Bitmap.from_bits(9, 2, bytes(3))
