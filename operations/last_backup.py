"""Which backup can be offered when the store is damaged."""

from __future__ import annotations

from shared.domain.errors import StoreUnavailable
from shared.settings import Settings
from shared.store.backup.files import backups_in
from shared.words import Words


def last_good_backup(settings: Settings, words: Words) -> str:
    """One sentence that offers the newest backup, with the command; every backup was verified when it was made."""
    try:
        newest = next(iter(backups_in(settings.backups)), None)
    except StoreUnavailable:
        newest = None
    if newest is None:
        return words.say("backup-offer-none", folder=str(settings.backups))
    return words.say("backup-offer", taken=f"{newest.taken_at.astimezone():%Y-%m-%d %H:%M}")
