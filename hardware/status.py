"""What a device says about itself, in words a program can compare. Words for people live in `shared/words`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a device cannot do its work, or will soon not. The values are keys of the word catalogue."""

    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    MECHANICAL_ERROR = "mechanical_error"
    OFFLINE = "offline"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    NO_PERMISSION = "no_permission"
    TIMEOUT = "timeout"
    WRITE_FAILED = "write_failed"
    GARBAGE = "garbage"
    NO_ANSWER = "no_answer"
    NO_SOUND = "no_sound"
    NO_CLIPS = "no_clips"


class Health(StrEnum):
    """`UNKNOWN` means that nothing trustworthy was heard: it is never shown as fine."""

    OK = "ok"
    ATTENTION = "attention"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One reading of a device. `causes` has the most telling one first; `detail` is for the log, in English.

    `tickets_left` is an estimate for a printer that is low on paper.
    """

    health: Health
    causes: tuple[Cause, ...] = ()
    detail: str = ""
    tickets_left: int | None = None

    @property
    def cause(self) -> Cause | None:
        """The cause to show a person, if there is one."""
        return self.causes[0] if self.causes else None


OK = DeviceStatus(Health.OK)


def down(cause: Cause, detail: str = "") -> DeviceStatus:
    """A device that cannot work, for one reason."""
    return DeviceStatus(Health.DOWN, (cause,), detail)


def unknown(cause: Cause, detail: str = "") -> DeviceStatus:
    """A device of which nothing certain can be said, and why."""
    return DeviceStatus(Health.UNKNOWN, (cause,), detail)
