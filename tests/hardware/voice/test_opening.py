from __future__ import annotations

from pathlib import Path

import pytest

from hardware.address import DeviceAddressError
from hardware.simulators.voice import RecordingPlayer
from hardware.voice.opening import open_player
from hardware.voice.player import CommandPlayer, FirstThatWorks
from hardware.voice.resident_player import ResidentPlayer
from hardware.voice.sound import Sound


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are in this folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(programs: Path, name: str) -> None:
    (programs / name).write_text("#!/bin/sh\n", encoding="utf-8")
    (programs / name).chmod(0o755)


def test_a_machine_plays_by_qt_first_and_then_by_what_it_has(programs: Path) -> None:
    install(programs, "aplay")
    install(programs, "pw-play")
    player = open_player("voice:", qt_command=["qt-player"])
    assert isinstance(player, FirstThatWorks)
    assert [each.name for each in player._players] == ["qt", "pw-play", "aplay"]


def test_a_machine_without_any_player_has_an_empty_choice(programs: Path, sound: Sound) -> None:
    assert open_player("voice:").name == "no player"


def test_with_a_device_only_players_that_can_be_told_one_are_asked(programs: Path) -> None:
    install(programs, "aplay")
    install(programs, "afplay")
    player = open_player("voice:?device=plughw:1,0", qt_command=["qt-player"])
    assert isinstance(player, FirstThatWorks)
    (only,) = player._players
    assert isinstance(only, CommandPlayer)
    assert only._command == ("aplay", "-q", "--device=plughw:1,0")


def test_one_player_by_name_and_one_of_yours() -> None:
    named = open_player("voice:paplay?device=hall")
    assert isinstance(named, CommandPlayer)
    assert named._command == ("paplay", "--device=hall")
    own = open_player("voice:/opt/say")
    assert isinstance(own, CommandPlayer)
    assert own._command == ("/opt/say",)
    assert isinstance(open_player("voice:qt", qt_command=["qt-player"]), ResidentPlayer)


def test_a_simulated_loudspeaker(tmp_path: Path) -> None:
    assert isinstance(open_player(f"sim://voice/lobby-1?folder={tmp_path}"), RecordingPlayer)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("voice:radio", "no such player here"),
        ("voice://x", "no such player here"),
        ("voice:?volume=3", "unknown option 'volume'"),
        ("voice:afplay?device=1", "can be told a device"),
        ("voice:qt", "Qt Multimedia is not installed"),
        ("loud:", "write voice:"),
        ("sim://radio/1", "no such voice"),
        ("sim://voice/", "name the simulated device"),
        ("sim://voice/1?speed=2", "unknown option"),
    ],
)
def test_a_url_that_is_no_voice_is_refused(url: str, told: str) -> None:
    with pytest.raises(DeviceAddressError, match=told):
        open_player(url)
