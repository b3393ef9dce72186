from __future__ import annotations

import pytest

from hardware.voice.wording import PAUSE, TEXTS, call_clips, sentence, text_of, whole_window


@pytest.mark.parametrize(
    ("number", "counter", "said"),
    [
        ("A008", 3, "请A零零八号，到三号窗口"),
        ("A023", 12, "请A零二三号，到十二号窗口"),
        ("B1000", 2, "请B一零零零号，到二号窗口"),
        ("TS222", 20, "请TS二二二号，到二十号窗口"),
        ("A001", 22, "请A零零一号，到二十二号窗口"),
        ("A001", 47, "请A零零一号，到四十七号窗口"),
        ("A001", 10, "请A零零一号，到十号窗口"),
        ("A001", 100, "请A零零一号，到一百号窗口"),
        ("A001", 101, "请A零零一号，到一百零一号窗口"),
        ("A001", 110, "请A零零一号，到一百一十号窗口"),
        ("A001", 202, "请A零零一号，到二百零二号窗口"),
        ("A001", 999, "请A零零一号，到九百九十九号窗口"),
        ("A001", 1001, "请A零零一号，到一零零一号窗口"),
    ],
)
def test_a_call_in_chinese(number: str, counter: int, said: str) -> None:
    assert sentence(call_clips(number, counter, "zh"), "zh") == said


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        (3, "counter three"),
        (12, "counter twelve"),
        (20, "counter twenty"),
        (47, "counter forty seven"),
        (100, "counter one hundred"),
        (115, "counter one hundred and fifteen"),
        (999, "counter nine hundred and ninety nine"),
    ],
)
def test_a_call_in_english(counter: int, said: str) -> None:
    spoken = sentence(call_clips("A008", counter, "en"), "en")
    assert spoken == f"Number A zero zero eight please go to {said}"


def test_a_recall_says_so_first() -> None:
    assert sentence(call_clips("A8", 3, "zh", recalled=True), "zh") == "再次呼叫，请A八号，到三号窗口"
    assert sentence(call_clips("A8", 3, "en", recalled=True), "en").startswith("Calling again Number A eight")


def test_a_breath_parts_the_number_from_the_window() -> None:
    assert call_clips("A8", 3, "zh") == ("please", "A", "8", "number", PAUSE, "to", "3", "window")


def test_a_window_that_was_recorded_whole_goes_before_its_parts() -> None:
    assert call_clips("A8", 12, "zh", recorded={"window-12"})[-1] == whole_window(12)
    assert text_of(whole_window(12), "zh") == "到十二号窗口"
    assert text_of(whole_window(12), "en") == "please go to counter twelve"
    assert call_clips("A8", 3, "zh", recorded={"window-12"})[-3:] == ("to", "3", "window")


@pytest.mark.parametrize("language", TEXTS)
def test_every_call_needs_only_clips_that_every_pack_has(language: str) -> None:
    for counter in range(1, 1100):
        clips = set(call_clips("AZ0123456789", counter, language, recalled=True)) - {PAUSE}
        assert clips <= set(TEXTS[language])


@pytest.mark.parametrize("clip", ["window-0", "window-1000", "hello"])
def test_a_clip_that_no_call_uses_has_no_text(clip: str) -> None:
    with pytest.raises(KeyError):
        text_of(clip, "zh")
