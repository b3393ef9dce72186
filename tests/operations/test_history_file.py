from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from operations.history_file import HistoryFileError, read_history

HEADER = (
    "hall,service,priority,ticket,issued_at,called_at,finished_at,left_at,counter,people_ahead,counters_open"
)
ROW = "north,bills,,1,2026-03-02T08:00:00,2026-03-02T08:05:30,,,3,2,1"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_row_is_a_ticket(tmp_path: Path) -> None:
    history = read_history(write(tmp_path / "h.csv", HEADER, ROW))
    (ticket,) = history.halls["north"]
    assert ticket.wait_minutes == 5.5
    assert (ticket.service, ticket.counter, ticket.people_ahead, ticket.counters_open) == ("bills", "3", 2, 1)
    assert ticket.finished_at is None


def test_gzipped_is_as_good(tmp_path: Path) -> None:
    path = tmp_path / "history"
    path.write_bytes(gzip.compress(f"{HEADER}\n{ROW}\n".encode()))
    assert read_history(path).count == 1


def test_four_columns_are_enough(tmp_path: Path) -> None:
    lines = ("hall,service,issued_at,called_at", "north,bills,2026-03-02T08:00:00,")
    (ticket,) = read_history(write(tmp_path / "h.csv", *lines)).halls["north"]
    assert ticket.wait_minutes is None


def test_a_call_before_its_issue_is_left_out_and_counted(tmp_path: Path) -> None:
    backward = ROW.replace("08:05:30", "07:05:30")
    history = read_history(write(tmp_path / "h.csv", HEADER, ROW, backward))
    assert (history.count, history.impossible) == (1, 1)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("hall,service,issued_at", "a,b,c"), r"line 1: no column called_at"),
        (
            (HEADER, ROW, ROW.replace("2026-03-02T08:00:00", "2 March")),
            r"line 3: issued_at is '2 March'; write",
        ),
        ((HEADER, ROW.replace("2026-03-02T08:00:00", "")), r"line 2: issued_at is empty"),
        ((HEADER, ROW.replace("north", "")), r"line 2: hall is empty"),
        ((HEADER, ROW.replace(",2,1", ",two,1")), r"line 2: people_ahead is 'two'; write a whole number"),
        ((HEADER, ROW.replace(",2,1", ",-2,1")), r"line 2: people_ahead is '-2'; it cannot be below 0"),
        ((HEADER,), r"has no tickets"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, lines: tuple[str, ...], told: str) -> None:
    with pytest.raises(HistoryFileError, match=told):
        read_history(write(tmp_path / "h.csv", *lines))


def test_a_file_that_is_not_there_or_is_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(HistoryFileError, match="cannot be read"):
        read_history(tmp_path / "nowhere.csv")
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(f"{HEADER}\n{ROW}\n".encode())[:40])
    with pytest.raises(HistoryFileError, match="cannot be read"):
        read_history(broken)
