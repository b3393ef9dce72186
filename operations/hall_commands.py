"""`jiaohao init`, `board`, `verify` and `clerk …`: the hall as a whole."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from operations.desk import DIFFERENT, USAGE, Desk, desk_options
from operations.store_address import shown_address, sqlite_file
from shared.domain.errors import StoreUnavailable
from shared.domain.snapshot import HallSnapshot
from shared.hall import create_hall
from shared.hall.board import board_of
from shared.hall.hall_file import HallFileError, load_hall_file
from shared.words import Words


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
    console = Console()
    for table in _tables(snapshot, desk.words):
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


def _tables(snapshot: HallSnapshot, words: Words) -> list[Table]:
    language = words.language
    zone = ZoneInfo(snapshot.plan.timezone)
    names = {service.key: service.name.in_language(language) for service in snapshot.plan.services}
    calls = Table(title=words.say("operations-board-calls"))
    for column in ("number", "counter", "service", "time"):
        calls.add_column(words.say(f"operations-column-{column}"))
    for call in snapshot.calls:
        # A new plan may lack a service of which tickets were called earlier in the day.
        service = names.get(call.service, call.service)
        calls.add_row(call.number, str(call.counter), service, f"{call.at.astimezone(zone):%H:%M:%S}")
    waiting = Table(title=words.say("operations-board-waiting"))
    for column in ("service", "people", "quote"):
        waiting.add_column(words.say(f"operations-column-{column}"))
    for line in snapshot.services:
        quote = "" if line.quote.minutes is None else f"{line.quote.low_minutes}-{line.quote.high_minutes}"
        waiting.add_row(names[line.service.key], str(line.people_waiting), quote)
    counters = Table(title=words.say("operations-board-counters"))
    for column in ("counter", "state", "clerk", "number"):
        counters.add_column(words.say(f"operations-column-{column}"))
    for counter in snapshot.counters:
        status = words.say(f"counter-state-{counter.state.status.value}")
        number = "" if counter.ticket is None else counter.ticket.number
        counters.add_row(str(counter.plan.number), status, counter.state.clerk or "", number)
    return [calls, waiting, counters]
