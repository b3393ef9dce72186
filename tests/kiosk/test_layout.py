"""What a finger hits and an eye reads is the same in millimetres on every screen."""

from __future__ import annotations

import pytest

from kiosk.layout import (
    BODY_MM,
    CARD_MM,
    GAP_MM,
    SENIOR_BODY_MM,
    SENIOR_CARD_MM,
    TOUCH_MM,
    Layout,
    body_mm,
    lay_out,
)
from shared.qt.sizes import CAPITAL_HEIGHT, Screen

SCREENS = [
    Screen(1080, 1920, 32.0),
    Screen(1080, 1920, 21.5),
    Screen(1280, 1024, 19.0),
    Screen(1280, 1024, 17.0),
    Screen(1920, 1080, 21.5),
    Screen(1920, 1080, 32.0),
]
every_screen = pytest.mark.parametrize(
    "screen", SCREENS, ids=lambda screen: f"{screen.width_px}-{screen.diagonal_inches}"
)
every_mode = pytest.mark.parametrize("senior", [False, True])
every_size = pytest.mark.parametrize("services", [1, 4, 10, 20, 50])


def mm(screen: Screen, pixels: float) -> float:
    return round(pixels / screen.pixels_per_mm, 3)


def bottom_of_cards(layout: Layout) -> float:
    return layout.rows * layout.card_height + (layout.rows - 1) * layout.gap


@every_screen
@every_mode
@every_size
def test_cards_are_never_smaller_than_a_finger_needs(screen: Screen, senior: bool, services: int) -> None:
    layout = lay_out(screen, services, senior=senior)
    assert mm(screen, layout.card_height) >= (SENIOR_CARD_MM if senior else CARD_MM)
    assert mm(screen, layout.gap) >= GAP_MM
    assert mm(screen, layout.touch) >= TOUCH_MM
    assert mm(screen, layout.action) >= TOUCH_MM


@every_screen
@every_mode
@every_size
def test_every_service_has_its_place_on_a_page(screen: Screen, senior: bool, services: int) -> None:
    layout = lay_out(screen, services, senior=senior)
    assert layout.cards_a_page * (layout.pages - 1) < services <= layout.cards_a_page * layout.pages


@every_screen
@every_mode
@every_size
def test_the_bands_of_the_start_page_fit_the_screen(screen: Screen, senior: bool, services: int) -> None:
    layout = lay_out(screen, services, senior=senior)
    pager = layout.pager + layout.gap if layout.pages > 1 and layout.pager else 0
    bands = layout.header + layout.question + bottom_of_cards(layout) + pager + layout.action + layout.glance
    assert bands + 3 * layout.gap + 2 * layout.margin <= screen.height_px + 0.01


@every_screen
def test_text_never_falls_below_the_least_legible_size(screen: Screen) -> None:
    assert body_mm(screen, senior=False) >= BODY_MM
    assert body_mm(screen, senior=True) >= SENIOR_BODY_MM
    layout = lay_out(screen, 10, senior=True)
    assert mm(screen, layout.body * CAPITAL_HEIGHT) >= SENIOR_BODY_MM


@every_screen
def test_senior_mode_has_one_column(screen: Screen) -> None:
    assert lay_out(screen, 20, senior=True).columns == 1


def test_ten_services_fit_one_page_of_the_usual_screens() -> None:
    assert [lay_out(screen, 10, senior=False).pages for screen in SCREENS[:5]] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("services", "grid"), [(1, (1, 1)), (2, (2, 1)), (3, (2, 2)), (4, (2, 2)), (6, (3, 2))]
)
def test_few_services_fill_the_page_with_large_cards(services: int, grid: tuple[int, int]) -> None:
    layout = lay_out(Screen(1920, 1080, 21.5), services, senior=False)
    assert (layout.columns, layout.rows) == grid


def test_a_hall_without_services_has_a_page_all_the_same() -> None:
    assert lay_out(SCREENS[0], 0, senior=False).pages == 1
