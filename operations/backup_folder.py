"""Where a machine keeps its backups, and which one can be offered when the store is damaged."""

from __future__ import annotations

from pathlib import Path

from operations.store_address import sqlite_file
from shared.domain.errors import StoreUnavailable
from shared.settings import Settings, default_database
from shared.store.backup.files import backups_in
from shared.words import Words


def backup_folder(settings: Settings) -> Path:
    """The setting; else `backups` beside a SQLite hall, or beside where one would be."""
    if settings.backup_folder:
        return Path(settings.backup_folder).expanduser()
    file = sqlite_file(settings.database_url) or default_database()
    return file.absolute().parent / "backups"


def last_good_backup(settings: Settings, words: Words) -> str:
    """One sentence that offers the newest backup, with the command; every backup was verified when it was made."""
    folder = backup_folder(settings)
    try:
        newest = next(iter(backups_in(folder)), None)
    except StoreUnavailable:
        newest = None
    if newest is None:
        return words.say("backup-offer-none", folder=str(folder))
    return words.say("backup-offer", taken=f"{newest.taken_at.astimezone():%Y-%m-%d %H:%M}")
