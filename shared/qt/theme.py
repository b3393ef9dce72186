"""The design tokens as one frozen theme: a plain map for QML, colours and sizes for Widgets."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKENS = Path(__file__).with_name("tokens.toml")

REFERENCE_BODY_PX = 16.0
"""The body size at which the spaces of the token file are pixels."""


class Mode(StrEnum):
    """A set of roles: kiosk and desk by day, desk in the dark, the lobby, and the kiosk's senior mode."""

    LIGHT = "light"
    DARK = "dark"
    NIGHT = "night"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role (`#RRGGBB`), font sizes and spaces in pixels, motion in milliseconds."""

    mode: Mode
    family: str
    colours: Mapping[str, str]
    sizes: Mapping[str, float]
    spaces: Mapping[str, float]
    line_text: float
    line_number: float
    weight_normal: int
    weight_bold: int
    radius_ratio: float
    radius_control: float
    moves: bool
    motion: Mapping[str, int]

    def colour(self, role: str) -> str:
        """Return the colour of a role as `#RRGGBB`; KeyError when there is no such role."""
        return self.colours[role]

    def size(self, step: str) -> int:
        """Return the font size of a step (small, body, large, title, number) in whole pixels."""
        return round(self.sizes[step])

    def space(self, step: str) -> int:
        """Return a space (xs, s, m, l, xl) in whole pixels."""
        return round(self.spaces[step])

    def as_map(self) -> dict[str, object]:
        """Return the theme as QML reads it: `theme.color.text`, `theme.size.body`, `theme.motion.ms`."""
        return {
            "mode": str(self.mode),
            "family": self.family,
            "color": dict(self.colours),
            "size": {step: self.size(step) for step in self.sizes},
            "space": {step: self.space(step) for step in self.spaces},
            "line": {"text": self.line_text, "number": self.line_number},
            "weight": {"normal": self.weight_normal, "bold": self.weight_bold},
            "radius": {"ratio": self.radius_ratio, "control": self.radius_control},
            "moves": self.moves,
            "motion": dict(self.motion),
        }


@functools.cache
def tokens() -> Mapping[str, Any]:
    """Return the token file as it is written."""
    return MappingProxyType(tomllib.loads(TOKENS.read_text(encoding="utf-8")))


def make_theme(mode: Mode, body_px: float, *, family: str, moves: bool = True) -> Theme:
    """Return the theme of a mode whose body text is `body_px` large, in the font of `fonts.load_fonts`.

    Without `moves` every length of time of an animation is 0; notices still change, at their own pace.
    """
    all_tokens = tokens()
    palette, text, radius = (
        all_tokens["palette"],
        all_tokens["type"],
        all_tokens["radius"],
    )
    scale = body_px / REFERENCE_BODY_PX
    motion = dict(all_tokens["motion"])
    if not moves:
        motion |= {"ms": 0, "pulses": 0}
    return Theme(
        mode=mode,
        family=family,
        colours=MappingProxyType({role: palette[name] for role, name in all_tokens["modes"][mode].items()}),
        sizes=MappingProxyType(
            {step: body_px * text["ratio"] ** power for step, power in text["steps"].items()}
        ),
        spaces=MappingProxyType({step: pixels * scale for step, pixels in all_tokens["space"].items()}),
        line_text=text["line_text"],
        line_number=text["line_number"],
        weight_normal=text["weight_normal"],
        weight_bold=text["weight_bold"],
        radius_ratio=radius["ratio"],
        radius_control=radius["control"] * scale,
        moves=moves,
        motion=MappingProxyType(motion),
    )
