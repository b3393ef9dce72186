"""The machine: Python, Qt, screen, fonts, disk."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.printing.fonts import find_ticket_font
from operations.doctor.finding import Finding, Status
from operations.doctor.installation_checks import nearest_folder
from shared.words import Words

QT_LIBRARIES = "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
SCREEN_LIBRARIES = (
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 "
    "libxcb-shape0 libxcb-xkb1 libxcb-util1 libxcb-render0"
)
"""Debian's names of what Qt's wheels expect from the system."""

WARN_BELOW_BYTES = 1_000_000_000
FAULT_BELOW_BYTES = 100_000_000
_PROBE = Path(__file__).with_name("qt_probe.py")
_PROBE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class QtNews:
    """What the probe said: Qt's version and the screens, or the last words of a probe that failed."""

    version: str = ""
    screens: tuple[dict[str, Any], ...] = ()
    trouble: str = ""


def ask_qt(*, at_screens: bool) -> QtNews:
    """Load Qt in a process of its own."""
    command = [sys.executable, str(_PROBE), *(["--screens"] if at_screens else [])]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PROBE_SECONDS, check=False, encoding="utf-8"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return QtNews(trouble=str(error))
    if done.returncode:
        last_words = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return QtNews(trouble=next((line for line in last_words if "Error" in line), last_words[-1]))
    told = json.loads(done.stdout)
    return QtNews(told["version"], tuple(told["screens"]))


def check_python(words: Words) -> Finding:
    """The interpreter; the programs do not even start on one that is too old."""
    version = platform.python_version()
    return Finding("python", Status.OK, words.say("doctor-python", version=version, place=sys.executable))


def check_qt(words: Words, news: QtNews) -> Finding:
    """Whether Qt loads, and is no version that is known to crash on this Python."""
    if news.trouble:
        advice = words.say("doctor-qt-libraries", packages=QT_LIBRARIES)
        return Finding("qt", Status.FAULT, words.say("doctor-qt-fails", trouble=news.trouble), advice)
    if sys.version_info < (3, 12) and _numbers(news.version) >= (6, 12):
        # PySide6 6.12 loses references on Python 3.11 and aborts after some thousand signals.
        crash = words.say("doctor-qt-crashes", version=news.version, python=platform.python_version())
        return Finding("qt", Status.FAULT, crash, words.say("doctor-qt-crashes-do"))
    return Finding("qt", Status.OK, words.say("doctor-qt", version=news.version))


def check_screen(words: Words, news: QtNews, inches: float) -> Finding:
    """The screen, and whether its size in millimetres is known: the lobby's letters are computed from it."""
    if not news.screens:
        message, advice = words.say("doctor-screen-none"), words.say("doctor-screen-none-do")
        return Finding("screen", Status.WARN, message, advice)
    first = news.screens[0]
    width, height = first["pixels"]
    message = words.say("doctor-screen", name=str(first["name"]), width=str(width), height=str(height))
    if not inches and not all(first["millimetres"]):
        return Finding("screen", Status.WARN, message, words.say("doctor-screen-inches-do"))
    return Finding("screen", Status.OK, message)


def check_screen_opens(words: Words, trouble: str) -> Finding:
    """A screen that is there, but Qt cannot open a window on it."""
    advice = words.say("doctor-screen-libraries", packages=SCREEN_LIBRARIES)
    return Finding("screen", Status.FAULT, words.say("doctor-screen-fails", trouble=trouble), advice)


def check_fonts(words: Words) -> Finding:
    """Whether there is a font with Chinese in it for tickets."""
    font = find_ticket_font()
    try:
        font.at(24, bold=True)
    except OSError as error:
        message = words.say("doctor-fonts-fail", place=str(font.regular), trouble=str(error))
        return Finding("fonts", Status.FAULT, message, words.say("doctor-fonts-do"))
    return Finding("fonts", Status.OK, words.say("doctor-fonts", name=font.regular.name))


def check_disk(words: Words, folder: Path) -> Finding:
    """Free space where the hall's data is kept."""
    folder = nearest_folder(folder)
    free = shutil.disk_usage(folder).free
    status = Status.OK
    if free < WARN_BELOW_BYTES:
        status = Status.FAULT if free < FAULT_BELOW_BYTES else Status.WARN
    message = words.say("doctor-disk", folder=str(folder), gigabytes=f"{free / 1e9:.2f}")
    return Finding("disk", status, message, "" if status is Status.OK else words.say("doctor-disk-do"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
