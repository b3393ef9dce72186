from __future__ import annotations

import logging
from pathlib import Path

import pytest

from hardware.simulators.voice import RecordingPlayer
from hardware.status import OK, Cause, DeviceStatus, down
from hardware.voice.announcement_sound import SpokenCall
from hardware.voice.loudspeaker import Loudspeaker
from hardware.voice.sound import Sound

CALL = SpokenCall("A008", 3)


class SometimesMute(RecordingPlayer):
    """Plays into memory, unless it is mute."""

    mute = False
    tries = 0

    def play(self, sound: Sound) -> DeviceStatus:
        self.tries += 1
        return down(Cause.NO_SOUND, "no server") if self.mute else super().play(sound)


@pytest.fixture
def player() -> SometimesMute:
    return SometimesMute("test")


@pytest.fixture
def time() -> list[float]:
    return [0.0]


@pytest.fixture
def loudspeaker(player: SometimesMute, tone_pack: Path, time: list[float]) -> Loudspeaker:
    return Loudspeaker(player, tone_pack, monotonic=lambda: time[0])


def test_calls_are_played_one_after_another(loudspeaker: Loudspeaker, player: SometimesMute) -> None:
    assert loudspeaker.say(CALL) == OK
    assert loudspeaker.say(SpokenCall("A009", 4, recalled=True)) == OK
    first, second = player.played
    assert second.seconds > first.seconds
    assert loudspeaker.name == "test"


@pytest.mark.expects_log("voice is down: no_sound no server")
def test_a_mute_player_is_told_once_and_left_alone_for_a_while(
    loudspeaker: Loudspeaker, player: SometimesMute, time: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    player.mute = True
    for moment in (0.0, 0.5, 1.5, 2.0, 4.0):
        time[0] = moment
        assert loudspeaker.say(CALL).cause is Cause.NO_SOUND
    assert player.tries == 3
    player.mute = False
    time[0] = 60.0
    assert loudspeaker.say(CALL) == OK
    lines = [record.getMessage() for record in caplog.records if "voice is" in record.getMessage()]
    assert lines == ["voice is down: no_sound no server", "voice is back"]


@pytest.mark.expects_log("voice is down: no_clips .*there is no manifest.toml")
def test_without_a_pack_nothing_is_played(player: SometimesMute, tmp_path: Path) -> None:
    loudspeaker = Loudspeaker(player, tmp_path)
    assert loudspeaker.warm_up().cause is Cause.NO_CLIPS
    assert loudspeaker.prepare(CALL) is None
    assert loudspeaker.say(CALL).cause is Cause.NO_CLIPS
    assert loudspeaker.status().cause is Cause.NO_CLIPS
    assert player.tries == 0


def test_the_default_pack_is_used_when_none_is_named(
    player: SometimesMute, tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.voice.loudspeaker.ensure_default_pack", lambda: tone_pack)
    assert Loudspeaker(player).say(CALL) == OK
    assert len(player.played) == 1
