"""The files of backups: named by their moment, never half written, never written over, and only so many kept."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.store.faults import copying_faults_translated
from shared.store.write_turn import TURN_SUFFIX

_NAME = re.compile(r"jiaohao-(\d{8}T\d{6})Z(?:-(\d+))?\.db")
_SHAPE = "%Y%m%dT%H%M%S"
_PART = ".part"
_ABANDONED_AFTER = timedelta(days=1)
_SIDES = ("-wal", "-shm", "-journal", TURN_SUFFIX)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in its folder; `taken_at` is in its name, in UTC, and `turn` tells two of one second apart."""

    path: Path
    taken_at: datetime
    turn: int
    size: int


def backups_in(folder: Path) -> list[BackupFile]:
    """The backups of a folder, newest first; other files in it are nobody's business."""
    with copying_faults_translated():
        if not folder.is_dir():
            return []
        found = [
            BackupFile(path, _moment(match[1]), int(match[2] or 1), path.stat().st_size)
            for path in folder.iterdir()
            if (match := _NAME.fullmatch(path.name))
        ]
    return sorted(found, key=lambda backup: (backup.taken_at, backup.turn), reverse=True)


def keep_newest(folder: Path, count: int) -> list[Path]:
    """Delete all but the newest `count` backups of a folder (at least one stays), and say which."""
    with copying_faults_translated():
        surplus = [backup.path for backup in backups_in(folder)[max(count, 1) :]]
        for path in surplus:
            path.unlink(missing_ok=True)
    return surplus


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A file to write into that nobody takes for a backup; gone at the end, unless it was published.

    What a killed program left here longer than a day ago is cleared away.
    """
    with copying_faults_translated():
        folder.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder)
        handle, name = tempfile.mkstemp(prefix=".jiaohao-", suffix=_PART, dir=folder)
        os.close(handle)
        path = Path(name)
        try:
            yield path
        finally:
            for side in ("", *_SIDES):
                Path(f"{path}{side}").unlink(missing_ok=True)


KEPT_ASIDE = "jiaohao-before-restore"
"""How the name of what a restore replaced begins: it is no backup to go back to by itself, and is never deleted."""


def publish(part: Path, folder: Path, taken_at: datetime, begins: str = "jiaohao") -> Path:
    """Give a finished file its name, on the disk for good; a second one of the same second gets `-2`."""
    stem = f"{begins}-{taken_at.astimezone(UTC):{_SHAPE}}Z"
    flush(part)
    return _place(part, folder, stem, ".db")


def flush(path: Path) -> None:
    """Do not go on before a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Do not go on before a folder's names are on the disk; Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_aside(file: Path, moment: datetime) -> Path:
    """Keep a store's file under another name beside it, with what SQLite keeps beside it; the file itself stays.

    Returns:
        The name it is kept under: no file was there before.
    """
    stem = f"{file.name}.before-{moment.astimezone(UTC):{_SHAPE}}Z"
    turn = 1
    while True:
        aside = file.with_name(stem if turn == 1 else f"{stem}-{turn}")
        try:
            aside.touch(exist_ok=False)
        except FileExistsError:
            turn += 1
            continue
        break
    for side in ("", "-wal"):
        source = Path(f"{file}{side}")
        if source.exists():
            shutil.copyfile(source, f"{aside}{side}")
            flush(Path(f"{aside}{side}"))
    flush_folder(file.parent)
    return aside


def drop_sides(file: Path) -> None:
    """Remove what is kept beside a SQLite file: it would be taken for a part of the file that takes its place."""
    for side in _SIDES:
        Path(f"{file}{side}").unlink(missing_ok=True)


def _place(part: Path, folder: Path, stem: str, suffix: str) -> Path:
    turn = 1
    while True:
        target = folder / (f"{stem}{suffix}" if turn == 1 else f"{stem}-{turn}{suffix}")
        try:
            # A link, unlike a renaming, never takes the place of a file that is there.
            os.link(part, target)
        except FileExistsError:
            turn += 1
            continue
        except OSError:
            _reserve_and_rename(part, target)
        break
    flush_folder(folder)
    return target


def _reserve_and_rename(part: Path, target: Path) -> None:
    """Where a file system knows no links."""
    target.touch(exist_ok=False)
    part.replace(target)


def _clear_abandoned(folder: Path) -> None:
    before = datetime.now(UTC) - _ABANDONED_AFTER
    for path in folder.glob(f".jiaohao-*{_PART}*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
            path.unlink(missing_ok=True)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _SHAPE).replace(tzinfo=UTC)
