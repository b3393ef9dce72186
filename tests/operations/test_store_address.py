from __future__ import annotations

from pathlib import Path

import pytest

from operations.store_address import shown_address, sqlite_file


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////var/lib/hall.db", Path("/var/lib/hall.db")),
        ("sqlite:///hall.db", Path("hall.db")),
        ("sqlite:///", None),
        ("postgresql+psycopg://server/hall", None),
    ],
)
def test_the_file_of_a_store(url: str, file: Path | None) -> None:
    assert sqlite_file(url) == file


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://clerk:p@ss@server:5432/hall", "postgresql+psycopg://clerk@server:5432/hall"),
        ("postgresql+psycopg://clerk@server/hall", "postgresql+psycopg://clerk@server/hall"),
        ("sqlite:////var/lib/hall.db", "sqlite:////var/lib/hall.db"),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    assert shown_address(url) == shown
