"""Key maps: which bytes of a pad mean which action, in TOML, shipped in `maps/` or written by an installer.

An example is in `docs/hardware.md`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from hardware.pads.events import PadAction

_FOLDER = Path(__file__).parent / "maps"
_KEYS = frozenset({"title", "source", "verified", "protocol", "baud", "keys", "ratings", "confirm"})


class PadMapError(ValueError):
    """A key map is missing or wrong. The message names the map, the place and the remedy."""


class PadProtocol(StrEnum):
    """How a pad speaks: frames `FF 68 … 16`, one byte a key, or typed characters that end with Enter."""

    FRAMES = "frames"
    BYTES = "bytes"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class PadMap:
    """What a pad's keys mean. `keys` and `ratings` are by the bytes that the pad sends for them.

    `confirm` is the key that ends typed digits: digits before it which are no key of their own are a number.
    """

    name: str
    title: str
    protocol: PadProtocol
    baud: int
    keys: Mapping[bytes, PadAction]
    ratings: Mapping[bytes, PadAction]
    confirm: bytes

    def number_in(self, data: bytes) -> str:
        """The digits in `data`, if it is digits and the confirming key; else nothing."""
        return self._digits_before(self.confirm, data)

    def number_to_call(self, data: bytes) -> str:
        """The digits in `data`, if it is digits and the call key; else nothing."""
        return next(filter(None, (self._digits_before(key, data) for key in self._call_keys)), "")

    @property
    def _call_keys(self) -> list[bytes]:
        return [key for key, action in self.keys.items() if action is PadAction.CALL]

    def _digits_before(self, key: bytes, data: bytes) -> str:
        digits = data.removesuffix(key)
        if not key or len(digits) == len(data) or not digits:
            return ""
        if self.protocol is PadProtocol.TYPED:
            return digits.decode("ascii") if digits.isdigit() and not key.isdigit() else ""
        return "".join(map(str, digits)) if max(digits) <= 9 < min(key) else ""


def shipped_maps() -> tuple[str, ...]:
    """The names of the maps that come with the program."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_map(name: str) -> PadMap:
    """A shipped map by name, or one of the installer's by the path of its `.toml` file. Raises PadMapError."""
    path = Path(name) if name.endswith(".toml") else _FOLDER / f"{name}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PadMapError(f"{name}: no such key map; there are {', '.join(shipped_maps())}") from error
    except (OSError, ValueError) as error:
        raise PadMapError(f"{name}: {error}") from error
    return read_map(path.stem, table)


def read_map(name: str, table: Mapping[str, Any]) -> PadMap:
    """A map from its parsed TOML. Raises PadMapError."""
    strange = sorted(set(table) - _KEYS)
    if strange:
        raise PadMapError(f"{name}: unknown key {strange[0]!r}; known are {', '.join(sorted(_KEYS))}")
    try:
        protocol = PadProtocol(table.get("protocol", ""))
        return PadMap(
            name,
            str(table.get("title", name)),
            protocol,
            int(table.get("baud", 9600)),
            _actions(table.get("keys", {}), protocol),
            _actions(table.get("ratings", {}), protocol),
            bytes.fromhex(str(table.get("confirm", ""))),
        )
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        raise PadMapError(f"{name}: {error}") from error


def _actions(rows: Mapping[str, str], protocol: PadProtocol) -> dict[bytes, PadAction]:
    actions: dict[bytes, PadAction] = {}
    for sent, action in rows.items():
        key = sent.encode("ascii") if protocol is PadProtocol.TYPED else bytes.fromhex(sent)
        if protocol is PadProtocol.BYTES and len(key) != 1:
            raise ValueError(f"{sent!r}: a key of this protocol is one byte")
        if key in actions:
            raise ValueError(f"{sent!r} is mapped twice")
        actions[key] = PadAction(action)
    return actions
