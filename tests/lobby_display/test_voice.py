from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from hardware.simulators.voice import RecordingPlayer
from hardware.status import OK, Cause, DeviceStatus, down
from hardware.voice.announcement_sound import SpokenCall
from hardware.voice.loudspeaker import Loudspeaker
from lobby_display.voice import SilentVoice, SpokenVoice
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hardware.voice.sound import Sound

    Wait = Callable[[Callable[[], bool]], None]

CALL = SpokenCall("A023", 3, languages=("zh", "en"))
OTHER = SpokenCall("A024", 4)


class HeldPlayer(RecordingPlayer):
    """Plays until it is let go, as a long sound does."""

    def __init__(self) -> None:
        super().__init__("held")
        self.let_go = threading.Event()
        self.status = OK

    def play(self, sound: Sound) -> DeviceStatus:
        super().play(sound)
        self.let_go.wait()
        return self.status

    def stop(self) -> None:
        self.let_go.set()


class Journal:
    """What a voice told, in order."""

    def __init__(self, voice: SpokenVoice | SilentVoice) -> None:
        self.told: list[str] = []
        self._voice = voice

    def say(self, call: SpokenCall) -> None:
        begun, done = f"{call.number} begins", f"{call.number} ends"
        self._voice.say(call, partial(self.told.append, begun), partial(self.told.append, done))


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return partial(qtbot.waitUntil, timeout=PATIENCE_MS)


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    lane = Lane("voice")
    yield lane
    assert lane.stop(PATIENCE_S)


@pytest.fixture
def player() -> Iterator[HeldPlayer]:
    player = HeldPlayer()
    yield player
    player.let_go.set()


@pytest.fixture
def make_voice(lane: Lane, player: HeldPlayer, tone_pack: Path) -> Iterator[Callable[..., SpokenVoice]]:
    voices: list[SpokenVoice] = []

    def make(flash_ms: int = 0, prepare_ms: int = PATIENCE_MS, overtime_ms: int = PATIENCE_MS) -> SpokenVoice:
        # No time passes: a player that failed is not tried again.
        loudspeaker = Loudspeaker(player, tone_pack, monotonic=lambda: 0.0)
        voices.append(
            SpokenVoice(loudspeaker, lane, flash_ms=flash_ms, prepare_ms=prepare_ms, overtime_ms=overtime_ms)
        )
        return voices[-1]

    yield make
    for voice in voices:
        voice.stop()


def test_the_silent_voice_writes_what_it_would_say(wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
    journal = Journal(SilentVoice(pause_ms=0))
    journal.say(CALL)
    wait(lambda: journal.told == ["A023 begins", "A023 ends"])
    assert "announced (zh): 请A零二三号，到三号窗口" in caplog.text
    assert "announced (en): Number A zero two three please go to counter three" in caplog.text


def test_a_silent_voice_that_was_stopped_is_never_done(wait: Wait) -> None:
    voice = SilentVoice(pause_ms=0)
    stopped = Journal(voice)
    stopped.say(CALL)
    voice.stop()
    later = Journal(SilentVoice(pause_ms=1))
    later.say(OTHER)
    wait(lambda: later.told == ["A024 begins", "A024 ends"])
    assert stopped.told == ["A023 begins"]


def test_a_call_begins_with_its_sound_and_ends_with_it(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    voice = make_voice()
    voice.warm_up()
    journal = Journal(voice)
    journal.say(CALL)
    wait(lambda: len(player.played) == 1)
    wait(lambda: journal.told == ["A023 begins"])
    player.let_go.set()
    wait(lambda: journal.told == ["A023 begins", "A023 ends"])


def test_a_sound_shorter_than_the_flash_waits_for_it(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    voice = make_voice(flash_ms=PATIENCE_MS)
    player.let_go.set()
    journal = Journal(voice)
    journal.say(CALL)
    wait(lambda: len(player.played) == 1 and not voice._sounding)
    assert journal.told == ["A023 begins"]
    voice._flash.stop()
    voice._flash_over()
    assert journal.told == ["A023 begins", "A023 ends"]


@pytest.mark.expects_log("voice is down: no_sound no server")
def test_a_mute_player_leaves_the_flash(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    player.status = down(Cause.NO_SOUND, "no server")
    player.let_go.set()
    voice = make_voice()
    heard: list[DeviceStatus] = []
    voice.heard.connect(heard.append)
    journal = Journal(voice)
    journal.say(CALL)
    wait(lambda: journal.told == ["A023 begins", "A023 ends"])
    assert heard == [player.status]
    journal.say(OTHER)
    wait(lambda: journal.told[2:] == ["A024 begins", "A024 ends"])
    assert len(player.played) == 1


def test_a_player_that_hangs_is_given_up_and_the_next_call_is_shown(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    voice = make_voice(overtime_ms=0)
    journal = Journal(voice)
    journal.say(SpokenCall("A1", 1, times=1, chime=False))
    wait(lambda: journal.told == ["A1 begins", "A1 ends"])
    journal.say(OTHER)
    wait(lambda: journal.told[2:] == ["A024 begins", "A024 ends"])
    assert len(player.played) == 1
    player.let_go.set()
    wait(lambda: not voice._working)
    journal.say(CALL)
    wait(lambda: journal.told[4:] == ["A023 begins", "A023 ends"])
    wait(lambda: len(player.played) == 2)


def test_a_pack_that_takes_too_long_leaves_the_flash(
    make_voice: Callable[..., SpokenVoice], lane: Lane, player: HeldPlayer, wait: Wait
) -> None:
    voice = make_voice(prepare_ms=0)
    busy = threading.Event()
    lane.submit(busy.wait)
    journal = Journal(voice)
    journal.say(CALL)
    wait(lambda: journal.told == ["A023 begins", "A023 ends"])
    busy.set()
    wait(lambda: not voice._working)
    assert player.played == []


def test_at_no_volume_nothing_is_played(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    journal = Journal(make_voice())
    journal.say(SpokenCall("A023", 3, volume=0))
    wait(lambda: journal.told == ["A023 begins", "A023 ends"])
    assert player.played == []


def test_a_voice_that_was_stopped_says_nothing_more(
    make_voice: Callable[..., SpokenVoice], player: HeldPlayer, wait: Wait
) -> None:
    voice = make_voice()
    journal = Journal(voice)
    journal.say(CALL)
    wait(lambda: len(player.played) == 1)
    wait(lambda: journal.told == ["A023 begins"])
    voice.stop()
    wait(lambda: not voice._working)
    assert journal.told == ["A023 begins"]


@pytest.mark.expects_log("voice is down: no_clips")
def test_a_pack_that_cannot_be_used_is_told_at_the_start(lane: Lane, tmp_path: Path, wait: Wait) -> None:
    voice = SpokenVoice(Loudspeaker(RecordingPlayer("x"), tmp_path), lane)
    heard: list[DeviceStatus] = []
    voice.heard.connect(heard.append)
    voice.warm_up()
    wait(lambda: [status.cause for status in heard] == [Cause.NO_CLIPS])
