"""`jiaohao backup`, `backups` and `restore`: a whole store kept in a file, and brought back."""

from __future__ import annotations

from pathlib import Path

import click

from operations.backup_progress import shown_progress
from operations.desk import ENVIRONMENT, REFUSED, USAGE, Desk, desk_options
from shared.domain.clock import machine_clock
from shared.hall.restoring import leap_over_lost_numbers
from shared.store.backup import BackupRefused
from shared.store.backup.bringing_back import bring_back
from shared.store.backup.files import backups_in, keep_newest
from shared.store.backup.making import make_backup

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--folder", type=_FOLDER, help="Where to write it; else the setting backup_folder")
@click.option("--keep", type=click.IntRange(1), help="Delete older backups beyond this number")
@desk_options
def backup(desk: Desk, folder: Path | None, keep: int | None) -> None:
    """Back the whole store up while the hall works, verify the copy, and only then give it its name."""
    target = folder or desk.settings.backups
    with shown_progress(desk) as progress:
        made = make_backup(desk.settings.database_url, target, machine_clock().now(), progress)
    removed = keep_newest(target, keep) if keep else []
    proof = made.proof
    values = {
        "file": str(made.path),
        "bytes": made.size,
        "halls": list(proof.halls),
        "days": proof.days,
        "events": proof.events,
        "tickets": proof.tickets,
        "removed": [str(path) for path in removed],
    }
    say = desk.words.say
    text = say(
        "backup-made",
        file=str(made.path),
        megabytes=_megabytes(made.size),
        days=proof.days,
        tickets=proof.tickets,
    )
    desk.answer(values, "\n".join([text, *([say("backup-removed", count=len(removed))] if removed else [])]))


@click.command()
@click.option("--folder", type=_FOLDER, help="Where to look; else the setting backup_folder")
@desk_options
def backups(desk: Desk, folder: Path | None) -> None:
    """List the backups that there are, newest first."""
    target = folder or desk.settings.backups
    found = backups_in(target)
    values = [
        {"file": str(one.path), "taken_at": one.taken_at.isoformat(), "bytes": one.size} for one in found
    ]
    lines = [
        desk.words.say(
            "backup-line",
            taken=f"{one.taken_at.astimezone():%Y-%m-%d %H:%M:%S}",
            megabytes=_megabytes(one.size),
            file=str(one.path),
        )
        for one in found
    ]
    desk.answer(values, "\n".join(lines) or desk.words.say("backup-none", folder=str(target)))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--latest", is_flag=True, help="The newest backup there is, instead of FILE")
@click.option("--replace", is_flag=True, help="Replace what is there; it is kept aside")
@click.option(
    "--same-numbers", is_flag=True, help="No ticket was taken since the backup: go on with its numbers"
)
@desk_options
def restore(desk: Desk, file: Path | None, *, latest: bool, replace: bool, same_numbers: bool) -> int | None:
    """Make the store what it was at a backup: FILE, or the newest one. Refuses to overwrite a hall by itself.

    Numbers given after the backup are in customers' hands: today's go on well above them, except with --same-numbers.
    """
    if (file is None) is not latest:
        raise click.UsageError("name a backup FILE, or --latest")
    folder = desk.settings.backups
    chosen = file or next((one.path for one in backups_in(folder)), folder)
    next_numbers: dict[str, dict[str, str]] = {}
    try:
        with shown_progress(desk) as progress:
            restored = bring_back(
                chosen,
                desk.settings.database_url,
                machine_clock().now(),
                replace=replace,
                keep_in=folder,
                progress=progress,
                amend=lambda engine: (
                    None
                    if same_numbers
                    else next_numbers.update(leap_over_lost_numbers(engine, machine_clock()))
                ),
            )
    except BackupRefused as error:
        code = {"not_empty": REFUSED, "in_use": ENVIRONMENT}.get(error.code, USAGE)
        text = f"{desk.words.say(f'backup-refused-{error.code}')}\n{error.message}"
        return desk.fail(code, error.code, error.message, text)
    proof = restored.proof
    values = {
        "restored": str(chosen),
        "halls": list(proof.halls),
        "days": proof.days,
        "tickets": proof.tickets,
        "kept": None if restored.kept is None else str(restored.kept),
        "next_numbers": next_numbers,
    }
    say = desk.words.say
    lines = [say("backup-restored", days=proof.days, tickets=proof.tickets), say("backup-restored-after")]
    for hall_id, by_service in next_numbers.items():
        lines.append(say("backup-next-numbers", hall=hall_id, numbers=" ".join(by_service.values())))
    if restored.kept is not None:
        lines.append(say("backup-kept", file=str(restored.kept)))
    desk.answer(values, "\n".join(lines))
    return None


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"
