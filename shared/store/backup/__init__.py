"""Backups of a whole store, all its halls: made while it works, proved before they count, and brought back.

A backup of either engine is one SQLite file with the schema of the programs, so that it can be opened, verified, kept
for years, and brought back into a file or a server alike.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What long work is at. Screens word it (`backup-stage-<stage>`)."""

    COPY = "copy"
    CHECK = "check"
    KEEP_ASIDE = "keep_aside"
    BRING_BACK = "bring_back"


Progress = Callable[[Stage, int, int], None]
"""Hears how far long work is: the stage, how much is done, and of how much; pages, rows or days."""


class BackupRefused(Exception):
    """A backup cannot be made or brought back as asked; nothing was changed.

    `code` is `not_empty` (something would be overwritten), `in_use` (programs work with the file), `no_backup`
    (there is none there) or `not_a_backup`. Programs word it (`backup-refused-<code>`).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def no_progress(_stage: Stage, _done: int, _of: int) -> None:
    """For a caller that tells nobody."""
