"""The parts of a preset's frame as they are written in TOML, checked so that a slip of the pen is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hardware.signs.checksums import CHECKSUMS
from hardware.signs.frame_parts import (
    ADDRESSES,
    Address,
    Check,
    IntegerForm,
    Length,
    Literal,
    Number,
    Part,
    Sequence,
    Text,
)
from hardware.signs.texts import STYLES, TextForm

_Row = Mapping[str, Any]


def part_from(row: object, encoding: str) -> Part:
    """One part from its table, as `{ length = "u16be", of = "text" }`; the first key says what it is.

    Raises ValueError, naming the part as written.
    """
    if not isinstance(row, dict) or not row:
        raise ValueError(f'{row!r} is no part; write it as {{ bytes = "AA" }}')
    kind = next(iter(row))
    if kind not in _PARTS:
        raise ValueError(f"{row!r}: parts begin with {', '.join(_PARTS)}")
    options, build = _PARTS[kind]
    strange = sorted(set(row) - options - {kind})
    if strange:
        raise ValueError(f"{row!r}: unknown option {strange[0]!r}")
    try:
        return build(row, encoding)
    except (LookupError, TypeError, ValueError) as error:
        raise ValueError(f"{row!r}: {error}") from error


def _bytes(row: _Row, encoding: str) -> Literal:
    del encoding
    return Literal(bytes.fromhex(row["bytes"]))


def _address(row: _Row, encoding: str) -> Address:
    del encoding
    return Address(_one_of(row["address"], ADDRESSES))


def _sequence(row: _Row, encoding: str) -> Sequence:
    del encoding
    _one_of(row["sequence"], {"u8"})
    return Sequence()


def _text(row: _Row, encoding: str) -> Text:
    "".encode(encoding)
    style = _one_of(row["text"], STYLES)
    return Text(TextForm(encoding, style, int(row.get("width", 0)), int(row.get("longest", 0))))


def _number(row: _Row, encoding: str) -> Number:
    del encoding
    return Number(IntegerForm(row["number"]), int(row.get("none", 0)))


def _length(row: _Row, encoding: str) -> Length:
    del encoding
    whole = _one_of(row.get("of", "text"), {"text", "frame"})
    return Length(IntegerForm(row["length"]), of_frame=whole == "frame")


def _check(row: _Row, encoding: str) -> Check:
    del encoding
    side = _one_of(row.get("over", "before"), {"before", "after"})
    return Check(_one_of(row["check"], CHECKSUMS), after=side == "after", skip=int(row.get("skip", 0)))


def _one_of(value: object, known: Mapping[str, Any] | set[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{value!r} is not one of {', '.join(sorted(known))}")
    return value


_PARTS: dict[str, tuple[frozenset[str], Callable[[_Row, str], Part]]] = {
    "bytes": (frozenset(), _bytes),
    "address": (frozenset(), _address),
    "sequence": (frozenset(), _sequence),
    "text": (frozenset({"width", "longest"}), _text),
    "number": (frozenset({"none"}), _number),
    "length": (frozenset({"of"}), _length),
    "check": (frozenset({"over", "skip"}), _check),
}
