from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hardware.status import OK, Cause
from hardware.voice.resident_player import ResidentPlayer
from hardware.voice.sound import Sound
from tests.hardware.voice.conftest import MakePlayer
from tools.testing.patience import PATIENCE_S

PLAYS = """
(folder / 'starts').open('a').write('x')
print('ready', flush=True)
for line in sys.stdin:
    with (folder / 'heard').open('ab') as heard:
        heard.write(Path(line.rstrip()).read_bytes())
    print('played', flush=True)
"""


IS_READY = "print('ready', flush=True)\ninput()\n"
REFUSES = "print('failed: "


def patient(command: list[str], patience_s: float = PATIENCE_S) -> ResidentPlayer:
    return ResidentPlayer("qt", command, patience_s=patience_s, start_s=PATIENCE_S)


def test_one_program_plays_sound_after_sound(make_player: MakePlayer, tmp_path: Path, sound: Sound) -> None:
    player = patient([make_player(PLAYS)])
    assert [player.play(sound), player.play(sound)] == [OK, OK]
    player.stop()
    assert (tmp_path / "heard").read_bytes() == sound.wav * 2
    assert (tmp_path / "starts").read_text() == "x"


def test_a_player_that_was_warmed_up_plays_by_the_program_that_runs(
    make_player: MakePlayer, tmp_path: Path, sound: Sound
) -> None:
    player = patient([make_player(PLAYS)])
    assert player.warm_up() == OK
    assert (tmp_path / "starts").read_text() == "x"
    assert player.play(sound) == OK
    player.stop()
    assert (tmp_path / "starts").read_text() == "x"


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "pass"]])
def test_a_player_that_cannot_be_warmed_up_says_why(command: list[str]) -> None:
    status = patient(command).warm_up()
    assert status.cause is Cause.NO_SOUND
    assert "qt does not start: " in status.detail


def test_a_program_that_was_lost_is_started_again(
    make_player: MakePlayer, tmp_path: Path, sound: Sound
) -> None:
    player = patient([make_player(PLAYS)])
    assert player.play(sound) == OK
    player.stop()
    assert player.play(sound) == OK
    player.stop()
    assert (tmp_path / "starts").read_text() == "xx"


@pytest.mark.parametrize(
    ("body", "cause", "detail"),
    [
        (
            f"{REFUSES}libpulse.so.0 is missing'); sys.exit(1)",
            Cause.NO_SOUND,
            "start: libpulse.so.0 is missing",
        ),
        ("sys.exit(1)", Cause.NO_SOUND, "does not start: it ended"),
        (f"{IS_READY}{REFUSES}no device', flush=True)", Cause.NO_SOUND, "qt: no device"),
        (IS_READY, Cause.NO_SOUND, "qt: it ended"),
        (f"{IS_READY}import signal\nsignal.pause()", Cause.TIMEOUT, "was not done"),
    ],
)
def test_a_program_that_cannot_is_down_and_gone(
    make_player: MakePlayer, sound: Sound, body: str, cause: Cause, detail: str
) -> None:
    player = patient([make_player(body)], 0.3 if cause is Cause.TIMEOUT else PATIENCE_S)
    status = player.play(sound)
    assert status.cause is cause
    assert detail in status.detail
    assert player._process is None


def test_a_program_that_is_not_there(sound: Sound) -> None:
    status = patient(["/no/such/program"]).play(sound)
    assert status.cause is Cause.NO_SOUND
    assert "No such file" in status.detail


def test_without_qt_multimedia_the_real_program_says_so(sound: Sound) -> None:
    # As where PySide6-Addons or the system's libpulse is missing.
    hidden = (
        "import sys; sys.modules['PySide6.QtMultimedia'] = None; import shared.qt.sound_process as program; "
    )
    player = patient([sys.executable, "-c", f"{hidden} sys.exit(program.main())"])
    status = player.play(sound)
    assert status.cause is Cause.NO_SOUND
    assert "qt does not start: " in status.detail
    assert "QtMultimedia" in status.detail
