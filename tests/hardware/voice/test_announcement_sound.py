"""The clips are joined without loss: their tones are counted out of the WAV again."""

from __future__ import annotations

import io
import wave
from array import array
from pathlib import Path

import pytest

from hardware.voice.announcement_sound import AFTER_CHIME_S, AGAIN_S, END_S, PAUSE_S, ClipJoiner, SpokenCall
from hardware.voice.pack import load_pack
from hardware.voice.sound import Sound, from_frames
from tools.testing.tone_pack import CLIP_S, RATE, heard, write_tone_pack

ONCE = ["please", "A", "0", "8", "number", "to", "3", "window"]


@pytest.fixture
def joiner(tone_pack: Path) -> ClipJoiner:
    return ClipJoiner(load_pack(tone_pack))


def samples_of(sound: Sound) -> array[int]:
    with wave.open(io.BytesIO(sound.wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return from_frames(file.readframes(file.getnframes()))


def test_a_chime_and_then_the_words_in_order_twice(joiner: ClipJoiner) -> None:
    sound = joiner.join(SpokenCall("A08", 3))
    assert heard(samples_of(sound), "zh") == ["chime", *ONCE, *ONCE]
    said = 8 * CLIP_S + PAUSE_S
    assert sound.seconds == pytest.approx(CLIP_S + AFTER_CHIME_S + said + AGAIN_S + said + END_S, abs=0.001)
    assert sound.seconds == pytest.approx(len(samples_of(sound)) / RATE)


def test_a_digit_that_comes_twice_is_said_twice(joiner: ClipJoiner) -> None:
    single, double = joiner.join(SpokenCall("A08", 3)), joiner.join(SpokenCall("A008", 3))
    assert double.seconds - single.seconds == pytest.approx(2 * CLIP_S, abs=0.001)


def test_english_follows_chinese(joiner: ClipJoiner) -> None:
    both = samples_of(joiner.join(SpokenCall("A08", 3, languages=("zh", "en"), times=1, chime=False)))
    middle = round((8 * CLIP_S + PAUSE_S + AGAIN_S / 2) * RATE)
    assert heard(both[:middle], "zh") == ONCE
    assert heard(both[middle:], "en") == ["number", "A", "0", "8", "to", "3"]


def test_in_a_hurry_it_is_the_words_alone_once(joiner: ClipJoiner) -> None:
    sound = joiner.join(SpokenCall("A08", 3, times=1, chime=False))
    assert heard(samples_of(sound), "zh") == ONCE


def test_a_recall_begins_with_its_own_words(joiner: ClipJoiner) -> None:
    sound = joiner.join(SpokenCall("A08", 3, recalled=True, times=1))
    assert heard(samples_of(sound), "zh") == ["chime", "again", *ONCE]


def test_quieter_hours_are_quieter_and_say_the_same(joiner: ClipJoiner) -> None:
    loud, quiet = (samples_of(joiner.join(SpokenCall("A08", 3, volume=volume))) for volume in (100, 40))
    assert max(quiet) == pytest.approx(max(loud) * 0.4, abs=1)
    assert heard(quiet, "zh") == heard(loud, "zh")
    assert samples_of(joiner.join(SpokenCall("A08", 3, volume=40))) == quiet


def test_a_language_that_the_pack_lacks_is_left_out(tmp_path: Path) -> None:
    write_tone_pack(tmp_path, ["zh"])
    joiner = ClipJoiner(load_pack(tmp_path))
    for wanted in (("zh", "en"), ("en",)):
        sound = joiner.join(SpokenCall("A08", 3, languages=wanted, times=1))
        assert heard(samples_of(sound), "zh") == ["chime", *ONCE]
