from __future__ import annotations

import threading
from pathlib import Path

from hardware.simulators.voice import RecordingPlayer
from hardware.status import OK, Cause, DeviceStatus, down
from hardware.voice.player import CommandPlayer, FirstThatWorks
from hardware.voice.sound import Sound
from tests.hardware.voice.conftest import MakePlayer
from tools.testing.patience import PATIENCE_S

HANGS = "(folder / 'began').touch()\nimport signal\nsignal.pause()\n"


class ScriptedPlayer:
    """Answers as told, and moves the time on while it plays."""

    def __init__(
        self, name: str, time: list[float], *, status: DeviceStatus = OK, takes_s: float = 0
    ) -> None:
        self.name = name
        self.status = status
        self.takes_s = takes_s
        self.played = 0
        self.stopped = 0
        self._time = time

    def warm_up(self) -> DeviceStatus:
        return self.status

    def play(self, sound: Sound) -> DeviceStatus:
        self.played += 1
        self._time[0] += self.takes_s
        return self.status

    def stop(self) -> None:
        self.stopped += 1


def patient(command: list[str]) -> CommandPlayer:
    return CommandPlayer(command, patience_s=PATIENCE_S)


def test_a_program_is_given_the_whole_file(make_player: MakePlayer, tmp_path: Path, sound: Sound) -> None:
    player = patient([make_player("(folder / 'heard').write_bytes(Path(sys.argv[1]).read_bytes())")])
    assert player.play(sound) == OK
    assert (tmp_path / "heard").read_bytes() == sound.wav


def test_a_program_that_fails_says_why(make_player: MakePlayer, sound: Sound) -> None:
    player = patient([make_player("sys.exit('Connection failure: Connection refused')")])
    status = player.play(sound)
    assert status.cause is Cause.NO_SOUND
    assert status.detail == "player: Connection failure: Connection refused"


def test_a_program_that_fails_without_a_word_has_an_exit_code(make_player: MakePlayer, sound: Sound) -> None:
    assert patient([make_player("sys.exit(3)")]).play(sound).detail == "player: exit code 3"


def test_a_program_that_is_not_there(sound: Sound) -> None:
    status = CommandPlayer(["/no/such/player"]).play(sound)
    assert status.cause is Cause.NO_SOUND
    assert "No such file" in status.detail


def test_a_program_that_hangs_is_ended(make_player: MakePlayer, sound: Sound) -> None:
    player = CommandPlayer([make_player("import signal\nsignal.pause()")], patience_s=0.2)
    status = player.play(sound)
    assert status.cause is Cause.TIMEOUT
    assert "was not done after 0.1 s of sound" in status.detail


def test_stopping_ends_the_program_from_another_thread(
    make_player: MakePlayer, tmp_path: Path, sound: Sound
) -> None:
    player = patient([make_player(HANGS)])
    statuses: list[DeviceStatus] = []
    thread = threading.Thread(target=lambda: statuses.append(player.play(sound)))
    thread.start()
    while not (tmp_path / "began").exists():
        thread.join(0.01)
        assert thread.is_alive()
    player.stop()
    thread.join(PATIENCE_S)
    assert [status.cause for status in statuses] == [Cause.NO_SOUND]


def test_the_first_player_that_works_plays_and_stays_first(sound: Sound) -> None:
    time = [0.0]
    mute = ScriptedPlayer("mute", time, status=down(Cause.NO_SOUND, "no server"))
    works = ScriptedPlayer("works", time)
    player = FirstThatWorks([mute, works], monotonic=lambda: time[0])
    assert player.play(sound) == OK
    assert player.name == "works"
    assert player.play(sound) == OK
    assert (mute.played, works.played) == (1, 2)


def test_a_player_that_fails_in_mid_sentence_is_not_followed_by_another_at_once(sound: Sound) -> None:
    time = [0.0]
    breaks = ScriptedPlayer("breaks", time, status=down(Cause.TIMEOUT, "jammed"), takes_s=3)
    works = ScriptedPlayer("works", time)
    player = FirstThatWorks([breaks, works], monotonic=lambda: time[0])
    assert player.play(sound).cause is Cause.TIMEOUT
    assert works.played == 0
    assert player.play(sound) == OK
    assert (breaks.played, works.played) == (1, 1)


def test_warming_up_finds_out_which_player_cannot_even_start(sound: Sound) -> None:
    time = [0.0]
    broken = ScriptedPlayer("broken", time, status=down(Cause.NO_SOUND, "no library"), takes_s=3)
    works = ScriptedPlayer("works", time)
    player = FirstThatWorks([broken, works], monotonic=lambda: time[0])
    player.warm_up()
    assert player.play(sound) == OK
    assert (broken.played, works.played) == (0, 1)


def test_when_none_works_every_reason_is_told(sound: Sound) -> None:
    time = [0.0]
    players = [ScriptedPlayer(name, time, status=down(Cause.NO_SOUND, f"{name} fails")) for name in "ab"]
    status = FirstThatWorks(players, monotonic=lambda: time[0]).play(sound)
    assert (status.cause, status.detail) == (Cause.NO_SOUND, "a fails; b fails")


def test_without_any_player_there_is_no_sound(sound: Sound) -> None:
    player = FirstThatWorks([])
    assert player.play(sound).cause is Cause.NO_SOUND
    assert player.name == "no player"


def test_stopping_stops_whichever_plays(sound: Sound) -> None:
    players = [ScriptedPlayer(name, [0.0]) for name in "ab"]
    FirstThatWorks(players).stop()
    assert [player.stopped for player in players] == [1, 1]


def test_a_simulated_loudspeaker_keeps_what_it_played(tmp_path: Path, sound: Sound) -> None:
    kept = RecordingPlayer("lobby-1")
    assert kept.play(sound) == OK
    assert kept.played == [sound]
    for _ in range(2):
        assert RecordingPlayer("lobby-1", tmp_path / "voice").play(sound) == OK
    assert sorted(path.name for path in (tmp_path / "voice").iterdir()) == ["0001.wav", "0002.wav"]
    assert (tmp_path / "voice" / "0002.wav").read_bytes() == sound.wav


def test_a_simulated_loudspeaker_whose_folder_cannot_be_written(tmp_path: Path, sound: Sound) -> None:
    (tmp_path / "file").touch()
    assert RecordingPlayer("x", tmp_path / "file" / "voice").play(sound).cause is Cause.WRITE_FAILED
