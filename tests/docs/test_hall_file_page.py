"""`docs/hall-file.md` explains every key that a hall's file may hold, in the section of its table, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from shared.hall import hall_file
from shared.hall.ticket_table import PromotionTable, TicketTable

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hall-file.md"
TABLES: dict[str, type[BaseModel]] = {
    "ticket": TicketTable,
    "promotion": PromotionTable,
    "service": hall_file._Service,
    "priority": hall_file._Priority,
    "counter": hall_file._Counter,
    "opening": hall_file._Opening,
    "notice": hall_file._Notice,
}


def documented(heading: str) -> list[tuple[str, str]]:
    """Key and default of each row of the section with a heading that begins so."""
    text = PAGE.read_text(encoding="utf-8")
    section = next(part for part in text.split("\n## ") if part.startswith(heading))
    return re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]*) \|", section, flags=re.MULTILINE)


def check(rows: list[tuple[str, str]], model: type[BaseModel], besides: set[str]) -> None:
    assert {key for key, _default in rows} == set(model.model_fields) - besides
    for key, default in rows:
        assert (default == "required") == model.model_fields[key].is_required(), key


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_a_table_is_explained_and_marked_when_it_is_required(table: str) -> None:
    brackets = {"ticket": "`[ticket]`", "promotion": "`[[ticket.promotion]]`"}
    bracket = brackets.get(table, f"`[[{table}]]`")

    check(documented(bracket), TABLES[table], set())


def test_every_key_of_the_hall_is_explained_and_marked_when_it_is_required() -> None:
    check(documented("The hall"), hall_file._Hall, set(TABLES))


def test_there_is_no_table_but_these() -> None:
    assert set(hall_file._MODELS) == set(TABLES)
