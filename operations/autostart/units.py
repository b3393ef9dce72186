"""systemd units of the three programs, for the three kinds of screen that halls have."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

WATCHDOG_SECONDS = 20
"""Longer than the longest that a program may take over one thing, shorter than people wait before they call."""

_TEMPLATES = Path(__file__).with_name("units")
_DESCRIPTIONS = {
    "kiosk": "Jiaohao ticket machine",
    "counter": "Jiaohao counter terminal",
    "lobby": "Jiaohao lobby screen",
}
PROGRAMS = tuple(_DESCRIPTIONS)


class Display(StrEnum):
    """Where a program is shown: in the desktop of who is logged in, or alone on a machine without one."""

    DESKTOP = "desktop"
    CAGE = "cage"
    X = "x"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its file, what stands in it, and the commands that bring it to life."""

    path: Path
    text: str
    commands: tuple[str, ...]


def unit_for(program: str, display: Display, executable: Path, user: str, folder: Path | None = None) -> Unit:
    """The unit of a program; `executable` is the `jiaohao` command, `user` the account where there is no desktop."""
    name = f"jiaohao-{program}.service"
    of_user = display is Display.DESKTOP
    usual = Path.home() / ".config" / "systemd" / "user" if of_user else Path("/etc/systemd/system")
    path = (folder or usual) / name
    arguments = [str(executable), program, *([] if program == "counter" else ["--fullscreen"])]
    template = Template((_TEMPLATES / f"{display}.service").read_text(encoding="utf-8"))
    text = template.substitute(
        place=path,
        description=_DESCRIPTIONS[program],
        command=shlex.join(arguments),
        user=user,
        watchdog_s=WATCHDOG_SECONDS,
    )
    manager = "systemctl --user" if of_user else "systemctl"
    return Unit(path, text, (f"{manager} daemon-reload", f"{manager} enable --now {name}"))
