from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.printing.text_layout import wrap, wrap_evenly


def cells(text: str) -> float:
    """Chinese is two cells wide, Latin one."""
    return sum(1 if character < "\u0100" else 2 for character in text)


def test_a_short_text_stays_on_one_line() -> None:
    assert wrap("套餐变更", 8, cells) == ["套餐变更"]


def test_chinese_breaks_anywhere_but_before_closing_punctuation() -> None:
    assert wrap("请留意屏幕，谢谢", 10, cells) == ["请留意屏", "幕，谢谢"]


def test_latin_words_stay_whole() -> None:
    assert wrap("Please watch the screen", 12, cells) == ["Please watch", "the screen"]


def test_a_number_is_not_torn_from_itself() -> None:
    assert wrap("取号时间2026-11-23", 12, cells) == ["取号时间", "2026-11-23"]


def test_a_word_wider_than_the_paper_is_broken() -> None:
    assert wrap("https://q.example.cn/t", 8, cells) == ["https://", "q.exampl", "e.cn/t"]


def test_a_line_feed_always_breaks() -> None:
    assert wrap("谢谢\n再见", 100, cells) == ["谢谢", "再见"]


def test_even_lines_leave_no_lost_character() -> None:
    assert wrap_evenly("感谢您的光临", 10, cells) == ["感谢您", "的光临"]
    assert wrap("感谢您的光临", 10, cells) == ["感谢您的光", "临"]


@given(st.text(alphabet="号票，。AB12 -（）", max_size=60), st.integers(min_value=6, max_value=40))
def test_no_character_is_lost_and_even_lines_are_as_few(text: str, width: int) -> None:
    lines = wrap(text, width, cells)
    evenly = wrap_evenly(text, width, cells)
    for result in (lines, evenly):
        assert "".join("".join(result).split()) == "".join(text.split())
    assert len(evenly) <= len(lines)
