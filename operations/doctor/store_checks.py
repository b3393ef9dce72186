"""The store behind an open hall: how it writes, its clock, and whether the hall's log and tables agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from operations.doctor.finding import Finding, Status
from shared.domain.clock import SystemClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall
from shared.settings import Settings
from shared.store.backup.files import backups_in
from shared.store.backup.proof import require_whole
from shared.store.engine import make_engine, reading
from shared.store.health import Standbys, store_health
from shared.words import Words

OLD_BACKUP = timedelta(days=3)
"""A weekend without the hall is no reason to worry."""

CLOCK_WARN_SECONDS = 2
CLOCK_FAULT_SECONDS = 60
VERIFIED_EVENTS = 20_000
"""A log up to this length is replayed within seconds."""


def check_store(database_url: str, hall: Hall, words: Words) -> Iterator[Finding]:
    """Look at the store of an open hall; its clock is compared with that of the machine, not of the hall.

    Raises:
        StoreUnavailable: the store cannot answer now.
    """
    health = store_health(database_url, hall.hall_id, SystemClock())
    if health.journal is not None:
        yield check_whole(database_url, words)
        yield check_journal(words, health.journal)
    else:
        yield check_server_clock(words, health.machine_ahead_s)
        if health.standbys is not None:
            yield check_standbys(words, health.standbys)
    yield check_log(words, hall, health.events)


def check_whole(database_url: str, words: Words) -> Finding:
    """Whether a SQLite file's pages and keys are right.

    Raises:
        StoreUnavailable: `damaged`, or the store cannot answer now.
    """
    engine = make_engine(database_url)
    try:
        with reading(engine) as connection:
            require_whole(connection)
    finally:
        engine.dispose()
    return Finding("whole", Status.OK, words.say("doctor-whole"))


def check_backup(settings: Settings, words: Words, now: datetime) -> Finding:
    """Whether there is a backup that is not old."""
    folder = str(settings.backups)
    try:
        newest = next(iter(backups_in(settings.backups)), None)
    except StoreUnavailable:
        newest = None
    advice = words.say("doctor-backup-do")
    if newest is None:
        return Finding("backup", Status.WARN, words.say("doctor-backup-none", folder=folder), advice)
    taken = f"{newest.taken_at.astimezone():%Y-%m-%d %H:%M}"
    if now - newest.taken_at > OLD_BACKUP:
        message = words.say("doctor-backup-old", taken=taken, folder=folder)
        return Finding("backup", Status.WARN, message, advice)
    return Finding("backup", Status.OK, words.say("doctor-backup", taken=taken, folder=folder))


def check_server_clock(words: Words, machine_ahead_s: float) -> Finding:
    """How far this machine's clock is from the database's, by which the other machines of the hall are set."""
    apart = abs(machine_ahead_s)
    status = Status.OK
    if apart > CLOCK_WARN_SECONDS:
        status = Status.FAULT if apart > CLOCK_FAULT_SECONDS else Status.WARN
    message = words.say("doctor-server-clock", seconds=f"{apart:.1f}")
    advice = "" if status is Status.OK else words.say("doctor-clock-do")
    return Finding("server-clock", status, message, advice)


def check_standbys(words: Words, standbys: Standbys) -> Finding:
    """Whether the servers that each commit waits for are there: without them every command hangs."""
    values = {"names": standbys.names, "wanted": str(standbys.wanted), "there": str(standbys.in_sync)}
    if standbys.in_sync >= standbys.wanted:
        return Finding("standbys", Status.OK, words.say("doctor-standbys", **values))
    message = words.say("doctor-standbys-missing", **values)
    return Finding("standbys", Status.FAULT, message, words.say("doctor-standbys-missing-do"))


def check_journal(words: Words, journal: str) -> Finding:
    """Whether SQLite writes in the way that lets screens read while a ticket is issued."""
    if journal.lower() == "wal":
        return Finding("journal", Status.OK, words.say("doctor-journal"))
    # SQLite falls back without an error where the file system has no shared memory.
    message = words.say("doctor-journal-other", mode=journal)
    return Finding("journal", Status.WARN, message, words.say("doctor-journal-other-do"))


def check_log(words: Words, hall: Hall, events: int) -> Finding:
    """Whether log and tables agree; a long log is left to `jiaohao verify`."""
    if events > VERIFIED_EVENTS:
        message = words.say("doctor-verify-long", events=events)
        return Finding("verify", Status.OK, message, words.say("doctor-verify-long-do"))
    differences = hall.verify().differences
    if differences:
        message = words.say("doctor-verify-fails", count=len(differences), first=differences[0])
        return Finding("verify", Status.FAULT, message, words.say("doctor-verify-fails-do"))
    return Finding("verify", Status.OK, words.say("doctor-verify", events=events))
