from __future__ import annotations

from typing import TYPE_CHECKING

from lobby_display.voice import SilentVoice
from shared.words import Language

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_the_silent_voice_writes_what_it_would_say(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    done: list[bool] = []
    voice = SilentVoice(pause_ms=0)
    voice.say([(Language.ZH, "请A零二三号，到三号窗口")], lambda: done.append(True))
    qtbot.waitUntil(lambda: done == [True])
    assert "announced (zh): 请A零二三号，到三号窗口" in caplog.text


def test_a_voice_that_was_stopped_is_never_done(qtbot: QtBot) -> None:
    done: list[bool] = []
    voice = SilentVoice(pause_ms=0)
    voice.say([(Language.EN, "Number A one")], lambda: done.append(True))
    voice.stop()
    later: list[bool] = []
    other = SilentVoice(pause_ms=1)
    other.say([(Language.EN, "Number A two")], lambda: later.append(True))
    qtbot.waitUntil(lambda: later == [True])
    assert done == []
