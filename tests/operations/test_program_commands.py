from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from operations import desk, program_commands
from operations.cli import jiaohao
from operations.hall_commands import example_hall_file
from shared.hall import create_hall
from shared.hall.hall_file import load_hall_file

ROOT = Path(__file__).parents[2]


class Programs:
    """Stands in for the programs: keeps what each was started with, and what it then does."""

    def __init__(self) -> None:
        self.started: list[tuple[str, list[str]]] = []
        self.exit_code = 0
        self.draws: Path | None = None

    def run(self, name: str, arguments: list[str]) -> int:
        self.started.append((name, arguments))
        if self.draws is not None:
            self.draws.touch()
        return self.exit_code


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    stand_in = Programs()
    monkeypatch.setattr(program_commands, "run_program", stand_in.run)
    # `screenshot` sets it for its own process; monkeypatch puts back what was there.
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return stand_in


@pytest.mark.parametrize("name", list(program_commands.PROGRAMS))
def test_a_program_gets_the_store_and_its_own_options(programs: Programs, name: str) -> None:
    programs.exit_code = 5
    store = ["--database", "sqlite:////srv/hall.db", "--hall", "north", "--language", "en"]
    assert desk.run(jiaohao, [*store, name, "--geometry", "1080x1920"]) == 5
    assert programs.started == [(name, [*store, "--geometry", "1080x1920"])]


def test_a_programs_own_help_is_shown(programs: Programs) -> None:
    assert desk.run(jiaohao, ["kiosk", "--help"]) == 0
    assert programs.started == [("kiosk", ["--help"])]


def test_a_picture_is_drawn_without_a_screen(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    picture = programs.draws = tmp_path / "lobby.png"
    arguments = ["screenshot", "lobby", "--output", str(picture), "--size", "1080x1920"]
    assert desk.run(jiaohao, ["--language", "en", *arguments, "--name", "lobby-2"]) == 0
    shot = ["--geometry", "1080x1920", "--screenshot", str(picture)]
    assert programs.started == [("lobby", ["--language", "en", *shot, "--name", "lobby-2"])]
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


def test_a_picture_that_was_not_written_is_no_success(
    programs: Programs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "kiosk.png"
    assert desk.run(jiaohao, ["screenshot", "kiosk", "--output", str(picture)]) == 5
    assert str(picture) in capsys.readouterr().err
    programs.exit_code = 2
    assert desk.run(jiaohao, ["screenshot", "kiosk", "--output", str(picture)]) == 2


def test_a_program_that_there_is_not_is_wrong_usage(programs: Programs, tmp_path: Path) -> None:
    assert desk.run(jiaohao, ["screenshot", "toaster", "--output", str(tmp_path / "a.png")]) == 2
    assert programs.started == []


def test_the_lobby_of_a_hall_as_a_picture(sqlite_url: str, tmp_path: Path) -> None:
    with create_hall(sqlite_url, load_hall_file(example_hall_file())) as hall:
        hall.issue("payment")
        hall.call_next(3)
    picture = tmp_path / "lobby.png"
    command = [sys.executable, "-m", "operations.cli", "--database", sqlite_url, "screenshot", "lobby"]
    folders = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "DATA")}
    done = subprocess.run(
        [*command, "--output", str(picture), "--size", "1280x720"],
        cwd=ROOT,
        env=os.environ | folders,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with Image.open(picture) as drawn:
        assert drawn.size == (1280, 720)
        assert len(set(drawn.convert("L").tobytes())) > 8, "nothing is on the picture"
