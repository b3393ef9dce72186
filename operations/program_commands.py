"""`jiaohao kiosk`, `counter`, `lobby` and `screenshot`: the programs with a screen, loaded only when asked for."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from operations.desk import ENVIRONMENT

PROGRAMS = {"kiosk": "kiosk", "counter": "counter_terminal", "lobby": "lobby_display"}
_PASSED_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def run_program(name: str, arguments: list[str]) -> int:
    """Run one of the three programs in this process until it ends; its exit code."""
    program = importlib.import_module(f"{PROGRAMS[name]}.__main__")
    return int(program.run(arguments))


def _store_arguments(context: click.Context) -> list[str]:
    above = context.find_root().params
    named = {"--database": "database", "--hall": "hall_id", "--language": "language"}
    return [part for option, name in named.items() if above.get(name) for part in (option, str(above[name]))]


def _add_program(name: str, help_text: str) -> click.Command:
    @click.command(name, help=help_text, context_settings=_PASSED_ON)
    @click.pass_context
    def program(context: click.Context) -> int:
        return run_program(name, [*_store_arguments(context), *context.args])

    return program


kiosk = _add_program("kiosk", "Run the customers' ticket machine.")
counter = _add_program("counter", "Run the clerk's counter terminal.")
lobby = _add_program("lobby", "Run the lobby screen.")


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("program", type=click.Choice(sorted(PROGRAMS)))
@click.option("--size", default="1920x1080", show_default=True, metavar="WxH", help="In pixels")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PNG file")
@click.pass_context
def screenshot(context: click.Context, program: str, size: str, output: Path) -> int:
    """Draw a program on the hall as it stands now, with no screen, into a picture."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    shot = ["--geometry", size, "--screenshot", str(output)]
    code = run_program(program, [*_store_arguments(context), *shot, *context.args])
    if code == 0 and not output.exists():
        print(f"{output} was not written", file=sys.stderr)
        return ENVIRONMENT
    return code
