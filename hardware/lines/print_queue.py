"""A print queue of the system, raw: CUPS by `lp`, the Windows spooler by pywin32.

A queue takes the whole job at once and says nothing about paper: taken is not printed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable

from hardware.lines.line import LineError
from hardware.status import Cause

_SUBMIT_S = 10.0

Submit = Callable[[str, bytes], None]
"""Hand a job to the queue of a name. Raises LineError."""


class PrintQueueLine:
    """Collects a job and submits it when it is closed."""

    answers = False
    keeps = False

    def __init__(self, queue: str, submit: Submit | None = None) -> None:
        self.name = f"queue {queue}"
        self._queue = queue
        self._submit = submit or (submit_to_windows if os.name == "nt" else submit_to_cups)
        self._job: bytearray | None = None

    def open(self) -> None:
        """Begin a job."""
        if self._job is None:
            self._job = bytearray()

    def write(self, data: bytes) -> None:
        """Add to the job."""
        if self._job is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not open")
        self._job += data

    def read(self, count: int, timeout_s: float) -> bytes:
        """Nothing: a queue does not hear what the printer answers."""
        del count, timeout_s
        return b""

    def discard_input(self) -> None:
        """Nothing to discard."""

    def close(self) -> None:
        """Submit what was written. Raises LineError, `untouched` when the queue refused the job."""
        job, self._job = self._job, None
        if job:
            self._submit(self._queue, bytes(job))


def submit_to_cups(queue: str, job: bytes) -> None:
    """Run `lp -d QUEUE -o raw`. Raises LineError."""
    program = shutil.which("lp")
    if program is None:
        raise LineError(Cause.UNREACHABLE, "lp is missing; install cups-client", untouched=True)
    try:
        done = subprocess.run(
            [program, "-d", queue, "-o", "raw"],
            input=job,
            capture_output=True,
            timeout=_SUBMIT_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired as error:
        raise LineError(Cause.TIMEOUT, f"queue {queue}: lp does not end", len(job)) from error
    except OSError as error:
        raise LineError(Cause.UNREACHABLE, f"queue {queue}: {error}", untouched=True) from error
    if done.returncode != 0:
        complaint = done.stderr.decode(errors="replace").strip()
        raise LineError(Cause.UNREACHABLE, f"queue {queue}: {complaint}", untouched=True)


def submit_to_windows(queue: str, job: bytes) -> None:
    """Give the spooler a RAW document. Raises LineError."""
    try:
        import win32print
    except ImportError as error:
        raise LineError(
            Cause.UNREACHABLE, "pywin32 is missing; install jiaohao[windows-queue]", untouched=True
        ) from error
    try:
        printer = win32print.OpenPrinter(queue)
    except win32print.error as error:
        raise LineError(Cause.UNREACHABLE, f"queue {queue}: {error}", untouched=True) from error
    try:
        win32print.StartDocPrinter(printer, 1, ("ticket", None, "RAW"))
        try:
            win32print.StartPagePrinter(printer)
            taken = win32print.WritePrinter(printer, job)
            if taken != len(job):
                raise LineError(
                    Cause.WRITE_FAILED, f"queue {queue}: it took {taken} of {len(job)} bytes", taken
                )
            win32print.EndPagePrinter(printer)
            win32print.EndDocPrinter(printer)
        except (LineError, win32print.error):
            # A document that is only closed would be printed as far as it came.
            with contextlib.suppress(win32print.error):
                win32print.AbortPrinter(printer)
            raise
    except win32print.error as error:
        raise LineError(Cause.WRITE_FAILED, f"queue {queue}: {error}", len(job)) from error
    finally:
        win32print.ClosePrinter(printer)
