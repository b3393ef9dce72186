from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from hardware.voice.announcement_sound import SpokenCall
from lobby_display.spoken_call import CallWording
from shared.settings import Settings
from shared.words import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.domain.announcement import Announcement


def wording(*languages: Language, at: time = time(9), **settings: object) -> CallWording:
    chosen = Settings.model_validate(settings)
    return CallWording(chosen, lambda _call: languages, lambda: at)


def test_a_call_is_said_as_the_settings_say(make_announcement: Callable[..., Announcement]) -> None:
    say = wording(Language.ZH, voice_times=3, voice_volume=80)
    call = make_announcement("A023", 3, recalled=True)
    assert say(call) == SpokenCall("A023", 3, recalled=True, languages=("zh",), times=3, volume=80)


@pytest.mark.parametrize(
    ("setting", "known", "spoken"),
    [
        ("auto", (Language.ZH,), ("zh",)),
        ("auto", (Language.EN, Language.ZH), ("zh", "en")),
        ("zh", (Language.EN,), ("zh",)),
        ("en", (Language.ZH,), ("en",)),
        ("zh+en", (Language.ZH,), ("zh", "en")),
    ],
)
def test_chinese_comes_first(
    make_announcement: Callable[..., Announcement],
    setting: str,
    known: tuple[Language, ...],
    spoken: tuple[str, ...],
) -> None:
    assert wording(*known, voice_languages=setting)(make_announcement()).languages == spoken


def test_it_is_quieter_in_the_quiet_hours(make_announcement: Callable[..., Announcement]) -> None:
    quiet = {"voice_quiet": "12:00-14:00 40"}
    at_noon, later = (
        wording(Language.ZH, at=at, **quiet)(make_announcement()).volume for at in (time(12, 30), time(15))
    )
    assert (at_noon, later) == (40, 100)
