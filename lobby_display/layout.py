"""Where everything stands on the lobby screen, in pixels, from the screen's millimetres and the farthest seat.

Three heights are wanted at the farthest seat: the newest call under 0.7°, the calls before it under 0.36°
(what ISO 9241-303 prefers), all other text under 16 minutes of arc (its least). A screen too small for its hall gets
what fits; `Layout.readable_m` says how far its numbers reach.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from shared.qt.sizes import CAPITAL_HEIGHT, LEGIBLE_DEGREES, Screen, legible_mm

EARLIER_DEGREES = 0.36
TEXT_DEGREES = 16 / 60

_LEAST_BODY = 0.030
_LARGEST_BODY = 0.0435
"""Font size of the body text as a part of the screen's shorter side: a page of text must stay a page."""

_GAP = 0.022
_HERO_PART = 0.40
_CAPTION = 1.5
_HERO_LINE = 1.0
_NUMBER_LINE = 1.14
_ROW_LINE = 1.45
_MOST_EARLIER = 4
_FEWEST_EARLIER = 2
_PORTRAIT_EARLIER = 3
_NUMBER_WIDTH = 0.58
_LETTER_WIDTH = 0.70
_ARROW_WIDTH = 1.0
"""Widths in font sizes: a digit with its share of bold, a prefix letter, the arrow with the air around it."""

_PANEL_HEAD = 1.35
_LATIN_WIDTH = 0.56
_WAITING_ROW = 1.45
_PEOPLE = 2.1
_QUOTE = 4.3
_LEAST_NAME = 0.72
_CHIP_HEIGHT = 1.8
_CHIP_WIDTH = 3.5
_CHIP_DIGIT = 0.8


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole pixels."""

    x: int
    y: int
    width: int
    height: int

    def inset(self, by: int) -> Box:
        """Return the box without a border of this width."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Content:
    """How much a hall has to show: what decides whether everything fits on one page."""

    services: int
    counters: int
    number_length: int = 4
    counter_length: int = 1
    name_ems: float = 4.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The boxes of the screen, the font sizes that are not of the theme, and how many items a page holds."""

    portrait: bool
    width: int
    height: int
    gap: int
    pad: int
    body_px: float
    hero: Box
    hero_px: int
    earlier: Box
    earlier_rows: int
    earlier_px: int
    waiting: Box
    waiting_rows: int
    waiting_row_px: int
    name_px: int
    people_px: int
    quote_px: int
    counters: Box
    chip_columns: int
    chips: int
    chip_px: int
    panel_head_px: int
    number_length: int
    counter_length: int
    head: Box
    notice: Box
    readable_m: float


def lay_out(screen: Screen, farthest_seat_m: float, content: Content) -> Layout:
    """Return the layout of a screen whose farthest reader sits this many metres away."""
    measure = _Measure(screen, farthest_seat_m, content)
    return measure.portrait() if screen.height_px > screen.width_px else measure.landscape()


def text_ems(text: str) -> float:
    """Return about how wide a text is in font sizes: a Chinese character is one, a Latin letter about half."""
    return sum(_LATIN_WIDTH if sign.isascii() else 1.0 for sign in text)


class _Measure:
    """The sums that both orientations share."""

    def __init__(self, screen: Screen, seat_m: float, content: Content) -> None:
        self.screen, self.seat_m, self.content = screen, seat_m, content
        self.width, self.height = screen.width_px, screen.height_px
        short = min(self.width, self.height)
        wanted = screen.font_pixels(legible_mm(seat_m, TEXT_DEGREES))
        self.body = min(max(wanted, short * _LEAST_BODY), short * _LARGEST_BODY)
        self.gap = round(short * _GAP)
        self.pad = round(self.body * 0.6)
        self.panel_head = round(self.body * _PANEL_HEAD)
        self.panel_pads = round(self.pad * 1.1)

    def landscape(self) -> Layout:
        """Calls on the left two thirds, waiting and counters on the right, notices below."""
        gap, inner = self.gap, self.width - 3 * self.gap
        left = round(inner * 0.645)
        right_x, right = 2 * gap + left, inner - left
        notice_height = round(max(self.body * 2.9, self.height * 0.12))
        bottom = self.height - notice_height - gap
        hero = Box(gap, gap, left, round(self.height * _HERO_PART))
        earlier_y = hero.y + hero.height + gap
        earlier = Box(gap, earlier_y, left, bottom - gap - earlier_y)
        counters_height = self._counters_height(right, lines=3)
        counters = Box(right_x, bottom - gap - counters_height, right, counters_height)
        waiting = Box(right_x, gap, right, counters.y - 2 * gap)
        return self._layout(
            hero, earlier, waiting, counters,
            head=Box(right_x, bottom, right, notice_height),
            notice=Box(gap, bottom, left, notice_height),
        )  # fmt: skip

    def portrait(self) -> Layout:
        """One column: head, newest call, earlier calls, waiting, counters, notices."""
        gap, width = self.gap, self.width - 2 * self.gap
        head = Box(gap, gap, width, round(self.body * 1.9))
        notice_height = round(max(self.body * 3.3, self.height * 0.095))
        notice = Box(gap, self.height - gap - notice_height, width, notice_height)
        counters_height = self._counters_height(width, lines=2)
        counters = Box(gap, notice.y - gap - counters_height, width, counters_height)
        hero = Box(gap, head.y + head.height + gap, width, round(self.height * 0.19))
        rest_y = hero.y + hero.height + gap
        rest = counters.y - gap - rest_y
        wanted = _PORTRAIT_EARLIER * (self._wanted_row() + gap // 2)
        earlier = Box(gap, rest_y, width, round(min(wanted, (rest - gap) * 0.5)))
        waiting_y = earlier.y + earlier.height + gap
        waiting = Box(gap, waiting_y, width, counters.y - gap - waiting_y)
        return self._layout(hero, earlier, waiting, counters, head=head, notice=notice)

    def _layout(
        self, hero: Box, earlier: Box, waiting: Box, counters: Box, *, head: Box, notice: Box
    ) -> Layout:
        hero_px = self._hero_font(hero)
        rows = self._earlier_rows(earlier)
        row_height = (earlier.height - (rows - 1) * (self.gap // 2)) / rows
        columns = self._chip_columns(counters.width)
        lines = self._chip_lines(counters.height)
        room = waiting.height - self.panel_head - self.panel_pads
        waiting_rows = max(1, math.floor(room / (self.body * _WAITING_ROW)))
        pages = max(1, math.ceil(self.content.services / waiting_rows))
        waiting_rows = max(1, math.ceil(self.content.services / pages))
        return Layout(
            portrait=self.height > self.width,
            width=self.width,
            height=self.height,
            gap=self.gap,
            pad=self.pad,
            body_px=self.body,
            hero=hero,
            hero_px=hero_px,
            earlier=earlier,
            earlier_rows=rows,
            earlier_px=round(min(row_height / _NUMBER_LINE * 0.86, hero_px / 1.4)),
            waiting=waiting,
            waiting_rows=waiting_rows,
            waiting_row_px=round(min(room / waiting_rows, self.body * 2.4)),
            name_px=self._name_font(waiting),
            people_px=round(self.body * _PEOPLE),
            quote_px=round(self.body * _QUOTE),
            counters=counters,
            chip_columns=columns,
            chips=columns * lines,
            chip_px=round(self.body * _CHIP_HEIGHT),
            panel_head_px=self.panel_head,
            number_length=self.content.number_length,
            counter_length=self.content.counter_length,
            head=head,
            notice=notice,
            readable_m=self._readable_m(hero_px),
        )

    def _hero_font(self, hero: Box) -> int:
        across = (
            _LETTER_WIDTH
            + (self.content.number_length - 1) * _NUMBER_WIDTH
            + self.content.counter_length * _NUMBER_WIDTH
            + _ARROW_WIDTH
        )
        by_width = (hero.width - 3.4 * self.pad) / across
        by_height = (hero.height - 2 * self.pad - self.body * _CAPTION) / _HERO_LINE
        return round(min(by_width, by_height))

    def _earlier_rows(self, earlier: Box) -> int:
        fitting = math.floor((earlier.height + self.gap // 2) / (self._wanted_row() + self.gap // 2))
        return min(max(fitting, _FEWEST_EARLIER), _MOST_EARLIER)

    def _wanted_row(self) -> float:
        legible = self.screen.font_pixels(legible_mm(self.seat_m, EARLIER_DEGREES))
        return max(legible, self.body * 1.4) * _ROW_LINE

    def _name_font(self, waiting: Box) -> int:
        """One size for all names of services, so that the longest still stands in one line where it can."""
        room = waiting.width - 2.5 * self.pad - self.body * (_PEOPLE + _QUOTE)
        return round(min(self.body, max(room / self.content.name_ems, self.body * _LEAST_NAME)))

    def _chip_columns(self, width: int) -> int:
        chip = self.body * (_CHIP_WIDTH + _CHIP_DIGIT * (self.content.counter_length - 1))
        return max(2, math.floor((width - 2 * self.pad) / chip))

    def _chip_lines(self, height: int) -> int:
        chip = self.body * _CHIP_HEIGHT + self.gap // 2
        return max(1, math.floor((height - self.panel_head - self.panel_pads + self.gap // 2) / chip + 0.01))

    def _counters_height(self, width: int, lines: int) -> int:
        needed = min(lines, math.ceil(max(1, self.content.counters) / self._chip_columns(width)))
        chips = needed * self.body * _CHIP_HEIGHT + (needed - 1) * (self.gap // 2)
        return round(self.panel_head + self.panel_pads + chips)

    def _readable_m(self, font_px: float) -> float:
        millimetres = font_px * CAPITAL_HEIGHT / self.screen.pixels_per_mm
        return millimetres / legible_mm(1.0, LEGIBLE_DEGREES)
