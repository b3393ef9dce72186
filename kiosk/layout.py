"""Where things stand on the kiosk's screen: computed in millimetres, so that a finger hits and an eye reads.

20 mm is the smallest target a finger hits without care, 28 mm the lowest service card, 36 mm in senior mode. Text grows
with the screen, but never falls below 5.5 mm capitals (8 mm in senior mode). Where the services do not fit they are
split into pages: cards never get smaller.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from shared.qt.sizes import CAPITAL_HEIGHT, Screen

TOUCH_MM = 20.0
GAP_MM = 8.0
CARD_MM = 28.0
SENIOR_CARD_MM = 36.0
BODY_MM = 5.5
SENIOR_BODY_MM = 8.0

_BODY_OF_SHORT_SIDE = 1 / 52
_SENIOR_GROWTH = 1.3
_CARD_WIDTH_EM = 12.5
_CARD_HEIGHT_EM = 4.0
_TALLEST_CARD_EM = 11.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in pixels; `columns` x `rows` cards make one page of services, `pages` of them hold all."""

    width: int
    height: int
    landscape: bool
    body: float
    touch: float
    gap: float
    margin: float
    header: float
    question: float
    pager: float
    action: float
    glance: float
    columns: int
    rows: int
    pages: int
    card_height: float

    @property
    def cards_a_page(self) -> int:
        """How many services fit on one page."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class _Bands:
    """The horizontal bands of the start page, in millimetres, from top to bottom; cards take what is left."""

    em: float
    margin: float
    header: float
    question: float
    pager: float  # 0 where pages are turned in the row of actions
    action: float
    glance: float

    def room_for_cards(self, height: float, *, paged: bool) -> float:
        taken = 2 * self.margin + self.header + self.question + self.action + self.glance + 3 * GAP_MM
        pager = self.pager + GAP_MM if paged and self.pager else 0.0
        return height - taken - pager


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: int
    rows: int
    pages: int
    card_height: float


def body_mm(screen: Screen, *, senior: bool) -> float:
    """The height of a capital of the body text, in millimetres."""
    short = min(screen.width_px, screen.height_px) / screen.pixels_per_mm
    normal = max(BODY_MM, short * _BODY_OF_SHORT_SIDE)
    return max(SENIOR_BODY_MM, normal * _SENIOR_GROWTH) if senior else normal


def lay_out(screen: Screen, services: int, *, senior: bool) -> Layout:
    """The layout of the kiosk's pages on this screen for a hall with this many services."""
    width, height = screen.width_px / screen.pixels_per_mm, screen.height_px / screen.pixels_per_mm
    bands = _bands(
        body_mm(screen, senior=senior) / CAPITAL_HEIGHT,
        min(width, height),
        landscape=width > height,
        senior=senior,
    )
    grid = _grid(width, height, bands, max(1, services), senior=senior)
    px = screen.pixels
    return Layout(
        width=screen.width_px,
        height=screen.height_px,
        landscape=width > height,
        body=px(bands.em),
        touch=px(TOUCH_MM),
        gap=px(GAP_MM),
        margin=px(bands.margin),
        header=px(bands.header),
        question=px(bands.question),
        pager=px(bands.pager),
        action=px(bands.action),
        glance=px(bands.glance),
        columns=grid.columns,
        rows=grid.rows,
        pages=grid.pages,
        card_height=px(grid.card_height),
    )


def _bands(em: float, short_side: float, *, landscape: bool, senior: bool) -> _Bands:
    return _Bands(
        em=em,
        margin=max(8.0, short_side * 0.035),
        header=max(TOUCH_MM + 2, (2.2 if senior else 3.2) * em),
        question=2.9 * em,
        pager=0.0 if senior and landscape else max(TOUCH_MM, 2.2 * em),
        action=max(TOUCH_MM + 4, 3.0 * em),
        glance=0.0 if senior else 1.6 * em,
    )


def _grid(width: float, height: float, bands: _Bands, services: int, *, senior: bool) -> _Grid:
    lowest = SENIOR_CARD_MM if senior else max(CARD_MM, _CARD_HEIGHT_EM * bands.em)
    usable = width - 2 * bands.margin
    most_columns = (
        1 if senior else max(1, math.floor((usable + GAP_MM) / (_CARD_WIDTH_EM * bands.em + GAP_MM)))
    )
    room = bands.room_for_cards(height, paged=False)
    columns = _best_columns(services, most_columns, _rows_in(room, lowest), usable, room, bands.em)
    if columns:
        rows = math.ceil(services / columns)
        return _Grid(columns, rows, 1, _card_height(room, rows, bands.em))
    room = bands.room_for_cards(height, paged=True)
    most = most_columns * max(1, _rows_in(room, lowest))
    pages = math.ceil(services / most)
    rows = math.ceil(math.ceil(services / pages) / most_columns)
    return _Grid(most_columns, rows, pages, _card_height(room, rows, bands.em))


def _best_columns(
    services: int, most_columns: int, most_rows: int, width: float, room: float, em: float
) -> int | None:
    """The columns that give the largest cards on one page; None when the services need more pages.

    One column is left to senior mode: in so wide a card the wait would stand far from the name.
    """

    def area(columns: int) -> float:
        card_width = (width - (columns - 1) * GAP_MM) / columns
        return card_width * _card_height(room, math.ceil(services / columns), em)

    fewest = min(2, services, most_columns)
    fitting = [
        columns for columns in range(fewest, most_columns + 1) if math.ceil(services / columns) <= most_rows
    ]
    return max(fitting, key=area, default=None)


def _rows_in(room: float, lowest: float) -> int:
    return math.floor((room + GAP_MM) / (lowest + GAP_MM))


def _card_height(room: float, rows: int, em: float) -> float:
    return min((room - (rows - 1) * GAP_MM) / rows, _TALLEST_CARD_EM * em)
