"""Every code of the domain has words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shared.domain.counter import CounterStatus
from shared.domain.errors import RefusalCode
from shared.domain.ticket import TicketState
from shared.words import Language, Words

if TYPE_CHECKING:
    from enum import StrEnum

STORE_CAUSES = ("unreachable", "locked", "disk_full", "read_only", "damaged", "newer_schema", "no_schema")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("prefix", "codes"), [("state", TicketState), ("refusal", RefusalCode), ("counter-state", CounterStatus)]
)
def test_every_code_of_an_enum_can_be_worded(language: Language, prefix: str, codes: type[StrEnum]) -> None:
    words = Words(language)
    assert [code for code in codes if not words.has(f"{prefix}-{code}")] == []


@pytest.mark.parametrize("language", Language)
def test_every_cause_can_be_worded(language: Language) -> None:
    words = Words(language)
    assert [cause for cause in STORE_CAUSES if not words.has(f"store-{cause}")] == []
