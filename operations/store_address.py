"""What a database's URL says to people: the file behind it, and the address without its password."""

from __future__ import annotations

from pathlib import Path

_SQLITE = "sqlite:///"


def sqlite_file(database_url: str) -> Path | None:
    """The file of a SQLite store; None for a server, or a store in memory."""
    path = database_url.removeprefix(_SQLITE)
    return Path(path) if path and path != database_url else None


def shown_address(database_url: str) -> str:
    """The address as it may be shown on a screen or in a log."""
    before, at, after = database_url.rpartition("@")
    scheme, _, user = before.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{after}" if at else database_url
