"""`jiaohao init`, `board`, `verify` and `clerk …`: the hall as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from operations.desk import DIFFERENT, USAGE, Desk, desk_options
from operations.store_address import shown_address, sqlite_file
from shared.domain.errors import StoreUnavailable
from shared.hall import create_hall
from shared.hall.board import board_of
from shared.hall.hall_file import HallFileError, load_hall_file


def example_hall_file() -> Path:
    """The example of a hall's description: beside this package when installed, in `docs/` in a checkout."""
    installed = Path(__file__).with_name("hall.example.toml")
    return installed if installed.exists() else Path(__file__).parents[1] / "docs" / "hall.example.toml"


@click.command()
@click.argument("hall_file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@desk_options
def init(desk: Desk, hall_file: Path | None) -> int | None:
    """Make or update the database, and load a hall's description into it (the example hall without HALL_FILE)."""
    try:
        plan = load_hall_file(hall_file or example_hall_file())
    except HallFileError as error:
        return desk.fail(USAGE, "hall_file", str(error))
    url = desk.settings.database_url
    _make_folder(url)
    with create_hall(url, plan) as hall:
        version, current = hall.plan_version, hall.plan
    values = {
        "hall": current.id,
        "plan_version": version,
        "services": [service.key for service in current.services],
        "counters": [counter.number for counter in current.counters],
        "database": shown_address(url),
    }
    name = current.name.in_language(desk.settings.language)
    desk.answer(values, desk.words.say("operations-hall-ready", name=name, hall=current.id, version=version))
    return None


def _make_folder(database_url: str) -> None:
    """Make the folder of a SQLite file, as a server would make its own. StoreUnavailable when it cannot be made."""
    file = sqlite_file(database_url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable("unreachable", str(error)) from None


@click.command()
@desk_options
def board(desk: Desk) -> None:
    """Print what the lobby shows: calls, who waits, counters."""
    with desk.open_hall() as hall:
        snapshot = hall.snapshot()
    if desk.as_json:
        desk.answer(board_of(snapshot), "")
        return
    from rich.console import Console

    from operations.board_tables import board_tables

    console = Console()
    for table in board_tables(snapshot, desk.words):
        console.print(table)


@click.command()
@desk_options
def verify(desk: Desk) -> int | None:
    """Replay the log against the tables; exit code 1 and every difference named when they disagree."""
    with desk.open_hall() as hall:
        report = hall.verify()
    values = {
        "clean": report.clean,
        "days": report.days,
        "events": report.events,
        "tickets": report.tickets,
        "differences": list(report.differences),
    }
    counted = desk.words.say(
        "operations-verified", days=report.days, events=report.events, tickets=report.tickets
    )
    found = desk.words.say("operations-differences", count=len(report.differences))
    desk.answer(values, counted if report.clean else "\n".join([counted, found, *report.differences]))
    return None if report.clean else DIFFERENT


@click.group()
def clerk() -> None:
    """The hall's clerks: badge numbers, names and PINs."""


@clerk.command("add")
@click.argument("badge")
@click.option("--name", required=True, help="The clerk's name")
@click.option("--role", type=click.Choice(["clerk", "supervisor"]), default="clerk", show_default=True)
@click.option("--pin", help="Asked for when not given")
@desk_options
def add_clerk(desk: Desk, badge: str, name: str, role: str, pin: str | None) -> None:
    """Add a clerk, or give the badge number a new name, role and PIN."""
    # On standard error: a script reads one JSON document from standard output.
    chosen = pin or click.prompt("PIN", hide_input=True, confirmation_prompt=True, err=True)
    with desk.open_hall() as hall:
        added = hall.add_clerk(badge, name, chosen, role)
    values = {"badge": added.badge, "name": added.name, "role": added.role}
    desk.answer(values, desk.words.say("operations-clerk-added", badge=added.badge, name=added.name))


@clerk.command("list")
@desk_options
def list_clerks(desk: Desk) -> None:
    """List the hall's clerks."""
    with desk.open_hall() as hall:
        clerks = hall.clerks()
    values = [{"badge": one.badge, "name": one.name, "role": one.role} for one in clerks]
    desk.answer(values, "\n".join(f"{one.badge}  {one.name}  {one.role}" for one in clerks))
