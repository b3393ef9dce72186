"""`jiaohao demo`: the whole day, the summary, the exit code; with its programs for some minutes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from operations import desk
from operations.cli import jiaohao
from tools.testing.patience import PATIENCE_S

ROOT = Path(__file__).parents[3]


def test_the_whole_day_runs_and_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = desk.run(jiaohao, ["demo", "--no-programs", "--json", "--output", str(tmp_path / "out")])
    told = json.loads(capsys.readouterr().out)
    assert code == desk.DONE
    assert told == json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told["verified"] is True
    assert told["issued"] == 421
    assert told["served"] + told["no_shows"] == 421
    assert "缴费充值" in (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")


def test_every_program_takes_part_and_is_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tone_pack: Path
) -> None:
    monkeypatch.delenv("JIAOHAO_VOICE")
    monkeypatch.setenv("JIAOHAO_VOICE_PACK", str(tone_pack))
    output = tmp_path / "out"
    arguments = [
        "--no-screen",
        "--speed",
        "20",
        "--minutes",
        "8",
        "--language",
        "en",
        "--output",
        str(output),
    ]
    code = desk.run(jiaohao, ["demo", *arguments, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (code, told["troubles"]) == (0, [])
    shown = {picture.partition("-")[2].removesuffix(".png") for picture in told["pictures"]}
    assert {"kiosk", "kiosk-ticket", "kiosk-help", "lobby", "counter-3", "counter-4"} <= shown
    assert all((output / picture).stat().st_size > 10_000 for picture in told["pictures"])
    assert list((output / "tickets").glob("*.png"))
    assert list((output / "voice").glob("*.wav"))
    assert {file.name for file in (output / "signs").glob("*.json")} == {"sign-3.json", "sign-4.json"}
    assert not [child for child in psutil.Process().children(recursive=True) if is_program(child)]


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is how POSIX ends a program")
def test_sigterm_ends_the_demo_and_its_programs(tmp_path: Path) -> None:
    demo = psutil.Popen(
        [sys.executable, "-m", "operations.cli", "demo", "--no-screen", "--output", str(tmp_path / "out")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    lit = tmp_path / "out" / "signs" / "sign-3.json"
    while demo.poll() is None and not lit.exists():
        with suppress(psutil.TimeoutExpired):
            demo.wait(0.1)
    children = demo.children(recursive=True)
    programs = [child for child in children if is_program(child)]
    demo.terminate()
    demo.communicate(timeout=PATIENCE_S)
    assert len(programs) == 4
    assert demo.returncode != 0
    assert not any(program.is_running() for program in programs)


def is_program(process: psutil.Process) -> bool:
    """Whether it is one of the hall's programs, and not one of their short-lived helpers."""
    with suppress(psutil.NoSuchProcess):
        return "--remote-control" in process.cmdline()
    return False


def test_a_folder_that_cannot_be_made_is_the_environments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    code = desk.run(jiaohao, ["demo", "--json", "--output", str(tmp_path / "file" / "out")])
    assert code == 5
    assert json.loads(capsys.readouterr().out)["error"] == "output"
