"""`python -m shared.hall.store_care`: looks after a store in a process of its own, so that no screen stutters.

Standard input takes one JSON document (`Task`), standard output gives one (`Report`). It checks the store where it is
told to, and makes the daily backup when it is this program's turn.
"""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from shared.domain.clock import Clock, machine_clock
from shared.domain.errors import Refused, StoreUnavailable
from shared.hall.access import open_hall
from shared.store.backup.daily import DONE, claim_backup, settle_backup
from shared.store.backup.files import backups_in, keep_newest
from shared.store.backup.making import make_backup
from shared.store.backup.proof import require_whole
from shared.store.engine import make_engine, reading

DAYS_VERIFIED = 2
"""The open day and the one before; all of them are verified in each backup."""

_LONGEST_MACHINE = 64


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with which store; `keep` is how many daily backups stay, 0 makes none."""

    database: str
    hall: str | None
    folder: str
    keep: int
    check: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was found and done: `damage` in words, the newest backup's moment, the file of one made now, and `trouble`,
    the cause that kept it from being made.
    """

    damage: str | None = None
    last_good: str | None = None
    made: str | None = None
    trouble: str | None = None


def look_after(task: Task, clock: Clock) -> Report:
    """Check the store if told to, and back it up if that is due. A damaged one is left as it is, for people to see."""
    folder = Path(task.folder)
    damage = made = trouble = None
    try:
        if task.check:
            damage = find_damage(task.database, task.hall, clock)
        if damage is None and task.keep:
            made = _back_up_if_due(task, folder, clock)
    except StoreUnavailable as error:
        trouble = error.cause
        if error.cause == "damaged":
            damage = error.message
    except Refused as error:
        trouble = error.code.value
    return Report(damage, _last_good(folder), made, trouble)


def find_damage(database_url: str, hall_id: str | None, clock: Clock) -> str | None:
    """What is wrong with a SQLite file's pages and keys, or with the latest days of the hall's log; None if nothing is.

    Raises:
        StoreUnavailable: the store cannot answer now.
        Refused: `unknown_hall`.
    """
    engine = make_engine(database_url)
    try:
        if engine.dialect.name == "sqlite":
            with reading(engine) as connection:
                require_whole(connection)
    except StoreUnavailable as error:
        if error.cause != "damaged":
            raise
        return error.message
    finally:
        engine.dispose()
    with open_hall(database_url, hall_id, clock=clock) as hall:
        differences = hall.verify(latest_days=DAYS_VERIFIED).differences
    return differences[0] if differences else None


def _back_up_if_due(task: Task, folder: Path, clock: Clock) -> str | None:
    with open_hall(task.database, task.hall, clock=clock) as hall:
        hall_id = hall.hall_id
    engine = make_engine(task.database)
    try:
        began = claim_backup(engine, hall_id, platform.node()[:_LONGEST_MACHINE], clock.now())
        if began is None:
            return None
        try:
            made = make_backup(task.database, folder, clock.now())
        except StoreUnavailable as error:
            settle_backup(engine, hall_id, began, clock.now(), error.cause)
            raise
        settle_backup(engine, hall_id, began, clock.now(), DONE)
        keep_newest(folder, task.keep)
        return str(made.path)
    finally:
        engine.dispose()


def _last_good(folder: Path) -> str | None:
    try:
        newest = next(iter(backups_in(folder)), None)
    except StoreUnavailable:
        return None
    return None if newest is None else newest.taken_at.isoformat()


if __name__ == "__main__":
    found = look_after(Task(**json.load(sys.stdin)), machine_clock())
    json.dump(asdict(found), sys.stdout)
