"""`jiaohao autostart`: write the systemd unit of a program, so that it starts with the machine and never stays dead."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from operations.autostart.units import PROGRAMS, Display, unit_for
from operations.desk import ENVIRONMENT, USAGE, Desk, desk_options


@click.command()
@click.argument("program", type=click.Choice(PROGRAMS))
@click.option(
    "--display",
    type=click.Choice([str(display) for display in Display]),
    default=str(Display.DESKTOP),
    show_default=True,
    help="In the desktop, or alone on the screen with cage (Wayland) or xinit (X)",
)
@click.option("--user", default="jiaohao", show_default=True, help="The account for cage and x")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Another place for the unit")
@click.option("--show", is_flag=True, help="Print the unit and write nothing")
@desk_options
def autostart(
    desk: Desk, program: str, display: str, user: str, folder: Path | None, *, show: bool
) -> int | None:
    """Write the systemd unit that starts PROGRAM with the machine, and anew when it ends or hangs."""
    if not sys.platform.startswith("linux"):
        return desk.fail(USAGE, "platform", desk.words.say("operations-autostart-linux"))
    unit = unit_for(program, Display(display), _executable(), user, folder)
    values = {"unit": str(unit.path), "text": unit.text, "then": list(unit.commands)}
    if show:
        desk.answer(values, unit.text)
        return None
    try:
        unit.path.parent.mkdir(parents=True, exist_ok=True)
        unit.path.write_text(unit.text, encoding="utf-8")
    except OSError as error:
        message = desk.words.say("operations-autostart-fails", path=str(unit.path), trouble=str(error))
        return desk.fail(ENVIRONMENT, "unit_not_written", str(error), message)
    commands = "\n".join(f"  {command}" for command in unit.commands)
    desk.answer(values, desk.words.say("operations-autostart", path=str(unit.path), commands=commands))
    return None


def _executable() -> Path:
    """The command that runs now, as an absolute path: systemd knows no PATH of ours."""
    beside = Path(sys.executable).with_name("jiaohao")
    return beside if beside.exists() else Path(shutil.which("jiaohao") or sys.argv[0]).absolute()
