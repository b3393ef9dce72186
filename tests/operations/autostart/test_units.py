from __future__ import annotations

import configparser
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from operations import desk
from operations.autostart.units import PROGRAMS, WATCHDOG_SECONDS, Display, unit_for
from operations.cli import jiaohao

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd is Linux's")


class UnitFile(configparser.ConfigParser):
    """systemd's form of an INI file: its names have capitals, and may come twice."""

    def __init__(self, text: str) -> None:
        super().__init__(strict=False, interpolation=None)
        self.read_string(text)

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.mark.parametrize("display", list(Display))
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_that_gives_no_sign_of_life_is_started_anew(program: str, display: Display) -> None:
    unit = UnitFile(unit_for(program, display, Path("/opt/jiaohao/bin/jiaohao"), "hall").text)
    service = unit["Service"]
    assert f"/opt/jiaohao/bin/jiaohao {program}" in service["ExecStart"]
    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert int(service["WatchdogSec"]) == WATCHDOG_SECONDS
    # Whatever stands between systemd and the program, its signs must be let through.
    assert service["NotifyAccess"] == ("main" if display is Display.DESKTOP else "all")
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("display", list(Display))
def test_systemd_finds_nothing_wrong_with_a_unit(display: Display, tmp_path: Path) -> None:
    for command in ("cage", "xinit", "jiaohao"):
        (tmp_path / command).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / command).chmod(0o755)
    unit = unit_for("kiosk", display, tmp_path / "jiaohao", "root", tmp_path)
    # The checker looks for the programs too, which this machine need not have.
    unit.path.write_text(unit.text.replace("/usr/bin/", f"{tmp_path}/"), encoding="utf-8")
    scope = ["--user"] if display is Display.DESKTOP else []
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *scope, str(unit.path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in (done.stdout + done.stderr).splitlines() if unit.path.name in line] == []


def test_the_command_writes_the_unit_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "autostart",
        "lobby",
        "--display",
        "cage",
        "--user",
        "hall",
        "--folder",
        str(tmp_path),
        "--json",
    ]
    assert desk.run(jiaohao, arguments) == 0
    told = json.loads(capsys.readouterr().out)
    written = (tmp_path / "jiaohao-lobby.service").read_text(encoding="utf-8")
    assert told["text"] == written
    assert UnitFile(written)["Service"]["User"] == "hall"
    assert told["then"] == ["systemctl daemon-reload", "systemctl enable --now jiaohao-lobby.service"]


def test_a_folder_that_cannot_be_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    arguments = ["autostart", "kiosk", "--folder", str(tmp_path / "file" / "units"), "--language", "en"]
    assert desk.run(jiaohao, arguments) == desk.ENVIRONMENT
    assert "cannot be written" in capsys.readouterr().err
