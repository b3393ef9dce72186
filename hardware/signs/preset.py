"""Sign presets: a vendor's frame in a dozen lines of TOML, shipped in `presets/` or written by an installer.

The grammar and an example are in `docs/hardware.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hardware.signs.frame import FrameGrammar
from hardware.signs.frame_parts import Address, Number, Text
from hardware.signs.preset_parts import part_from

ONBON, MODBUS_TEXT, MODBUS_NUMBER = "onbon", "modbus_text", "modbus_number"
ANSWERING = (ONBON, MODBUS_TEXT, MODBUS_NUMBER)
"""Signs that answer have drivers of their own, and no preset in TOML."""

_FOLDER = Path(__file__).parent / "presets"
_KEYS = frozenset({"title", "source", "verified", "baud", "encoding", "frame"})


class PresetError(ValueError):
    """A preset is missing or wrong. The message names the preset, the place and the remedy."""


@dataclass(frozen=True, slots=True)
class SignPreset:
    """A kind of sign: its name for people, its usual baud rate and its frame."""

    name: str
    title: str
    baud: int
    grammar: FrameGrammar

    @property
    def shows_digits_only(self) -> bool:
        """Whether the sign can show a number and nothing else."""
        return any(isinstance(part, Number) for part in self.grammar.parts)

    @property
    def has_address(self) -> bool:
        """Whether several such signs can share one line."""
        return any(isinstance(part, Address) for part in self.grammar.parts)


def shipped_presets() -> tuple[str, ...]:
    """The names of the presets that come with the program."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def preset_names() -> tuple[str, ...]:
    """The names of everything that `preset` may be: shipped presets, and the drivers of signs that answer."""
    return tuple(sorted((*shipped_presets(), *ANSWERING)))


def load_preset(name: str) -> SignPreset:
    """A shipped preset by name, or one of the installer's by the path of its `.toml` file. Raises PresetError."""
    path = Path(name) if name.endswith(".toml") else _FOLDER / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PresetError(f"{name}: no such preset; there are {', '.join(preset_names())}") from error
    except (OSError, ValueError) as error:
        raise PresetError(f"{name}: {error}") from error
    return read_preset(path.stem, table)


def read_preset(name: str, table: Mapping[str, Any]) -> SignPreset:
    """A preset from its parsed TOML. Raises PresetError."""
    strange = sorted(set(table) - _KEYS)
    if strange:
        raise PresetError(f"{name}: unknown key {strange[0]!r}; known are {', '.join(sorted(_KEYS))}")
    encoding = str(table.get("encoding", "gbk"))
    rows = table.get("frame")
    if not isinstance(rows, list) or not rows:
        raise PresetError(
            f'{name}: frame must be a list of parts, as [{{ bytes = "AA" }}, {{ text = "plain" }}]'
        )
    try:
        parts = tuple(part_from(row, encoding) for row in rows)
    except ValueError as error:
        raise PresetError(f"{name}: {error}") from error
    if sum(isinstance(part, Text | Number) for part in parts) != 1:
        raise PresetError(f"{name}: a frame needs exactly one part with text or number")
    return SignPreset(name, str(table.get("title", name)), int(table.get("baud", 9600)), FrameGrammar(parts))
