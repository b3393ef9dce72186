"""Making a backup: copied while the hall works, opened and verified as a store, and only then given its name."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, make_url

from shared.domain.errors import StoreUnavailable
from shared.store.backup import Progress, no_progress
from shared.store.backup.copying import copy_store
from shared.store.backup.files import publish, unfinished
from shared.store.backup.proof import Proof, prove
from shared.store.engine import make_engine
from shared.store.schema import require_schema


@dataclass(frozen=True, slots=True)
class Backup:
    """A good backup; `size` in bytes."""

    path: Path
    size: int
    proof: Proof


def make_backup(
    database_url: str,
    folder: Path,
    moment: datetime,
    progress: Progress = no_progress,
    *,
    begins: str = "jiaohao",
) -> Backup:
    """Back up a whole store into a folder; programs go on working meanwhile.

    The copy is opened as a store, its pages and keys are checked and every hall is verified, before it gets the name
    of a backup, which `begins` so. A disk that fills up, or an end by force, leaves the earlier backups as they are.

    Raises:
        StoreUnavailable: the store, or the folder, cannot answer now; `damaged`, when the store itself is.
    """
    engine = make_engine(database_url)
    try:
        require_schema(engine)
        with unfinished(folder) as part:
            _require_room(engine, folder)
            copy_store(engine, part, progress)
            proof = prove(part, progress)
            path = publish(part, folder, moment, begins)
    finally:
        engine.dispose()
    return Backup(path, path.stat().st_size, proof)


def _require_room(engine: Engine, folder: Path) -> None:
    """Do not fill a disk that cannot hold the copy: the hall's own file may be on it."""
    file = make_url(engine.url).database
    if engine.dialect.name != "sqlite" or not file:
        return
    needed, free = Path(file).stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        message = f"{folder}: a backup needs {needed >> 20} MB, and {free >> 20} MB are free"
        raise StoreUnavailable("disk_full", message)
