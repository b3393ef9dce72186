"""The `jiaohao` command."""

from __future__ import annotations

import importlib
import sys

import click

from operations import desk
from shared.words import Language

COMMANDS = {
    "init": "operations.hall_commands:init",
    "ticket": "operations.ticket_commands:ticket",
    "board": "operations.hall_commands:board",
    "figures": "operations.figures_command:figures",
    "verify": "operations.hall_commands:verify",
    "outages": "operations.outage_commands:outages",
    "backup": "operations.backup_commands:backup",
    "backups": "operations.backup_commands:backups",
    "restore": "operations.backup_commands:restore",
    "head-office": "operations.head_office_commands:head_office",
    "fence": "operations.fence_command:fence",
    "archive": "operations.archive_commands:archive",
    "clerk": "operations.hall_commands:clerk",
    "kiosk": "operations.program_commands:kiosk",
    "counter": "operations.program_commands:counter",
    "lobby": "operations.program_commands:lobby",
    "screenshot": "operations.program_commands:screenshot",
    "demo": "operations.demo.command:demo",
    "doctor": "operations.doctor.command:doctor",
    "autostart": "operations.autostart.command:autostart",
    "voice": "operations.voice_commands:voice",
    "devices": "operations.device_commands:devices",
    "learn": "operations.wait_commands:learn",
    "score": "operations.wait_commands:score",
    "backtest": "operations.backtest:backtest",
    "staffing": "operations.staffing_command:staffing",
    "bench": "operations.bench_command:bench",
}
"""Where each command stands, as `module:name`, in the order of the help."""


class LateGroup(click.Group):
    """Imports a command when it is asked for: a script that calls `jiaohao ticket` waits for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _colon, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jiaohao", message="%(version)s")
@click.option("--database", metavar="URL", help="Where the hall is stored, e.g. sqlite:////var/lib/hall.db")
@click.option("--hall", "hall_id", metavar="ID", help="Which hall, when the database holds several")
@click.option("--language", type=click.Choice([str(language) for language in Language]), help="zh or en")
def jiaohao(database: str | None, hall_id: str | None, language: str | None) -> None:
    """Jiaohao 叫号: the queue of a service hall.

    Exit codes: 0 done, 1 a check found something, 2 wrong usage, 3 nobody waits, 4 refused by the rules,
    5 environment (database out of reach, no hall loaded, …).
    """


def main() -> None:
    """Run the command line of this process and end with its exit code."""
    sys.exit(desk.run(jiaohao, sys.argv[1:]))


if __name__ == "__main__":
    main()
