"""What the doctor finds: one line about one thing, with advice when it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """`WARN`: the machine can work as it is, but somebody should know."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, in the reader's language; `advice` says what to do, empty when there is nothing to do."""

    check: str
    status: Status
    message: str
    advice: str = ""
