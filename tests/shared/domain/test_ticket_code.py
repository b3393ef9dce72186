from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import RefusalCode, Refused
from shared.domain.ticket_code import TicketCode, read_ticket_code


def test_a_code_reads_back() -> None:
    code = TicketCode("renmin-lu", "20261123-A023")
    assert str(code) == "jiaohao:renmin-lu/20261123-A023"
    assert read_ticket_code(f" {code}\n") == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "6901234567892",
        "https://example.cn/t/20261123-A023",
        "jiaohao:renmin-lu",
        "jiaohao:/20261123-A023",
        "jiaohao:renmin-lu/20261399-A023",
        "jiaohao:renmin-lu/20261123-",
        "jiaohao:a/b/20261123-A023",
        "jiaohao:renmin-lu/20261123-A023'; DROP TABLE ticket; --",
        "jiaohao:renmin-lu/20261123-A023\njiaohao:renmin-lu/20261123-A024",
        "JIAOHAO:" + "x" * 5000,
    ],
)
def test_whatever_else_is_held_before_a_scanner_is_foreign(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_ticket_code(text)
    assert refusal.value.code is RefusalCode.FOREIGN_CODE


@given(st.text() | st.text().map(lambda text: f"jiaohao:{text}") | st.from_regex(r"jiaohao:.+/\d+-.+"))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    try:
        found = str(read_ticket_code(text))
    except Refused as refused:
        found = refused.code
    assert found in (text.strip(), RefusalCode.FOREIGN_CODE)
