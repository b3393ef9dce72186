"""What the files of a machine hold that their store has not got yet, for whoever looks after the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from shared.domain.errors import StoreUnavailable
from shared.store.engine import make_archive_engine
from shared.store.kept_log import KeptEntry, read_kept, read_set_aside
from shared.store.plans import hall_ids


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A machine's file: how many things wait for their delivery, since when, and the numbers that were set aside.

    `fault` says why the file cannot be read, None when it can.
    """

    file: Path
    waiting: int = 0
    since: datetime | None = None
    set_aside: tuple[str, ...] = ()
    fault: str | None = None


def kept_files(folder: Path) -> Iterator[KeptFile]:
    """The files in the standby folder of this machine's user in which something waits, or that cannot be read."""
    for file in sorted(folder.glob("*/*.db")):
        try:
            kept = _look_into(file)
        except StoreUnavailable as error:
            # One without a schema was only begun: nothing was ever kept in it.
            if error.cause != "no_schema":
                yield KeptFile(file, fault=error.message)
            continue
        except (SQLAlchemyError, ValueError) as error:
            yield KeptFile(file, fault=str(error).partition("\n")[0])
            continue
        if kept.waiting or kept.set_aside:
            yield kept


def _look_into(file: Path) -> KeptFile:
    engine = make_archive_engine(file)
    try:
        waiting: list[KeptEntry] = []
        aside: list[KeptEntry] = []
        for hall_id in hall_ids(engine):
            waiting += read_kept(engine, hall_id)
            aside += read_set_aside(engine, hall_id)
    finally:
        engine.dispose()
    events = (entry.event for entry in [*waiting, *aside])
    since = min((event.at for event in events if event is not None), default=None)
    return KeptFile(file, len(waiting), since, tuple(entry.number for entry in aside))
