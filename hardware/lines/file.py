"""A file or a folder in place of a device: for tests and for hand-over to other programs."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from hardware.lines.line import LineError
from hardware.status import Cause


class FileLine:
    """Appends to a file; in a folder, every open-to-close is a new numbered file that appears whole."""

    answers = False

    def __init__(self, path: Path, suffix: str, *, folder: bool) -> None:
        self.name = str(path)
        self._path = path
        self._suffix = suffix
        self._folder = folder or path.is_dir()
        self._written: bytearray | None = None

    @property
    def keeps(self) -> bool:
        """True for ordinary files; a device file swallows bytes without a word."""
        with contextlib.suppress(OSError):
            return not stat.S_ISCHR(self._path.stat().st_mode)
        return True

    def open(self) -> None:
        """Begin a job. Nothing is touched yet."""
        if self._written is None:
            self._written = bytearray()

    def write(self, data: bytes) -> None:
        """Append at once, or keep for the new file that `close` will make. Raises LineError(WRITE_FAILED)."""
        if self._written is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not open")
        if self._folder:
            self._written += data
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write(data)
        except OSError as error:
            raise LineError(Cause.WRITE_FAILED, f"{self.name}: {error}", len(data)) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Nothing: a file never answers."""
        del count, timeout_s
        return b""

    def discard_input(self) -> None:
        """Nothing to discard."""

    def close(self) -> None:
        """End the job; in a folder its file appears now. Raises LineError(WRITE_FAILED)."""
        written, self._written = self._written, None
        if not self._folder or not written:
            return
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            new_file(self._path, self._suffix, bytes(written))
        except OSError as error:
            raise LineError(Cause.WRITE_FAILED, f"{self.name}: {error}") from error


def new_file(folder: Path, suffix: str, data: bytes, stem: str = "") -> Path:
    """Write the next numbered file, `000001<suffix>` and so on, so that readers never see half of it.

    Raises OSError. The number is claimed by a hard link, so two writers cannot take the same one.
    """
    draft = folder / f".{stem}{os.getpid()}.part"
    draft.write_bytes(data)
    taken = [path.name[len(stem) : len(stem) + 6] for path in folder.glob(f"{stem}*{suffix}")]
    number = max((int(digits) for digits in taken if digits.isdigit()), default=0)
    try:
        while True:
            number += 1
            path = folder / f"{stem}{number:06d}{suffix}"
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
                return path
    finally:
        draft.unlink()
