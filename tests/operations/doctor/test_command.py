from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from operations import desk
from operations.cli import jiaohao
from operations.doctor.command import exit_code
from operations.doctor.finding import Finding, Status
from shared.hall import create_hall
from tools.testing.halls import small_plan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without settings and without a screen."""
    for name in ("DATABASE", "SETTINGS", "PRINTER", "SIGN", "COUNTER", "HALL"):
        monkeypatch.delenv(f"JIAOHAO_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def doctor_as_json(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    code = desk.run(jiaohao, ["doctor", "--json", *options])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, told


def test_a_machine_without_faults_ends_with_0(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    create_hall(sqlite_url, small_plan()).close()
    code, told = doctor_as_json(capsys, "--database", sqlite_url)
    assert code == 0
    assert told["faults"] == 0
    checks = [finding["check"] for finding in told["findings"]]
    assert checks == [
        "python", "packages", "settings", "qt", "fonts", "screen", "disk", "data-folder", "log-folder",
        "store", "schema", "hall", "zone", "clerks", "clock", "whole", "journal", "verify", "backup",
        "devices", "printer", "sign", "voice",
    ]  # fmt: skip
    assert set(told["findings"][0]) == {"check", "status", "message", "advice"}


def test_a_store_out_of_reach_ends_with_5(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told = doctor_as_json(capsys, "--database", f"sqlite:///{tmp_path / 'none.db'}")
    assert code == 5
    assert told["faults"] == 1


def test_another_fault_ends_with_1_and_is_told_in_words_with_its_advice(
    sqlite_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    create_hall(sqlite_url, small_plan()).close()
    monkeypatch.setenv("JIAOHAO_COUNTER", "9")
    code = desk.run(jiaohao, ["--language", "en", "doctor", "--database", sqlite_url])
    told = capsys.readouterr().out
    assert code == 1
    assert "× FAULT  hall  Small Hall has no counter 9" in told
    assert "→ Set counter, in the settings, to one of 1, 2, 3" in told


def test_settings_that_make_no_sense_are_a_finding(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_COUNTER", "three")
    code, told = doctor_as_json(capsys, "--language", "en")
    assert (code, told["faults"]) == (1, 1)
    settings = next(finding for finding in told["findings"] if finding["check"] == "settings")
    assert settings["status"] == "fault"
    assert "counter = 'three'" in settings["message"]
    assert settings["advice"].startswith("Correct it")


@pytest.mark.parametrize(
    ("faulty", "code"), [([], None), (["screen"], 1), (["store"], 5), (["fonts", "store"], 5)]
)
def test_exit_codes(faulty: list[str], code: int | None) -> None:
    findings = [
        Finding(check, Status.FAULT if check in faulty else Status.WARN, "")
        for check in ("screen", "fonts", "store")
    ]
    assert exit_code(findings) == code
