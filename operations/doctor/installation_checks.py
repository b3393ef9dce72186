"""What was installed and set up on this machine: packages, the settings file, folders that must be writable."""

from __future__ import annotations

import re
import tempfile
from importlib import metadata
from pathlib import Path

from operations.doctor.finding import Finding, Status
from shared.words import Words

PROJECT = "jiaohao"
_TOLD = ("pyside6-essentials", "sqlalchemy", "psycopg")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def check_packages(words: Words) -> Finding:
    """Whether everything the programs import is installed, and the versions that matter."""
    missing = [name for name in _required() if _version(name) is None]
    if missing or _version(PROJECT) is None:
        names = ", ".join(missing or [PROJECT])
        message = words.say("doctor-packages-missing", names=names)
        return Finding("packages", Status.FAULT, message, words.say("doctor-packages-missing-do"))
    versions = ", ".join(f"{name} {_version(name)}" for name in (PROJECT, *_TOLD))
    return Finding("packages", Status.OK, words.say("doctor-packages", versions=versions))


def check_settings(words: Words, path: Path) -> Finding:
    """Which file the settings, which make sense, come from."""
    text_id = "doctor-settings" if path.exists() else "doctor-settings-none"
    return Finding("settings", Status.OK, words.say(text_id, path=str(path)))


def check_bad_settings(words: Words, trouble: str) -> Finding:
    """Settings that cannot be read, or make no sense."""
    return Finding("settings", Status.FAULT, trouble, words.say("doctor-settings-do"))


def check_folder(words: Words, check: str, folder: Path) -> Finding:
    """Whether files can be made in a folder, or in the one in which it would be made."""
    existing = nearest_folder(folder)
    try:
        # Permissions alone say little: a disk may be mounted read-only, and an administrator may write anywhere.
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        trouble = error.strerror or str(error)
        message = words.say("doctor-folder-fails", folder=str(existing), trouble=trouble)
        return Finding(check, Status.FAULT, message, words.say("doctor-folder-fails-do"))
    return Finding(check, Status.OK, words.say("doctor-folder", folder=str(folder)))


def nearest_folder(folder: Path) -> Path:
    """The folder, or the first around it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _required() -> list[str]:
    try:
        lines = metadata.requires(PROJECT) or []
    except metadata.PackageNotFoundError:
        return []
    return [found.group() for line in lines if "extra ==" not in line and (found := _NAME.match(line))]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
