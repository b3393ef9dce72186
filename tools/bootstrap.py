"""Install everything that Jiaohao needs into `.venv`, on a machine that has nothing but Python.

Run by `make`; without make: `python3 -m tools.bootstrap` (Windows: `py -m tools.bootstrap`). Standard library
only, because it runs before anything is installed. A second run changes nothing and ends within a second.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
EMUPOS_PYTHONS = ("3.13", "3.14")

# The proof that set-up is complete: Qt finds all its libraries and starts.
START_QT = "from PySide6 import QtQuick, QtWidgets; QtWidgets.QApplication([])"


def main() -> int:
    """Set up what the command line asks for. Exit code 1: a person has to do something first."""
    parser = argparse.ArgumentParser(description="Install everything that Jiaohao needs into .venv.")
    parser.add_argument(
        "--tests", action="store_true", help="also the independent printer that tests print to"
    )
    options = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        print(too_old_message(), file=sys.stderr)
        return 1
    return set_up(with_emupos=options.tests)


def too_old_message() -> str:
    """Say which Python is wanted, which one this is, and how to choose another."""
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return (
        f"set-up stopped: Python {wanted} or newer is needed; {sys.executable} is {sys.version.split()[0]}.\n"
        f"Install a newer one with its venv module, and choose it by: make PYTHON=python{wanted}\n"
        f"Debian, Ubuntu: apt-get install python{wanted} python{wanted}-venv; macOS: brew install python;\n"
        f"Windows: winget install Python.Python.3.13"
    )


def set_up(*, with_emupos: bool) -> int:
    """Set up the project and, for tests, the printer emulator; return the exit code."""
    # Imported late: the modules use syntax that a Python too old for us could stumble over.
    from tools.system_libraries import SystemLibrariesMissing, ensure_system_libraries
    from tools.virtual_environment import InstallFailed

    try:
        ensure_system_libraries()
        set_up_project()
    except (SystemLibrariesMissing, InstallFailed) as failure:
        print(f"\nset-up stopped: {failure}", file=sys.stderr)
        return 1
    if with_emupos:
        set_up_emupos()
    return 0


def set_up_project() -> None:
    """Fill `.venv` with the locked packages and with the project itself, editable.

    Raises `InstallFailed`.
    """
    from tools.virtual_environment import VirtualEnvironment

    environment = VirtualEnvironment(
        ROOT / ".venv", sys.executable, ROOT / "requirements.lock", ROOT / "pyproject.toml"
    )
    if environment.is_current():
        return
    environment.build(note="about 300 MB the first time, a minute or two")
    # hatchling, which builds the project, comes from the hashed lock: no unpinned download.
    environment.install("the project itself", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    environment.prove("Qt starts", START_QT, QT_QPA_PLATFORM="offscreen")
    environment.stamp()


def set_up_emupos() -> None:
    """Fill `.venv-emupos` where a new enough Python is found; else say that its tests will be skipped."""
    from tools.interpreters import find_python
    from tools.virtual_environment import InstallFailed, VirtualEnvironment

    folder, lock = ROOT / ".venv-emupos", ROOT / "requirements-emupos.lock"
    if VirtualEnvironment(folder, sys.executable, lock).is_current():
        return
    python = find_python(*EMUPOS_PYTHONS)
    if python is None:
        print(
            f"no Python {EMUPOS_PYTHONS[0]} here: tests on the independent printer emulator will be skipped"
        )
        return
    environment = VirtualEnvironment(folder, python, lock)
    try:
        environment.build(note="the independent printer emulator, about 30 MB")
        environment.prove("the emulator is there", "import emupos")
        environment.stamp()
    except InstallFailed as failure:
        print(f"tests on the independent printer emulator will be skipped: {failure}")


if __name__ == "__main__":
    sys.exit(main())
