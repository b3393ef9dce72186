from __future__ import annotations

from itertools import combinations

import pytest

from lobby_display.layout import Box, Content, Layout, lay_out, text_ems
from shared.qt.sizes import CAPITAL_HEIGHT, Screen, legible_mm

SIZES = [(1920, 1080), (1080, 1920), (1280, 720), (3840, 2160), (1366, 768), (2160, 3840)]
CONTENTS = [
    Content(1, 1),
    Content(10, 8),
    Content(12, 16, counter_length=2, number_length=5),
    Content(20, 50, 5, 2),
]


def boxes(layout: Layout) -> dict[str, Box]:
    names = ("hero", "earlier", "waiting", "counters", "head", "notice")
    return {name: getattr(layout, name) for name in names}


def overlap(one: Box, other: Box) -> bool:
    apart = (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )
    return not apart


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("seat_m", [2, 6, 12, 30])
def test_no_part_covers_another_or_leaves_the_screen(
    size: tuple[int, int], content: Content, seat_m: float
) -> None:
    layout = lay_out(Screen(*size, 55), seat_m, content)
    parts = boxes(layout)
    whole = Box(0, 0, *size)
    assert not [(one, other) for one, other in combinations(parts, 2) if overlap(parts[one], parts[other])]
    for box in parts.values():
        assert box.width > 0
        assert box.height > 0
        assert box.x >= whole.x
        assert box.y >= whole.y
        assert box.x + box.width <= whole.width
        assert box.y + box.height <= whole.height


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("content", CONTENTS)
def test_rows_and_chips_fit_their_panels(size: tuple[int, int], content: Content) -> None:
    layout = lay_out(Screen(*size, 55), 6, content)
    rows = layout.panel_head_px + layout.waiting_rows * layout.waiting_row_px
    lines = layout.chips // layout.chip_columns
    chips = layout.panel_head_px + lines * layout.chip_px + (lines - 1) * (layout.gap // 2)
    assert rows <= layout.waiting.height
    assert chips <= layout.counters.height


def test_the_newest_call_takes_forty_percent_of_a_wide_screen() -> None:
    assert lay_out(Screen(1920, 1080, 55), 6, Content(10, 8)).hero.height == round(1080 * 0.4)


def test_the_newest_call_is_the_largest() -> None:
    layout = lay_out(Screen(1920, 1080, 55), 6, Content(10, 8))
    assert layout.hero_px > layout.earlier_px * 1.3 > layout.body_px


def test_a_usual_hall_reads_its_number_from_the_last_seat() -> None:
    screen = Screen(1920, 1080, 55)
    layout = lay_out(screen, 6, Content(10, 8))
    assert layout.hero_px * CAPITAL_HEIGHT / screen.pixels_per_mm >= legible_mm(6)
    assert layout.readable_m >= 6


def test_earlier_calls_are_legible_before_they_are_many() -> None:
    near, far = (lay_out(Screen(1920, 1080, 55), seat, Content(10, 8)) for seat in (6, 12))
    assert far.earlier_rows < near.earlier_rows
    assert far.earlier_px > near.earlier_px


def test_a_small_screen_says_how_far_it_reaches() -> None:
    assert lay_out(Screen(1280, 720, 24), 12, Content(10, 8)).readable_m < 12


def test_a_longer_number_gets_smaller_digits_and_not_a_cut() -> None:
    short, long = (lay_out(Screen(1080, 1920, 43), 6, Content(10, 8, number_length=n)) for n in (4, 5))
    assert long.hero_px < short.hero_px


def test_ten_services_stand_on_two_even_pages() -> None:
    assert lay_out(Screen(1920, 1080, 55), 6, Content(10, 8)).waiting_rows == 5


def test_a_portrait_screen_stacks_its_parts() -> None:
    layout = lay_out(Screen(1080, 1920, 43), 6, Content(10, 8))
    tops = [
        box.y
        for box in (layout.head, layout.hero, layout.earlier, layout.waiting, layout.counters, layout.notice)
    ]
    assert layout.portrait
    assert tops == sorted(tops)
    assert len({box.x for box in boxes(layout).values()}) == 1


def test_long_names_get_one_smaller_size_for_all() -> None:
    short, long = (
        lay_out(Screen(1920, 1080, 55), 6, Content(10, 8, name_ems=text_ems(name)))
        for name in ("缴费充值", "Business customers")
    )
    assert short.name_px == round(short.body_px)
    assert long.body_px * 0.7 <= long.name_px < short.name_px
