"""The program as it is started, on a real hall in a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from typing import TYPE_CHECKING

import pytest

from hardware.voice.sound import from_frames
from shared.domain.device_health import DeviceState
from shared.hall import create_hall
from tools.testing.patience import PATIENCE_S
from tools.testing.tone_pack import heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.domain.snapshot import HallSnapshot
    from shared.hall import Hall


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'hall.db'}"


@pytest.fixture
def hall(url: str, make_snapshot: Callable[..., HallSnapshot]) -> Iterator[Hall]:
    opened = create_hall(url, make_snapshot().plan)
    yield opened
    opened.close()


def start(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "lobby_display", *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(program: subprocess.Popen[str]) -> dict[str, object]:
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("show\n")
    program.stdin.flush()
    answer = program.stdout.readline()
    assert answer.startswith("ok "), answer
    shown = json.loads(answer.removeprefix("ok "))
    assert isinstance(shown, dict)
    return shown


def ask_until(program: subprocess.Popen[str], key: str, *, wanted: object) -> dict[str, object]:
    # Each question waits for its answer; the test's time limit ends a screen that never shows it.
    while (shown := ask(program))[key] != wanted:
        assert program.poll() is None
    return shown


def test_a_call_appears_and_flashes_while_the_program_runs(tmp_path: Path, url: str, hall: Hall) -> None:
    set_cursor(hall)
    with start(tmp_path, "--database", url, "--remote-control") as program:
        ask_until(program, "stale", wanted="")
        hall.open_counter(3)
        hall.issue("payment")
        hall.call_next(3)
        shown = ask_until(program, "flashing", wanted="A001")
        program.terminate()
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert shown["calls"] == [{"number": "A001", "counter": 3}]
    assert program.returncode == 0
    assert errors == ""


def test_calls_are_spoken_in_order_and_the_hall_is_told_that_the_loudspeaker_works(
    tmp_path: Path, url: str, hall: Hall, tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_VOICE_PACK", str(tone_pack))
    monkeypatch.setenv("JIAOHAO_VOICE_TIMES", "1")
    calls = tmp_path / "calls"
    voice = f"sim://voice/lobby-1?folder={calls}"
    set_cursor(hall)
    with start(tmp_path, "--database", url, "--remote-control", "--voice", voice) as program:
        ask_until(program, "stale", wanted="")
        for _ in range(2):
            hall.issue("payment")
        hall.call_next(3)
        hall.call_next(2)
        while not (calls / "0002.wav").exists() or not hall.devices():
            ask(program)
        program.terminate()
        program.communicate(timeout=PATIENCE_S)
    first, second = (spoken(path) for path in sorted(calls.iterdir()))
    assert first[-5:] == ["1", "number", "to", "3", "window"]
    assert second[-5:] == ["2", "number", "to", "2", "window"]
    assert [(each.report.machine, each.report.device, each.report.state) for each in hall.devices()] == [
        ("lobby-1", "voice", DeviceState.OK)
    ]


def set_cursor(hall: Hall) -> None:
    """Let the screen's first look count from here: a new screen begins with what comes after that look."""
    assert hall.announcements("lobby-1") == ()


def spoken(path: Path) -> list[str]:
    with wave.open(str(path)) as file:
        return heard(from_frames(file.readframes(file.getnframes())), "zh")


def test_a_screen_without_a_database_says_so_and_waits(tmp_path: Path, url: str) -> None:
    with start(tmp_path, "--database", url, "--remote-control", "--language", "en") as program:
        shown = ask(program)
        program.terminate()
        program.communicate(timeout=PATIENCE_S)
    assert shown["stale"] == "Connecting to the database, one moment please"
    assert program.returncode == 0


def test_settings_that_make_no_sense_end_the_program_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "config" / "jiaohao").mkdir(parents=True)
    (tmp_path / "config" / "jiaohao" / "settings.toml").write_text("seat = 3", encoding="utf-8")
    with start(tmp_path) as program:
        _, errors = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 2
    assert "seat: there is no such setting" in errors
