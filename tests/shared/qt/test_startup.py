"""Start and end of a program, in processes of their own: a test process has its application already."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from shared.qt.startup import option_parser, settings_for
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import argparse, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from shared.qt import startup

options = startup.option_parser("test", "A program.").parse_args()
startup.log_to_file("test")
app = startup.make_app("test", widgets=True)
label = QLabel("A023")
startup.show(label, options)
QTimer.singleShot(0, lambda: print("ready", flush=True))
{extra}
sys.exit(app.exec())
"""


def start(tmp_path: Path, *arguments: str, extra: str = "") -> subprocess.Popen[str]:
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PROGRAM.format(extra=extra), *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def log_of(tmp_path: Path) -> str:
    return (tmp_path / "jiaohao" / "log" / "test.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="signals and log folders differ elsewhere")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with start(tmp_path) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.send_signal(number)
        assert program.wait(PATIENCE_S) == 0
    assert f"ending on signal {number.value}" in log_of(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="signals and log folders differ elsewhere")
def test_an_unexpected_error_goes_to_the_log_and_the_program_goes_on(tmp_path: Path) -> None:
    extra = "QTimer.singleShot(1, lambda: 1 // 0); QTimer.singleShot(50, app.quit)"
    with start(tmp_path, extra=extra) as program:
        _, errors = program.communicate(timeout=PATIENCE_S)
        assert program.returncode == 0
    assert "ZeroDivisionError" in log_of(tmp_path)
    assert "unexpected error" in errors


@pytest.mark.skipif(sys.platform != "linux", reason="signals and log folders differ elsewhere")
def test_a_thread_that_computes_gives_way_to_the_one_that_draws(tmp_path: Path) -> None:
    usual_s = sys.getswitchinterval()
    extra = "QTimer.singleShot(0, lambda: print(sys.getswitchinterval(), flush=True) or app.quit())"
    with start(tmp_path, extra=extra) as program:
        answers, _ = program.communicate(timeout=PATIENCE_S)
    assert float(answers.split()[-1]) < usual_s


@pytest.mark.skipif(sys.platform != "linux", reason="signals and log folders differ elsewhere")
def test_a_picture_is_taken_at_the_asked_size_and_the_program_ends(tmp_path: Path) -> None:
    picture = tmp_path / "pictures" / "label.png"
    with start(tmp_path, "--screenshot", str(picture), "--geometry", "320x200") as program:
        assert program.wait(PATIENCE_S) == 0
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (320, 200)


def test_options_that_make_no_sense_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        option_parser("kiosk", "").parse_args(["--geometry", "large"])
    assert "write it like 1920x1080" in capsys.readouterr().err


def test_the_command_line_reaches_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.settings.platformdirs.user_config_dir", lambda *_, **__: str(tmp_path))
    options = option_parser("kiosk", "").parse_args(
        ["--database", "sqlite:///x.db", "--hall", "h", "--language", "en"]
    )
    settings = settings_for(options)
    assert (settings.database, settings.hall, settings.language) == ("sqlite:///x.db", "h", "en")
