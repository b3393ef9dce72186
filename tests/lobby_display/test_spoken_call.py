from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lobby_display.spoken_call import read_number, spell, spoken_call
from shared.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from shared.domain.announcement import Announcement


def test_a_call_is_spoken_digit_by_digit(make_announcement: Callable[..., Announcement]) -> None:
    call = make_announcement("A023", 3)
    assert spoken_call(call, Words("zh")) == "请A零二三号，到三号窗口"
    assert spoken_call(call, Words("en")) == "Number A zero two three, please go to counter 3"


def test_a_recall_says_so(make_announcement: Callable[..., Announcement]) -> None:
    call = make_announcement("B1000", 12, recalled=True)
    assert spoken_call(call, Words("zh")) == "再次呼叫，请B一零零零号，到十二号窗口"
    assert spoken_call(call, Words("en")).startswith("Calling again: number B one zero zero zero")


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (47, "四十七"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (999, "九百九十九"),
        (1001, "一零零一"),
    ],
)
def test_counters_are_read_as_numbers(number: int, read: str) -> None:
    assert read_number(number, Language.ZH) == read
    assert read_number(number, Language.EN) == str(number)


def test_letters_are_kept() -> None:
    assert spell("VIP07", Language.ZH) == "VIP零七"
