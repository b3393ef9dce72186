"""The Linux libraries that Qt's wheels expect from the system: found by loading them, installed with apt.

PySide6's wheels bring Qt itself, but not GLib, OpenGL's loader, D-Bus, fontconfig and the X libraries. On
Windows and macOS they need nothing more.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from typing import NamedTuple


class Library(NamedTuple):
    """A library by the loader's name, and Debian's packages that may hold it, the newer name first."""

    soname: str
    packages: tuple[str, ...]


# Needed by every Qt program, also without a screen.
ALWAYS = (
    Library(
        "libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")
    ),  # t64: Ubuntu 24.04, Debian 13 and newer
    Library("libGL.so.1", ("libgl1",)),
    Library("libEGL.so.1", ("libegl1",)),
    Library("libxkbcommon.so.0", ("libxkbcommon0",)),
    Library("libdbus-1.so.3", ("libdbus-1-3",)),
    Library("libfontconfig.so.1", ("libfontconfig1",)),
)

# Needed to open a window on an X screen.
FOR_A_SCREEN = (
    Library("libxcb-cursor.so.0", ("libxcb-cursor0",)),
    Library("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",)),
    Library("libxcb-icccm.so.4", ("libxcb-icccm4",)),
    Library("libxcb-image.so.0", ("libxcb-image0",)),
    Library("libxcb-keysyms.so.1", ("libxcb-keysyms1",)),
    Library("libxcb-render-util.so.0", ("libxcb-render-util0",)),
    Library("libxcb-shape.so.0", ("libxcb-shape0",)),
    Library("libxcb-xkb.so.1", ("libxcb-xkb1",)),
    Library("libxcb-util.so.1", ("libxcb-util1",)),
    Library("libxcb-render.so.0", ("libxcb-render0",)),
)


class SystemLibrariesMissing(Exception):
    """Libraries are missing and we may not, or cannot, install them; the message says what does."""


def ensure_system_libraries() -> None:
    """Install what is missing where we may. Does nothing on Windows and macOS.

    Without a screen the X libraries are not asked for, so that a server needs no rights to run the tests; but
    when something is installed anyway, they come along, and a screen plugged in later works.

    Raises `SystemLibrariesMissing`.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = ALWAYS + FOR_A_SCREEN if os.environ.get("DISPLAY") else ALWAYS
    if not missing(wanted) and has_venv():
        return
    install(missing(ALWAYS + FOR_A_SCREEN))
    still = missing(wanted)
    if still or not has_venv():
        raise SystemLibrariesMissing(
            f"installed, but these do not load: {sonames(still) or 'the venv module'}"
        )


def missing(libraries: tuple[Library, ...]) -> list[Library]:
    """Return those that the loader does not find: whatever package they come from, loading is what counts."""
    return [library for library in libraries if not loads(library.soname)]


def loads(soname: str) -> bool:
    """Whether the system's loader finds a library that fits this Python."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Whether this Python can make environments with pip: Debian packs that part apart."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def install(libraries: list[Library]) -> None:
    """Install with apt, as root or by a sudo that asks no password.

    Raises `SystemLibrariesMissing` with the exact command where that is not possible.
    """
    if shutil.which("apt-get") is None:
        raise SystemLibrariesMissing(
            f"install with your distribution's package manager what holds: {sonames(libraries)}"
            f"{'' if has_venv() else ' and the venv module of Python'}"
        )
    rights = root_rights()
    if rights is None:
        packages = " ".join(package_names(libraries))
        raise SystemLibrariesMissing(
            f"system packages are missing; run this, then start again:\n\n"
            f"    sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}\n"
        )
    print("system libraries are missing: asking apt for them …", flush=True)
    run_apt(rights, "update")
    packages_now = package_names(libraries)
    print(f"  installing {' '.join(packages_now)} …", end=" ", flush=True)
    run_apt(rights, "install", "-y", "--no-install-recommends", *packages_now)
    print("done", flush=True)


def root_rights() -> list[str] | None:
    """Return what runs a command as root, put before it; None when a password would have to be typed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def package_names(libraries: list[Library]) -> list[str]:
    """Return the names that this machine's apt knows; of one that it knows by no name, the last."""
    names = [next(filter(apt_knows, library.packages[:-1]), library.packages[-1]) for library in libraries]
    if not has_venv():
        names.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return names


def apt_knows(package: str) -> bool:
    """Whether apt could install `package`."""
    policy = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
    return "Candidate:" in policy.stdout and "Candidate: (none)" not in policy.stdout


def run_apt(rights: list[str], *arguments: str) -> None:
    """Run apt-get without any question, and show what it says when it fails: then `SystemLibrariesMissing`."""
    command = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", "apt-get", *arguments]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise SystemLibrariesMissing(f"this failed, see the lines above: apt-get {' '.join(arguments)}")


def sonames(libraries: list[Library]) -> str:
    """Return the libraries' names for a person."""
    return " ".join(library.soname for library in libraries)
