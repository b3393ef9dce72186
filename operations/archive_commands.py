"""`jiaohao archive move` and `archive destroy`: old days out of the hall's store, and out of the world."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import click

from operations.desk import USAGE, Desk, desk_options
from operations.store_address import shown_address
from shared.store.archive import FEWEST_DAYS_KEPT, DayGone, DayHeard, SameStore, archive_days, destroy_days


@click.group()
def archive() -> None:
    """Keep the hall's store small: move old days into an archive, destroy what may be kept no longer."""


@archive.command()
@click.option("--to", "archive_url", required=True, metavar="URL", help="The archive: a database of its own")
@click.option(
    "--keep-days",
    type=click.IntRange(FEWEST_DAYS_KEPT),
    default=60,
    show_default=True,
    help="The days up to today that stay; the forecast of waits learns from them",
)
@desk_options
def move(desk: Desk, archive_url: str, keep_days: int) -> int | None:
    """Move closed days into an archive: copied, compared row by row, replayed there, and only then deleted here.

    May be ended at any moment and run again, while the hall works. The archive is a store like the hall's own:
    `jiaohao --database ARCHIVE verify` checks it.
    """
    hall_id, today = _hall_today(desk)
    before = today - timedelta(days=keep_days - 1)
    try:
        gone = archive_days(
            desk.settings.database_url, archive_url, hall_id, before, _telling(desk, "archive-day")
        )
    except SameStore:
        message = "the archive is the hall's own store: nothing was moved"
        return desk.fail(USAGE, "same_store", message, desk.words.say("archive-same-store"))
    values = {"archive": shown_address(archive_url), "days": [str(one.day) for one in gone]}
    desk.answer(values, desk.words.say("archive-done", days=len(gone)))
    return None


@archive.command()
@click.option(
    "--older-than",
    type=click.IntRange(FEWEST_DAYS_KEPT),
    required=True,
    metavar="DAYS",
    help="How long days may be kept",
)
@desk_options
def destroy(desk: Desk, older_than: int) -> None:
    """Destroy closed days for good, in the store given by --database: usually the archive.

    Backups, and what PostgreSQL has written to its log, go on holding them until they are deleted in their turn.
    """
    hall_id, today = _hall_today(desk)
    before = today - timedelta(days=older_than)
    gone = destroy_days(desk.settings.database_url, hall_id, before, _telling(desk, "archive-day-destroyed"))
    desk.answer({"days": [str(one.day) for one in gone]}, desk.words.say("archive-destroyed", days=len(gone)))


def _hall_today(desk: Desk) -> tuple[str, date]:
    with desk.open_hall() as hall:
        return hall.hall_id, hall.snapshot().day


def _telling(desk: Desk, word: str) -> DayHeard:
    def tell(gone: DayGone) -> None:
        if not desk.as_json:
            line = desk.words.say(word, day=str(gone.day), tickets=gone.tickets)
            print(line, file=sys.stderr, flush=True)

    return tell
