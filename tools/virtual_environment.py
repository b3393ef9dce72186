"""A virtual environment that holds exactly what a hashed lock file names, and knows when it is up to date."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path


class InstallFailed(Exception):
    """Something could not be installed or does not start; the message says what."""


class VirtualEnvironment:
    """The environment in `folder`, made by `python` from `lock`; `also` are more files that it depends on."""

    def __init__(self, folder: Path, python: str, lock: Path, *also: Path) -> None:
        self.folder = folder
        self.lock = lock
        self._base_python = python
        self._inputs = (lock, *also)
        self._stamp_file = folder / "set-up.stamp"

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def is_current(self) -> bool:
        """Whether the last set-up was completed here, from the same files."""
        try:
            return self._stamp_file.read_text(encoding="utf-8") == self._stamp_text() and self.python.exists()
        except FileNotFoundError:
            return False

    def build(self, note: str) -> None:
        """Make the environment where it is missing or broken, and install the lock.

        Raises `InstallFailed`.
        """
        print(f"setting up {self.folder.name} from {self.lock.name}: {note}", flush=True)
        if not self._is_usable():
            make = [self._base_python, "-m", "venv", "--clear", str(self.folder)]
            self._run("an empty environment", make, hint="is Python's venv module installed?")
        self._stamp_file.unlink(missing_ok=True)
        self.install(
            "the locked packages", "--require-hashes", "--only-binary", ":all:", "-r", str(self.lock)
        )

    def install(self, what: str, *arguments: str) -> None:
        """Run pip with `arguments`; `what` is shown to the person. Raises `InstallFailed`."""
        pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        # pip draws its progress for a person; a log file gets our own lines alone
        quiet = [] if sys.stdout.isatty() else ["--quiet"]
        self._run(
            what,
            [*pip, *quiet, *arguments],
            hint="the lines above are pip's; is the package index reachable?",
        )

    def prove(self, what: str, code: str, **variables: str) -> None:
        """Run Python `code` in the environment, with more environment `variables`. Raises `InstallFailed`."""
        hint = "the lines above say what is missing on this machine"
        self._run(what, [str(self.python), "-c", code], hint=hint, variables=variables)

    def stamp(self) -> None:
        """Note that everything is in place."""
        self._stamp_file.write_text(self._stamp_text(), encoding="utf-8")

    def _stamp_text(self) -> str:
        digests = (
            f"{path.name} sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in self._inputs
        )
        return f"{self.folder}\n{''.join(digests)}"

    def _is_usable(self) -> bool:
        """Whether its Python starts with pip, and its scripts were not made for a folder of another name."""
        if self._stamp_file.exists() and self._stamp_file.read_text(encoding="utf-8").splitlines()[0] != str(
            self.folder
        ):
            return False
        try:
            answer = subprocess.run(
                [self.python, "-c", "import pip"], capture_output=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return answer.returncode == 0

    def _run(
        self, what: str, command: list[str], *, hint: str, variables: dict[str, str] | None = None
    ) -> None:
        print(f"  {what} …", end="\n" if sys.stdout.isatty() else " ", flush=True)
        started = time.monotonic()
        done = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, env={**os.environ, **(variables or {})}
        )
        if done.returncode != 0:
            raise InstallFailed(f"{what}: failed ({hint})")
        print(
            f"  {what}: done in {time.monotonic() - started:.0f} s" if sys.stdout.isatty() else "done",
            flush=True,
        )
