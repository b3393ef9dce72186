"""From a voice's URL in the settings to a player: `voice:` takes what the machine has."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.simulators.voice import RecordingPlayer
from hardware.voice.player import CommandPlayer, FirstThatWorks, Player, WindowsPlayer
from hardware.voice.resident_player import ResidentPlayer

AUTOMATIC = "voice:"
SILENT = "none"

_DEVICE_OPTIONS = {"paplay": "--device=", "pw-play": "--target=", "aplay": "--device="}
_PROGRAMS: Mapping[str, Sequence[str]] = {
    "paplay": ("paplay",),
    "pw-play": ("pw-play",),
    "aplay": ("aplay", "-q"),
    "afplay": ("afplay",),
}
_QT, _WINDOWS = "qt", "winsound"


def open_player(url: str = AUTOMATIC, *, qt_command: Sequence[str] | None = None) -> Player:
    """The player at a URL.

    `voice:`: the first that works of Qt Multimedia and the system's players. `voice:aplay`: that one, with
    `?device=NAME` for one of several outputs. `voice:/path/program`: a program of yours, given the WAV's name.
    `sim://voice/name?folder=/path`: writes WAVs into a folder.

    `qt_command` starts the program that plays by Qt (see `ResidentPlayer`); None where there is none. Nothing is played
    yet. Raises DeviceAddressError when the URL is wrong.
    """
    if url.startswith("sim:"):
        return _simulated(url)
    if not url.startswith(AUTOMATIC):
        raise DeviceAddressError(f"{url}: write voice:, voice:PROGRAM or sim://voice/name")
    # `voice:` has no host, so it is read as a path below a host that nobody sees.
    address = DeviceAddress.parse(f"voice://local/{url.removeprefix(AUTOMATIC).removeprefix('//')}")
    address.check_options(frozenset({"device"}))
    wanted, device = address.path.removeprefix("/"), address.options.get("device", "")
    if not wanted:
        return FirstThatWorks(_found(qt_command, device))
    return _named(url, wanted, device, qt_command)


def _found(qt_command: Sequence[str] | None, device: str) -> list[Player]:
    """Every player of this machine; with an output named, those that can be told which."""
    players: list[Player] = []
    if qt_command and not device:
        players.append(ResidentPlayer(_QT, qt_command))
    candidates = _DEVICE_OPTIONS if device else _PROGRAMS
    players += [_command(program, device) for program in candidates if shutil.which(program)]
    if sys.platform == "win32" and not device:
        players.append(WindowsPlayer())
    return players


def _named(url: str, wanted: str, device: str, qt_command: Sequence[str] | None) -> Player:
    if device and wanted not in _DEVICE_OPTIONS:
        raise DeviceAddressError(f"{url}: only {', '.join(_DEVICE_OPTIONS)} can be told a device")
    if wanted in _PROGRAMS:
        return _command(wanted, device)
    if wanted == _QT:
        if not qt_command:
            raise DeviceAddressError(f"{url}: Qt Multimedia is not installed: pip install PySide6-Addons")
        return ResidentPlayer(_QT, qt_command)
    if wanted == _WINDOWS and sys.platform == "win32":
        return WindowsPlayer()
    if Path(wanted).is_absolute():
        return CommandPlayer([wanted])
    known = ", ".join([_QT, *_PROGRAMS, _WINDOWS])
    raise DeviceAddressError(f"{url}: no such player here; use {known}, or the whole path of a program")


def _command(program: str, device: str) -> CommandPlayer:
    told = [f"{_DEVICE_OPTIONS[program]}{device}"] if device else []
    return CommandPlayer([*_PROGRAMS[program], *told])


def _simulated(url: str) -> Player:
    address = DeviceAddress.parse(url)
    if address.host != "voice":
        raise DeviceAddressError(f"{url}: no such voice; use sim://voice/name?folder=/path")
    address.check_options(frozenset({"folder"}))
    folder = address.options.get("folder")
    return RecordingPlayer(address.simulator_name, Path(folder) if folder else None)
