"""What every line can do, and the one error it raises."""

from __future__ import annotations

import errno
from typing import Protocol

from hardware.status import Cause

OPENING_CAUSES = {
    errno.EBUSY: Cause.BUSY,
    errno.EAGAIN: Cause.BUSY,
    errno.EACCES: Cause.NO_PERMISSION,
    errno.EPERM: Cause.NO_PERMISSION,
}
"""Why the system does not let us have a device that is there, by `errno`; anything else is `UNREACHABLE`."""

MOST_READS_TO_DISCARD = 64
"""A device that floods the line must not keep the discarding busy for ever."""


class LineError(Exception):
    """A line failed. `sent` counts the bytes of the failed write that may have reached the device.

    `untouched` promises that nothing at all reached it since the line was opened, as when a queue refuses a job.
    """

    def __init__(self, cause: Cause, detail: str, sent: int = 0, *, untouched: bool = False) -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail
        self.sent = sent
        self.untouched = untouched


class Line(Protocol):
    """A connection to one device. Not safe for several threads: it belongs to its device's lane."""

    @property
    def name(self) -> str:
        """The address as people write it, for logs."""
        ...

    @property
    def answers(self) -> bool:
        """Whether the device at the other end can ever talk back; a file cannot."""
        ...

    @property
    def keeps(self) -> bool:
        """Whether the line's end is where the bytes stay, as in a file: then written means done."""
        ...

    def open(self) -> None:
        """Connect within the line's time-out. Opening an open line does nothing. Raises LineError."""

    def write(self, data: bytes) -> None:
        """Hand over all bytes within the line's time-out. Raises LineError."""

    def read(self, count: int, timeout_s: float) -> bytes:
        """Up to `count` bytes; fewer when the time is over. Raises LineError when the line is gone."""
        ...

    def discard_input(self) -> None:
        """Throw away what the device said unasked, so that the next answer is the answer. Gives up on a flood."""

    def close(self) -> None:
        """Let go of the line. Closing twice does nothing. Raises LineError if what was written is lost."""
