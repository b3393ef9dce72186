from __future__ import annotations

from hardware.printing.fonts import find_ticket_font, shipped_font


def test_a_chinese_font_is_always_found() -> None:
    face = find_ticket_font().at(40, bold=False)
    missing = face.getmask("\U0010fffd")
    assert bytes(face.getmask("叫")) != bytes(missing)


def test_bold_without_a_bold_cut_is_a_stroke_that_grows_with_the_size() -> None:
    font = shipped_font()
    assert font.stroke(20, bold=False) == 0
    assert 0 < font.stroke(20, bold=True) < font.stroke(200, bold=True)
