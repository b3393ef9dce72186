"""Chinese text as bytes for devices with a Chinese font of their own: GBK, two bytes a character, never four.

GB18030 writes what GBK lacks in four bytes, of which a device shows two as digits: `¥` comes out as "0 6".
"""

from __future__ import annotations

import unicodedata

SUBSTITUTES = str.maketrans({"¥": "￥", "\u00a0": " ", "–": "-", "—": "－"})
"""Characters that people write and GBK lacks, or that devices' fonts do not have."""

ENCODINGS = ("gbk", "gb2312")


def encode_printable(text: str, encoding: str) -> list[bytes]:
    """Each character's bytes, one for a column of paper. What the device lacks becomes `？` or `?`, as wide as it was;
    control characters become spaces, since they would be commands.
    """
    return [_encode(character, encoding) for character in text.translate(SUBSTITUTES)]


def columns(text: str, encoding: str) -> int:
    """Columns that the text takes on paper: one for a Latin character, two for a Chinese one."""
    return sum(map(len, encode_printable(text, encoding)))


def _encode(character: str, encoding: str) -> bytes:
    if unicodedata.category(character) in {"Cc", "Cf"}:
        return b" "
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        wide = unicodedata.east_asian_width(character) in "WF"
        return ("？" if wide else "?").encode(encoding)
