"""Both languages say the same things."""

from __future__ import annotations

import pytest

from shared.words import Language, Words
from shared.words.catalogue import rooms, variables


def test_both_languages_have_the_same_rooms() -> None:
    assert rooms(Language.ZH) == rooms(Language.EN)
    assert {"common", "kiosk", "counter", "lobby", "ticket", "operations"} <= set(rooms(Language.ZH))


@pytest.mark.parametrize("room", rooms(Language.ZH))
def test_a_room_has_the_same_ids_and_values_in_both_languages(room: str) -> None:
    assert variables(Language.ZH, room) == variables(Language.EN, room)


@pytest.mark.parametrize("language", Language)
def test_no_id_is_in_two_rooms(language: Language) -> None:
    ids = [text_id for room in rooms(language) for text_id in variables(language, room)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", Language)
def test_every_text_can_be_said(language: Language) -> None:
    words = Words(language)
    said = [
        words.say(text_id, **dict.fromkeys(needed, 2))
        for room in rooms(language)
        for text_id, needed in variables(language, room).items()
    ]
    assert said
    assert all(text.strip() for text in said)


@pytest.mark.parametrize("language", Language)
def test_no_invisible_marks_are_put_around_values(language: Language) -> None:
    assert not set(Words(language).say("common-counter", counter=3)) & {
        "\u2068",
        "\u2069",
    }


def test_english_plurals_are_right() -> None:
    words = Words("en")
    assert words.say("lobby-waiting-total", people=1) == "1 person"
    assert words.say("lobby-waiting-total", people=0) == "0 people"
    assert words.say("lobby-waiting-total", people=21) == "21 people"


def test_a_text_said_again_carries_the_values_of_this_time() -> None:
    words = Words(Language.ZH)
    said = [words.say("counter-waiting-count", people=people) for people in (3, 4, 3)]
    assert "3" in said[0]
    assert "4" in said[1]
    assert said[2] == said[0]


def test_an_unknown_id_is_a_bug() -> None:
    with pytest.raises(KeyError, match="kiosk-nowhere"):
        Words("zh").say("kiosk-nowhere")


def test_a_value_left_out_is_a_bug() -> None:
    with pytest.raises(ValueError, match="common-counter"):
        Words("zh").say("common-counter")


def test_a_table_holds_only_texts_without_values() -> None:
    table = Words("zh").table("common")
    assert table["common-back"] == "返回"
    assert "common-counter" not in table


def test_the_other_language_is_one_tap_away() -> None:
    assert Language.ZH.other is Language.EN
    assert Language.EN.other is Language.ZH
