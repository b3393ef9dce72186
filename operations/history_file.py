"""Reads a hall's history from a CSV file, plain or gzipped.

Columns: `hall, service, issued_at, called_at`, and where known `priority, finished_at, left_at, counter,
people_ahead, counters_open`. Local ISO times; an empty field is unknown; `called_at` empty means never called.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from shared.domain.waits.history import PastTicket

REQUIRED = ("hall", "service", "issued_at", "called_at")


class HistoryFileError(Exception):
    """The file cannot be read as a history; the message names the line and says what to do."""


@dataclass(slots=True)
class History:
    """The tickets by hall, in the file's order, and how many rows told of a call before the ticket's issue."""

    halls: dict[str, list[PastTicket]] = field(default_factory=dict)
    impossible: int = 0

    @property
    def count(self) -> int:
        """Tickets in all halls."""
        return sum(map(len, self.halls.values()))


def read_history(path: Path) -> History:
    """Reads the whole file.

    Raises:
        HistoryFileError: unreadable, without a column that is needed, with a value that cannot be understood, or empty.
    """
    history = History()
    try:
        with _opened(path) as file:
            for ticket in _tickets(csv.DictReader(file), path):
                if ticket.called_at is not None and ticket.called_at < ticket.issued_at:
                    history.impossible += 1
                    continue
                history.halls.setdefault(ticket.hall, []).append(ticket)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path} cannot be read ({error}): give a CSV file in UTF-8, plain or gzipped"
        raise HistoryFileError(message) from error
    if not history.halls:
        raise HistoryFileError(f"{path} has no tickets: give a file with at least one row below its header")
    return history


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as file:
        gzipped = file.read(2) == b"\x1f\x8b"
    if gzipped:
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
            yield text
    else:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text


def _tickets(reader: csv.DictReader[str], path: Path) -> Iterator[PastTicket]:
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        columns = ", ".join(missing)
        raise HistoryFileError(
            f"{path} line 1: no column {columns}; the header must name {', '.join(REQUIRED)}"
        )
    for row in reader:
        try:
            yield _ticket(row, str(reader.line_num))
        except ValueError as error:
            raise HistoryFileError(f"{path} line {reader.line_num}: {error}") from None


def _ticket(row: dict[str, str | None], key: str) -> PastTicket:
    issued_at = _moment(row, "issued_at")
    if issued_at is None:
        raise ValueError("issued_at is empty; a ticket needs the moment of its issue")
    hall, service = _text(row, "hall"), _text(row, "service")
    if not hall:
        raise ValueError("hall is empty; give the hall's name, the same on all its rows")
    return PastTicket(
        id=key,
        hall=hall,
        service=service,
        issued_at=issued_at,
        called_at=_moment(row, "called_at"),
        finished_at=_moment(row, "finished_at"),
        left_at=_moment(row, "left_at"),
        priority=_text(row, "priority"),
        counter=_text(row, "counter"),
        people_ahead=_whole(row, "people_ahead"),
        counters_open=_whole(row, "counters_open"),
    )


def _text(row: dict[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def _moment(row: dict[str, str | None], name: str) -> datetime | None:
    text = _text(row, name)
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ValueError(
            f"{name} is {text!r}; write local time like 2020-01-13T08:05:30, or leave it empty"
        ) from None


def _whole(row: dict[str, str | None], name: str) -> int | None:
    text = _text(row, name)
    if not text:
        return None
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        raise ValueError(f"{name} is {text!r}; write a whole number, or leave it empty") from None
    if number < 0:
        raise ValueError(f"{name} is {text!r}; it cannot be below 0, leave it empty if it is unknown")
    return number
