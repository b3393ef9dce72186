from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.gbk import ENCODINGS, columns, encode_printable


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("¥30", "gbk", "￥30"),
        ("堃", "gbk", "堃"),
        ("堃", "gb2312", "？"),
        ("𠮷A", "gbk", "？A"),
        ("é", "gb2312", "é"),
        ("ñ", "gbk", "?"),
        ("5–9", "gbk", "5-9"),
        ("a\x1b@\x10\x04b", "gbk", "a @  b"),
    ],
)
def test_what_the_device_lacks_is_replaced_visibly(text: str, encoding: str, shown: str) -> None:
    assert b"".join(encode_printable(text, encoding)).decode(encoding) == shown


@given(st.text(), st.sampled_from(ENCODINGS))
def test_no_text_becomes_a_command_or_more_than_two_bytes_a_character(text: str, encoding: str) -> None:
    encoded = encode_printable(text, encoding)
    assert all(len(character) <= 2 and character[0] >= 0x20 and character != b"\x7f" for character in encoded)
    assert len(encoded) == len(text)


def test_a_chinese_character_takes_two_columns() -> None:
    assert columns("A023号窗口", "gbk") == 10
