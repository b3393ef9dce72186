"""`jiaohao head-office …`: the halls of many servers followed from one place, and their board."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Concatenate, ParamSpec

import click

from operations.desk import REFUSED, Desk, desk_options
from shared.domain.clock import machine_clock
from shared.store import head_office as replication
from shared.store.city import HallLine, read_city
from shared.store.head_office import PUBLICATION, HeadOfficeRefused, Slot, Subscription

_MEGABYTE = 1 << 20

_Options = ParamSpec("_Options")
_Command = Callable[Concatenate[Desk, _Options], int | None]


def _told(command: _Command[_Options]) -> _Command[_Options]:
    """Word what a head office cannot do."""

    @functools.wraps(command)
    def tell(desk: Desk, /, *args: _Options.args, **options: _Options.kwargs) -> int | None:
        try:
            return command(desk, *args, **options)
        except HeadOfficeRefused as refused:
            advice = desk.words.say(f"headoffice-refused-{refused.code}")
            return desk.fail(REFUSED, refused.code, str(refused), advice)

    return tell


@click.group("head-office")
def head_office() -> None:
    """Follow the halls of many PostgreSQL servers from one: `publish` there, `subscribe` and `board` here."""


@head_office.command()
@click.option(
    "--keep-megabytes",
    type=click.IntRange(64),
    default=4096,
    show_default=True,
    help="How much log is kept at most for a head office that is away",
)
@desk_options
@_told
def publish(desk: Desk, keep_megabytes: int) -> int | None:
    """On a hall's server: let head offices follow its halls. Needs a superuser and wal_level = logical."""
    halls = replication.publish(desk.settings.database_url, keep_megabytes)
    text = desk.words.say("headoffice-published", halls=", ".join(halls), megabytes=keep_megabytes)
    desk.answer({"halls": halls, "keep_megabytes": keep_megabytes}, text)
    return None


@head_office.command()
@click.argument("name")
@click.argument("address")
@desk_options
@_told
def subscribe(desk: Desk, name: str, address: str) -> int | None:
    """At the head office: follow the hall server at ADDRESS, under a NAME of small letters."""
    _subscribed(desk, name, replication.subscribe(desk.settings.database_url, name, address))
    return None


@head_office.command()
@click.argument("name")
@click.argument("address")
@desk_options
@_told
def rejoin(desk: Desk, name: str, address: str) -> int | None:
    """At the head office: copy the halls of the server at ADDRESS anew, after a cut that was too long."""
    _subscribed(desk, name, replication.rejoin(desk.settings.database_url, name, address))
    return None


@head_office.command()
@click.argument("name")
@desk_options
@_told
def leave(desk: Desk, name: str) -> int | None:
    """At the head office: follow a hall server no longer."""
    clean = replication.leave(desk.settings.database_url, name)
    slot = f"{PUBLICATION}_{name}"
    lines = [desk.words.say("headoffice-left", name=name)]
    lines += [] if clean else [desk.words.say("headoffice-slot-left", slot=slot)]
    desk.answer({"name": name, "slot_left_behind": None if clean else slot}, "\n".join(lines))
    return None


@head_office.command()
@desk_options
@_told
def status(desk: Desk) -> int | None:
    """Whom this server follows, and what it keeps for whoever follows it."""
    followed = replication.subscriptions(desk.settings.database_url)
    kept = replication.slots(desk.settings.database_url)
    values = {
        "follows": [asdict(one) | {"heard_at": _iso(one.heard_at)} for one in followed],
        "keeps_for": [asdict(one) for one in kept],
    }
    lines = [_following(desk, one) for one in followed] + [_keeps(desk, one) for one in kept]
    desk.answer(values, "\n".join(lines) or desk.words.say("headoffice-nothing"))
    return None


@head_office.command()
@desk_options
def board(desk: Desk) -> None:
    """All halls of this database: who waits where, how long, and how old the news is."""
    now = machine_clock().now()
    lines = read_city(desk.settings.database_url, now)
    if desk.as_json:
        desk.answer([_values(line, now) for line in lines], "")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=desk.words.say("headoffice-board"))
    for column in ("hall", "issued", "waiting", "overdue", "longest", "open", "changed"):
        table.add_column(desk.words.say(f"headoffice-column-{column}"), no_wrap=column in {"hall", "changed"})
    for line in lines:
        numbers = (line.issued, line.waiting, line.overdue, _longest(line, now), line.counters_open)
        changed = "" if line.changed_at is None else f"{line.changed_at.astimezone():%m-%d %H:%M:%S}"
        table.add_row(line.name[str(desk.settings.language)], *map(str, numbers), changed)
    Console().print(table)


def _subscribed(desk: Desk, name: str, halls: tuple[str, ...]) -> None:
    text = desk.words.say("headoffice-subscribed", name=name, halls=", ".join(halls))
    desk.answer({"name": name, "halls": halls}, text)


def _following(desk: Desk, one: Subscription) -> str:
    copied = one.tables_ready == one.tables
    state = "away" if not one.connected else "ready" if copied else "copying"
    heard = "never" if one.heard_at is None else f"{one.heard_at.astimezone():%Y-%m-%d %H:%M:%S}"
    counted = {"ready": one.tables_ready, "tables": one.tables}
    return desk.words.say("headoffice-following", name=one.name, state=state, heard=heard, **counted)


def _keeps(desk: Desk, one: Slot) -> str:
    state = "lost" if one.lost else "here" if one.connected else "away"
    megabytes = (one.kept_bytes or 0) // _MEGABYTE
    return desk.words.say("headoffice-keeps", name=one.name, state=state, megabytes=megabytes)


def _values(line: HallLine, now: datetime) -> dict[str, object]:
    return asdict(line) | {
        "day": None if line.day is None else str(line.day),
        "waiting_since": _iso(line.waiting_since),
        "longest_wait_minutes": _longest(line, now),
        "changed_at": _iso(line.changed_at),
    }


def _longest(line: HallLine, now: datetime) -> int:
    return 0 if line.waiting_since is None else max(0, int((now - line.waiting_since).total_seconds() // 60))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
