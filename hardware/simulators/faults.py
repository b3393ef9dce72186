"""What a simulated device can be told to suffer from, also from another process through a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class Fault(StrEnum):
    """Faults by the name that people and fault files use."""

    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    CUTTER_ERROR = "cutter_error"
    UNPLUGGED = "unplugged"
    STALLED = "stalled"
    SILENT = "silent"
    GARBAGE = "garbage"
    SLOW = "slow"
    TRICKLE = "trickle"


STOPPING = frozenset({Fault.PAPER_OUT, Fault.COVER_OPEN, Fault.OFFLINE, Fault.CUTTER_ERROR})
"""Faults in which a printer holds what it receives until they are cleared."""


class FaultSwitch:
    """The faults of one device: those switched here, and those named in its fault file, one a line."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._switched: frozenset[Fault] = frozenset()

    def fail(self, *faults: Fault) -> None:
        """Switch faults on."""
        self._switched |= frozenset(faults)

    def recover(self, *faults: Fault) -> None:
        """Switch faults off; without a name, all of them. Those in the fault file stay."""
        self._switched = self._switched - frozenset(faults) if faults else frozenset()

    @property
    def active(self) -> frozenset[Fault]:
        """The faults now. A fault file that is missing or names nothing known adds none."""
        return self._switched | self._from_file()

    def _from_file(self) -> frozenset[Fault]:
        if self._file is None:
            return frozenset()
        try:
            words = self._file.read_text(encoding="utf-8").split()
        except OSError:
            return frozenset()
        return frozenset(fault for fault in Fault if fault.value in words)
