"""The clip pack that is used when no other is set: made once by espeak-ng, kept in the user's data folder."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

import platformdirs

from hardware.voice.pack import MANIFEST, PackError

_EDITION = "espeak-1"
"""Part of the folder's name: a new one makes every machine build its pack anew."""

_BUILD_S = 120.0


def default_pack_folder() -> Path:
    """Where the default pack is, or will be."""
    return Path(platformdirs.user_data_dir("jiaohao", appauthor=False)) / "voice" / _EDITION


def can_build() -> bool:
    """Whether espeak-ng is installed, by the package `espeakng-loader`."""
    return importlib.util.find_spec("espeakng_loader") is not None


def ensure_default_pack() -> Path:
    """The folder of the default pack, built now when it is not there: a few seconds. Raises PackError."""
    folder = default_pack_folder()
    if not (folder / MANIFEST).is_file():
        build_pack(folder)
    return folder


def build_pack(folder: Path) -> None:
    """Make a pack with espeak-ng, in a process of its own. Raises PackError.

    It appears whole or not at all. Of two programs that build at once, the one that is done first wins.
    """
    if not can_build():
        advice = "pip install espeakng-loader, or set voice_pack to a folder of recorded clips"
        raise PackError(folder, [f"espeak-ng is not installed: {advice}"])
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
            made = Path(workshop) / "pack"
            _run_espeak(folder, made)
            _move(made, folder)
    except OSError as error:
        raise PackError(folder, [f"cannot be written: {error}"]) from error


def _run_espeak(folder: Path, made: Path) -> None:
    command = [sys.executable, "-m", "hardware.voice.espeak_pack", str(made)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_BUILD_S, check=False)
    except subprocess.TimeoutExpired:
        raise PackError(folder, [f"espeak-ng was not done after {_BUILD_S:.0f} s"]) from None
    if done.returncode:
        last_words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise PackError(folder, [f"espeak-ng made no pack: {last_words[-1]}"])


def _move(made: Path, folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    try:
        made.rename(folder)
    except OSError:
        # Another program may have built it meanwhile: theirs is as good.
        if not (folder / MANIFEST).is_file():
            raise
