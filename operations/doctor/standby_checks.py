"""What this machine kept while its database was away, and has not delivered yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from operations.doctor.finding import Finding, Status
from shared.hall.standby.local_files import kept_files
from shared.words import Words


def check_standby(words: Words, folder: Path) -> Iterator[Finding]:
    """One finding for each file in which something waits; none when all is delivered."""
    for kept in kept_files(folder):
        file = str(kept.file)
        if kept.fault is not None:
            message = words.say("doctor-standby-fails", file=file, fault=kept.fault)
            yield Finding("standby", Status.FAULT, message, words.say("doctor-standby-fails-do"))
            continue
        since = "" if kept.since is None else f"{kept.since.astimezone():%Y-%m-%d %H:%M}"
        if kept.waiting:
            message = words.say("doctor-standby-waits", count=kept.waiting, since=since, file=file)
            yield Finding("standby", Status.WARN, message, words.say("doctor-standby-waits-do"))
        if kept.set_aside:
            numbers = " ".join(kept.set_aside)
            message = words.say("doctor-standby-aside", numbers=numbers, file=file)
            yield Finding("standby", Status.WARN, message, words.say("doctor-standby-aside-do"))
