from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from operations.doctor import machine_checks
from operations.doctor.finding import Status
from operations.doctor.machine_checks import (
    FAULT_BELOW_BYTES,
    WARN_BELOW_BYTES,
    QtNews,
    ask_qt,
    check_disk,
    check_fonts,
    check_python,
    check_qt,
    check_screen,
    check_screen_opens,
)
from shared.words import Words

ENGLISH = Words("en")
SCREEN = {"name": "HDMI-1", "pixels": [1920, 1080], "millimetres": [1210, 680]}


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_the_interpreter_is_named() -> None:
    finding = check_python(ENGLISH)
    assert finding.status is Status.OK
    assert sys.executable in finding.message


def test_qt_is_asked_in_a_process_of_its_own() -> None:
    news = ask_qt(at_screens=False)
    assert news.trouble == ""
    assert news.version.startswith("6.")
    assert check_qt(ENGLISH, news).status is Status.OK


def test_a_qt_that_does_not_load_is_a_fault_with_the_packages_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text("raise ImportError('libEGL.so.1: cannot open shared object file')", encoding="utf-8")
    monkeypatch.setattr(machine_checks, "_PROBE", probe)
    finding = check_qt(ENGLISH, ask_qt(at_screens=False))
    assert finding.status is Status.FAULT
    assert "libEGL.so.1" in finding.message
    assert "apt install" in finding.advice


def test_a_probe_that_qt_ends_leaves_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text("import sys; sys.exit('qt.qpa.plugin: could not load xcb')", encoding="utf-8")
    monkeypatch.setattr(machine_checks, "_PROBE", probe)
    finding = check_screen_opens(ENGLISH, ask_qt(at_screens=True).trouble)
    assert finding.status is Status.FAULT
    assert "could not load xcb" in finding.message
    assert "libxcb-cursor0" in finding.advice


@pytest.mark.parametrize(
    ("python", "version", "status"),
    [
        ((3, 11, 7), "6.12.0", Status.FAULT),
        ((3, 11, 7), "6.11.3", Status.OK),
        ((3, 12, 1), "6.12.0", Status.OK),
    ],
)
def test_a_qt_that_crashes_on_this_python_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, python: tuple[int, ...], version: str, status: Status
) -> None:
    monkeypatch.setattr(sys, "version_info", python)
    assert check_qt(ENGLISH, QtNews(version)).status is status


def test_no_screen_is_a_warning_since_a_server_needs_none() -> None:
    assert check_screen(ENGLISH, QtNews("6.11.3"), 0).status is Status.WARN


def test_a_screen_is_named_with_its_size() -> None:
    finding = check_screen(ENGLISH, QtNews("6.11.3", (SCREEN,)), 0)
    assert finding.status is Status.OK
    assert "1920×1080" in finding.message


@pytest.mark.parametrize(("inches", "status"), [(0, Status.WARN), (55, Status.OK)])
def test_a_screen_that_hides_its_millimetres_needs_the_setting(inches: float, status: Status) -> None:
    silent = SCREEN | {"millimetres": [0, 0]}
    assert check_screen(ENGLISH, QtNews("6.11.3", (silent,)), inches).status is status


def test_the_font_of_tickets_is_there() -> None:
    assert check_fonts(ENGLISH).status is Status.OK


def test_a_font_that_cannot_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hardware.printing.fonts import TicketFont

    missing = TicketFont(tmp_path / "missing.otf")
    monkeypatch.setattr(machine_checks, "find_ticket_font", lambda: missing)
    finding = check_fonts(ENGLISH)
    assert finding.status is Status.FAULT
    assert "missing.otf" in finding.message


@pytest.mark.parametrize(
    ("free", "status"),
    [
        (WARN_BELOW_BYTES, Status.OK),
        (WARN_BELOW_BYTES - 1, Status.WARN),
        (FAULT_BELOW_BYTES - 1, Status.FAULT),
    ],
)
def test_a_disk_that_runs_full_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, status: Status
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(free * 2, free, free))
    finding = check_disk(ENGLISH, tmp_path / "not" / "made" / "yet")
    assert finding.status is status
    assert bool(finding.advice) is (status is not Status.OK)
    assert str(tmp_path) in finding.message
