"""Draws the scores of a backtest: calibration by size and by hall, and the error by people ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from operations.backtest_tallies import AHEAD_EDGES, SIZE_EDGES, Tallies, size_text
from shared.domain.waits.replay import OURS
from shared.qt.theme import Mode, make_theme
from shared.words import Words

_WIDTH, _PANEL, _MARGIN, _LEFT = 1200, 460, 56, 90
_COMPARED = (OURS, "avgc_les", "people_by_recent_rate", "les")
_THEME = make_theme(Mode.LIGHT, 15, family="")
_INK, _PALE, _PAPER = _THEME.colour("text"), _THEME.colour("line"), _THEME.colour("surface")
_GOOD, _GOOD_PALE = _THEME.colour("ok"), _THEME.colour("ok_pale")
_COLOURS = {
    OURS: _THEME.colour("action"),
    "avgc_les": _THEME.colour("call"),
    "people_by_recent_rate": _GOOD,
    "les": _THEME.colour("danger"),
}
_GOAL = 0.8
_ACCEPTED = (0.75, 0.85)


@dataclass(frozen=True, slots=True)
class _Bars:
    """A panel: groups along the bottom, one bar a series in each, and the height that fills the panel."""

    title: str
    groups: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    top: float
    as_share: bool


def draw_scores(tallies: Tallies, path: Path, words: Words) -> None:
    """Draws three panels into a PNG file.

    Raises:
        OSError: the file cannot be written.
    """
    panels = (_by_size(tallies, words), _by_hall(tallies, words), _by_people(tallies, words))
    image = Image.new("RGB", (_WIDTH, _PANEL * len(panels)), _PAPER)
    canvas = ImageDraw.Draw(image)
    for place, panel in enumerate(panels):
        _draw_panel(canvas, panel, place * _PANEL)
    image.save(path, "PNG")


def _by_size(tallies: Tallies, words: Words) -> _Bars:
    present = [place for place, low in enumerate(SIZE_EDGES) if low in tallies.sizes]
    shares = [tallies.sizes[SIZE_EDGES[place]].score().coverage for place in present]
    groups = [size_text(place, words) for place in present]
    return _Bars(words.say("backtest-plot-size"), groups, {OURS: shares}, 1.0, as_share=True)


def _by_hall(tallies: Tallies, words: Words) -> _Bars:
    shares = [by_name[OURS].score().coverage for by_name in tallies.halls.values()]
    return _Bars(words.say("backtest-plot-hall"), list(tallies.halls), {OURS: shares}, 1.0, as_share=True)


def _by_people(tallies: Tallies, words: Words) -> _Bars:
    present = [low for low in AHEAD_EDGES if low in tallies.ahead]
    groups = [f"≥ {low}" if low == AHEAD_EDGES[-1] else _span(low) for low in present]
    series = {name: [tallies.ahead[low][name].score().mae for low in present] for name in _COMPARED}
    top = max(max(errors) for errors in series.values()) * 1.1
    return _Bars(words.say("backtest-plot-ahead"), groups, series, max(top, 0.1), as_share=False)


def _span(low: int) -> str:
    high = AHEAD_EDGES[AHEAD_EDGES.index(low) + 1] - 1
    return str(low) if high == low else f"{low}–{high}"


def _draw_panel(canvas: ImageDraw.ImageDraw, panel: _Bars, y: int) -> None:
    top, bottom = y + _MARGIN + 30, y + _PANEL - _MARGIN
    right = _WIDTH - _MARGIN
    canvas.text((_LEFT, y + 20), panel.title, _INK, _font(22))
    _draw_scale(canvas, panel, (_LEFT, top, right, bottom))
    step = (right - _LEFT) / max(1, len(panel.groups))
    bar = min(48.0, step * 0.8 / len(panel.series))
    names = _font_for(canvas, panel.groups, step - 6)
    for place, group in enumerate(panel.groups):
        middle = _LEFT + step * (place + 0.5)
        for number, (name, values) in enumerate(panel.series.items()):
            value = values[place]
            if value is not None:
                x = middle + (number - len(panel.series) / 2) * bar
                height = (bottom - top) * min(1.0, value / panel.top)
                canvas.rectangle((x + 1, bottom - height, x + bar - 1, bottom), _COLOURS[name])
        canvas.text(
            (middle, bottom + 8), _shortened(canvas, group, step - 6, names), _INK, names, anchor="ma"
        )
    _draw_legend(canvas, list(panel.series), right, y + 24)


def _draw_scale(canvas: ImageDraw.ImageDraw, panel: _Bars, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    if panel.as_share:
        low, high = (bottom - (bottom - top) * share for share in _ACCEPTED)
        canvas.rectangle((left, high, right, low), _GOOD_PALE)
    for part in range(6):
        height = bottom - (bottom - top) * part / 5
        value = panel.top * part / 5
        canvas.line((left, height, right, height), _PALE)
        text = f"{value:.0%}" if panel.as_share else f"{value:.1f}"
        canvas.text((left - 10, height), text, _INK, _font(15), anchor="rm")
    if panel.as_share:
        goal = bottom - (bottom - top) * _GOAL
        canvas.line((left, goal, right, goal), _GOOD, width=2)


def _font_for(canvas: ImageDraw.ImageDraw, names: Sequence[str], room: float) -> ImageFont.FreeTypeFont:
    """The largest font, within reason, in which all names fit beside each other."""
    fits = (
        size
        for size in range(15, 9, -1)
        if all(canvas.textlength(name, _font(size)) <= room for name in names)
    )
    return _font(next(fits, 10))


def _shortened(canvas: ImageDraw.ImageDraw, name: str, room: float, font: ImageFont.FreeTypeFont) -> str:
    while len(name) > 3 and canvas.textlength(name, font) > room:
        name = name.rstrip("…")[:-1] + "…"
    return name


def _draw_legend(canvas: ImageDraw.ImageDraw, names: Sequence[str], right: int, y: int) -> None:
    if len(names) < 2:
        return
    x = float(right)
    for name in reversed(names):
        x -= canvas.textlength(name, _font(15))
        canvas.text((x, y), name, _INK, _font(15))
        canvas.rectangle((x - 20, y + 3, x - 6, y + 17), _COLOURS[name])
        x -= 40


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size)
