from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from operations.doctor import installation_checks
from operations.doctor.finding import Status
from operations.doctor.installation_checks import (
    check_folder,
    check_packages,
    check_settings,
    nearest_folder,
)
from shared.words import Words

ENGLISH = Words("en")


def test_the_versions_that_matter_are_told() -> None:
    finding = check_packages(ENGLISH)
    assert finding.status is Status.OK
    assert f"pyside6-essentials {metadata.version('pyside6-essentials')}" in finding.message


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["click<9,>=8.1", "no-such-package>=1", "another-missing[x]", "windows-only; extra == 'queue'"]
    monkeypatch.setattr(metadata, "requires", lambda _project: lines)
    finding = check_packages(ENGLISH)
    assert finding.status is Status.FAULT
    assert finding.message == "Not installed: no-such-package, another-missing"
    assert finding.advice


def test_programs_that_were_never_installed_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation_checks, "PROJECT", "jiaohao-not-installed")
    finding = check_packages(ENGLISH)
    assert finding.status is Status.FAULT
    assert "jiaohao-not-installed" in finding.message


def test_the_settings_file_is_named_whether_it_is_there_or_not(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    assert "default" in check_settings(ENGLISH, path).message
    path.touch()
    finding = check_settings(ENGLISH, path)
    assert (finding.status, finding.message) == (Status.OK, str(path))


def test_a_folder_is_tried_without_leaving_anything_in_it(tmp_path: Path) -> None:
    finding = check_folder(ENGLISH, "log-folder", tmp_path / "not" / "made")
    assert (finding.check, finding.status) == ("log-folder", Status.OK)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_fault_with_its_reason(tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.touch()
    finding = check_folder(ENGLISH, "data-folder", not_a_folder)
    assert finding.status is Status.FAULT
    assert str(not_a_folder) in finding.message
    assert "write this folder" in finding.advice


def test_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    assert nearest_folder(tmp_path / "a" / "b") == tmp_path
    assert nearest_folder(tmp_path) == tmp_path
