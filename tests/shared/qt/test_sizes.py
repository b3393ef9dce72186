from __future__ import annotations

import pytest

from shared.qt.sizes import CAPITAL_HEIGHT, Screen, legible_mm


def test_a_screen_knows_its_millimetres() -> None:
    screen = Screen(1920, 1080, 55)
    assert screen.pixels_per_mm == pytest.approx(1920 / 1217.6, rel=1e-3)
    assert screen.pixels(100) == pytest.approx(157.7, rel=1e-3)


def test_a_turned_screen_has_the_same_millimetres() -> None:
    assert Screen(1080, 1920, 32).pixels_per_mm == Screen(1920, 1080, 32).pixels_per_mm


def test_a_font_is_larger_than_its_capitals() -> None:
    screen = Screen(1920, 1080, 55)
    assert screen.font_pixels(50) * CAPITAL_HEIGHT == pytest.approx(screen.pixels(50))


def test_the_farther_the_seat_the_higher_the_number() -> None:
    assert legible_mm(6) == pytest.approx(73.3, abs=0.1)
    assert legible_mm(12) == pytest.approx(2 * legible_mm(6))
    assert legible_mm(6, degrees=0.35) == pytest.approx(legible_mm(6) / 2, rel=1e-4)
