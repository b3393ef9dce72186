"""What every command of `jiaohao` shares: which store and hall, JSON or words, and the exit codes."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.hall import Hall, open_hall
from shared.settings import Settings, SettingsError, load_settings
from shared.words import Language, Words

DONE = 0
DIFFERENT = 1
USAGE = 2
NOBODY_WAITING = 3
REFUSED = 4
ENVIRONMENT = 5
"""The exit codes of every command; `DIFFERENT` is for `verify` and `doctor`, which found something."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one command works and how it answers."""

    settings: Settings
    as_json: bool

    @property
    def words(self) -> Words:
        """The catalogue in the machine's language."""
        return Words(self.settings.language)

    def open_hall(self) -> Hall:
        """The hall that the command is about."""
        return open_hall(self.settings.database_url, self.settings.hall)

    def answer(self, values: object, text: str) -> None:
        """Print the answer: one JSON document, or words."""
        click.echo(json.dumps(values, ensure_ascii=False) if self.as_json else text)


def desk_options(command: _Command) -> _Command:
    """Give a command `--database`, `--hall`, `--language` and `--json`, and a `Desk` as its first argument."""

    @click.option(
        "--database", metavar="URL", help="Where the hall is stored, e.g. sqlite:////var/lib/hall.db"
    )
    @click.option("--hall", "hall_id", metavar="ID", help="Which hall, when the database holds several")
    @click.option("--language", type=click.Choice([str(language) for language in Language]), help="zh or en")
    @click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document")
    @functools.wraps(command)
    def with_desk(
        *args: object,
        database: str | None,
        hall_id: str | None,
        language: str | None,
        as_json: bool,
        **options: object,
    ) -> Any:  # noqa: ANN401 - what the command returns
        above = click.get_current_context().find_root().params
        settings = load_settings(
            database=database or above.get("database"),
            hall=hall_id or above.get("hall_id"),
            language=language or above.get("language"),
        )
        return command(Desk(settings, as_json), *args, **options)

    return with_desk  # type: ignore[return-value]


def run(group: click.Group, arguments: list[str]) -> int:
    """Run a command line and return its exit code; every expected failure is told in words, or as JSON."""
    as_json = "--json" in arguments
    try:
        result = group.main(args=arguments, prog_name="jiaohao", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.ClickException, click.Abort, SettingsError, Refused, StoreUnavailable) as error:
        if isinstance(error, click.UsageError) and not as_json:
            error.show()
            return USAGE
        failure = _failure(error)
        if as_json:
            values = {"error": failure.error, "message": failure.message, **failure.facts}
            click.echo(json.dumps(values, ensure_ascii=False))
        else:
            print(failure.message, file=sys.stderr)
        return failure.exit_code
    return result if isinstance(result, int) else DONE


@dataclass(frozen=True, slots=True)
class _Failure:
    exit_code: int
    error: str
    message: str
    facts: dict[str, str | int]


def _failure(error: Exception) -> _Failure:
    if isinstance(error, Refused):
        # A hall that is not there is a matter of the machine's set-up, not of the queue's rules.
        exit_code = ENVIRONMENT if error.code is RefusalCode.UNKNOWN_HALL else REFUSED
        return _Failure(exit_code, error.code.value, error.message, dict(error.facts))
    if isinstance(error, StoreUnavailable):
        return _Failure(ENVIRONMENT, error.cause, error.message, {})
    if isinstance(error, click.ClickException):
        return _Failure(USAGE, "usage", error.format_message(), {})
    return _Failure(USAGE, "settings" if isinstance(error, SettingsError) else "aborted", str(error), {})
