from __future__ import annotations

import re
from pathlib import Path

import pytest

import shared.qt
from shared.qt.theme import Mode, make_theme, tokens

REPOSITORY = Path(shared.qt.__file__).parents[2]

READABLE = 4.5
"""WCAG 2.2 AA for text."""

VERY_READABLE = 7.0
"""WCAG 2.2 AAA: for the screens that customers read."""

VISIBLE = 3.0
"""WCAG 2.2 AA for the edge of a control."""

TEXT_ON_GROUNDS = [
    *[
        (text, ground)
        for text in ("text", "text_quiet")
        for ground in ("ground", "surface", "raised", "action_pale")
    ],
    *[(text, ground) for text in ("action", "ok", "warn", "danger") for ground in ("ground", "surface")],
    *[(status, f"{status}_pale") for status in ("ok", "warn", "danger")],
    *[("text", f"{status}_pale") for status in ("ok", "warn", "danger", "call")],
    *[("on_status", status) for status in ("ok", "warn", "danger")],
    *[("on_action", "action"), ("on_action", "action_pressed"), ("on_call", "call"), ("on_paper", "paper")],
]


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme_of(mode: Mode) -> dict[str, str]:
    return dict(make_theme(mode, 16, family="any").colours)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUNDS)
def test_text_can_be_read_on_its_ground(mode: Mode, text: str, ground: str) -> None:
    colours = theme_of(mode)
    assert contrast(colours[text], colours[ground]) >= READABLE


@pytest.mark.parametrize("mode", [Mode.SENIOR, Mode.NIGHT])
@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_senior_mode_and_lobby_read_from_afar(mode: Mode, ground: str) -> None:
    colours = theme_of(mode)
    assert contrast(colours["text"], colours[ground]) >= VERY_READABLE
    assert contrast(colours["text_quiet"], colours[ground]) >= VERY_READABLE


def test_the_called_number_stands_out_at_night() -> None:
    colours = theme_of(Mode.NIGHT)
    assert contrast(colours["call"], colours["ground"]) >= VERY_READABLE
    assert contrast(colours["call"], colours["surface"]) >= VERY_READABLE


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("edge", ["outline", "focus"])
def test_the_edge_of_a_control_can_be_seen(mode: Mode, edge: str) -> None:
    colours = theme_of(mode)
    assert contrast(colours[edge], colours["surface"]) >= VISIBLE
    assert contrast(colours[edge], colours["ground"]) >= VISIBLE


def test_every_mode_gives_every_role_a_colour() -> None:
    roles = {mode: set(theme_of(mode)) for mode in Mode}
    assert all(found == roles[Mode.LIGHT] for found in roles.values())


def test_every_colour_of_the_palette_has_a_role() -> None:
    used = {name for roles in tokens()["modes"].values() for name in roles.values()}
    assert set(tokens()["palette"]) == used


def test_call_means_one_thing_only() -> None:
    for mode in Mode:
        colours = theme_of(mode)
        assert [role for role, colour in colours.items() if colour == colours["call"]] == ["call"]


def test_sizes_follow_the_scale() -> None:
    theme = make_theme(Mode.LIGHT, 20, family="any")
    assert [theme.size(step) for step in ("small", "body", "large", "title", "number")] == [
        14,
        20,
        28,
        39,
        55,
    ]
    assert theme.space("m") == 20


def test_without_motion_nothing_pulses() -> None:
    still = make_theme(Mode.NIGHT, 20, family="any", moves=False)
    assert still.motion["ms"] == 0
    assert still.motion["pulses"] == 0
    assert still.motion["notice_ms"] > 0


def test_a_pulse_is_slower_than_three_flashes_a_second() -> None:
    motion = tokens()["motion"]
    assert motion["pulse_ms"] >= 1000 / 3
    assert motion["pulses"] * motion["pulse_ms"] <= 3000


def test_qml_gets_plain_maps() -> None:
    qml = make_theme(Mode.NIGHT, 20, family="Noto Sans SC").as_map()
    assert qml["family"] == "Noto Sans SC"
    assert isinstance(qml["color"], dict)
    assert qml["color"]["call"] == "#FFB81C"


def test_literal_colours_live_in_the_token_file_only() -> None:
    sources = [
        path
        for folder in ("shared", "kiosk", "counter_terminal", "lobby_display")
        for path in (REPOSITORY / folder).rglob("*")
        if path.suffix in {".py", ".qml", ".svg"}
    ]
    assert sources
    colour = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']""")
    assert [str(path) for path in sources if colour.search(path.read_text(encoding="utf-8"))] == []
