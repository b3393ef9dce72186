"""The `jiaohao` command."""

from __future__ import annotations

import sys

import click

from operations import desk, hall_commands, program_commands
from operations.demo.command import demo
from operations.doctor.command import doctor
from operations.ticket_commands import ticket
from shared.words import Language


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--database", metavar="URL", help="Where the hall is stored, e.g. sqlite:////var/lib/hall.db")
@click.option("--hall", "hall_id", metavar="ID", help="Which hall, when the database holds several")
@click.option("--language", type=click.Choice([str(language) for language in Language]), help="zh or en")
def jiaohao(database: str | None, hall_id: str | None, language: str | None) -> None:
    """Jiaohao 叫号: the queue of a service hall.

    Exit codes: 0 done, 1 a check found something, 2 wrong usage, 3 nobody waits, 4 refused by the rules,
    5 environment (database out of reach, no hall loaded, …).
    """


for command in (
    ticket,
    hall_commands.init,
    hall_commands.board,
    hall_commands.verify,
    hall_commands.clerk,
    doctor,
    demo,
    program_commands.kiosk,
    program_commands.counter,
    program_commands.lobby,
    program_commands.screenshot,
):
    jiaohao.add_command(command)


def main() -> None:
    """Run the command line of this process and end with its exit code."""
    sys.exit(desk.run(jiaohao, sys.argv[1:]))


if __name__ == "__main__":
    main()
