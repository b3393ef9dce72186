"""What every command of `jiaohao` shares: which store and hall, JSON or words, and the exit codes."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from operations.last_backup import last_good_backup
from shared.domain.clock import machine_clock
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
        return open_hall(self.settings.database_url, self.settings.hall, clock=machine_clock())

    def answer(self, values: object, text: str) -> None:
        """Print the answer: one JSON document, or words."""
        click.echo(json.dumps(values, ensure_ascii=False) if self.as_json else text)

    def fail(self, exit_code: int, error: str, message: str, text: str = "", **facts: str | int) -> int:
        """Say why the command was not carried out, and return its exit code.

        `error` and `message` are for programs; people read `text`, or the message when there is no other.
        """
        _tell_failure({"error": error, "message": message, **facts}, text or message, as_json=self.as_json)
        return exit_code


def desk_options(command: _Command) -> _Command:
    """Give a command `--database`, `--hall`, `--language` and `--json`, and a `Desk` as its first argument.

    What the rules refuse, and a store that does not answer, become words and an exit code.
    """

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
        desk = Desk(settings, as_json)
        try:
            return command(desk, *args, **options)
        except Refused as error:
            return _refused(desk, error)
        except StoreUnavailable as error:
            return desk.fail(ENVIRONMENT, error.cause, error.message, _store_trouble(desk, error))

    return with_desk  # type: ignore[return-value]


def run(group: click.Group, arguments: list[str]) -> int:
    """Run a command line and return its exit code; every expected failure is told in words, or as JSON."""
    as_json = "--json" in arguments
    try:
        result = group.main(args=arguments, prog_name="jiaohao", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.ClickException, click.Abort, SettingsError) as error:
        _tell_misuse(error, as_json=as_json)
        return USAGE
    return result if isinstance(result, int) else DONE


def _store_trouble(desk: Desk, error: StoreUnavailable) -> str:
    lines = [error.message, desk.words.say(f"doctor-store-{error.cause}-do")]
    if error.cause == "damaged":
        lines.append(last_good_backup(desk.settings, desk.words))
    return "\n".join(lines)


def _refused(desk: Desk, error: Refused) -> int:
    # A hall that is not there is a matter of the machine's set-up, not of the queue's rules.
    exit_code = ENVIRONMENT if error.code is RefusalCode.UNKNOWN_HALL else REFUSED
    # The error itself is in English and knows the particulars.
    sentence = desk.words.say(f"refusal-{error.code.value}")
    text = error.message if desk.settings.language is Language.EN else f"{sentence}\n{error.message}"
    return desk.fail(exit_code, error.code.value, error.message, text, **error.facts)


def _tell_misuse(error: Exception, *, as_json: bool) -> None:
    if isinstance(error, click.UsageError) and not as_json:
        error.show()
        return
    kind = "settings" if isinstance(error, SettingsError) else "usage"
    message = error.format_message() if isinstance(error, click.ClickException) else str(error)
    _tell_failure({"error": kind, "message": message}, message, as_json=as_json)


def _tell_failure(values: dict[str, str | int], text: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False))
    else:
        print(text, file=sys.stderr)
