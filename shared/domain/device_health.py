"""How the devices of a hall are, as their programs tell it: what is wrong, since when, and when it was last heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(minutes=3)
"""A program tells of its devices once a minute at least; after this nothing is known of them any more."""


class DeviceKind(StrEnum):
    """What a device is."""

    PRINTER = "printer"
    SIGN = "sign"
    SUMMARY_SIGN = "summary_sign"
    PAD = "pad"
    SCANNER = "scanner"
    VOICE = "voice"


class DeviceState(StrEnum):
    """`ATTENTION`: it works, but somebody should come; `UNKNOWN`: it does not say how it is, which is never "fine"."""

    OK = "ok"
    ATTENTION = "attention"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What a program says of one device now.

    `machine` is the program's name in the hall (`kiosk-1`, `counter-3`), `device` the device's name there; `cause` is a
    key of the word catalogue, `detail` is for whoever repairs it, in English; `tickets_left` is an estimate.
    """

    machine: str
    device: str
    kind: DeviceKind
    address: str
    state: DeviceState
    cause: str | None = None
    detail: str = ""
    tickets_left: int | None = None

    def is_news_after(self, before: DeviceReport) -> bool:
        """Whether somebody should hear of it at once. The paper's count is news only while it runs low."""
        if (self.state, self.cause, self.address) != (before.state, before.cause, before.address):
            return True
        return self.state is DeviceState.ATTENTION and self.tickets_left != before.tickets_left


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """One device as the hall remembers it: `since` when it is so, and as what and when it was down last."""

    report: DeviceReport
    since: datetime
    seen_at: datetime
    last_error: str | None = None
    last_error_at: datetime | None = None

    def is_silent(self, now: datetime) -> bool:
        """Whether its program has not been heard of for so long that its state means nothing any more."""
        return now - self.seen_at > SILENT_AFTER

    def needs_somebody(self, now: datetime) -> bool:
        """Whether staff should look: it is down, will be soon, or its program is gone."""
        return self.is_silent(now) or self.report.state in {DeviceState.DOWN, DeviceState.ATTENTION}


def heard(before: DeviceHealth | None, report: DeviceReport, now: datetime) -> DeviceHealth:
    """What the hall remembers after a report."""
    same = before is not None and (before.report.state, before.report.cause) == (report.state, report.cause)
    since = before.since if before is not None and same else now
    error, error_at = (None, None) if before is None else (before.last_error, before.last_error_at)
    if report.state is DeviceState.DOWN and not same:
        error, error_at = report.cause, now
    return DeviceHealth(report, since, now, error, error_at)
