"""On which line of a TOML text a value stands: the standard parser gives values without their places.

Meant for text that `tomllib` has accepted; a value inside an inline table or array has the line of the key before it.
"""

from __future__ import annotations

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")

Place = tuple[str | int, ...]
"""The way to a value: keys, and indices of arrays of tables."""


def toml_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of each key and table header."""
    lines: dict[Place, int] = {(): 1}
    arrays: dict[Place, int] = {}
    table: Place = ()
    open_quotes: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if open_quotes is None and depth == 0:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header is not None:
                table = _table(header.group(1), _parts(header.group(2)), arrays)
                lines.setdefault(table, number)
                continue
            if key is not None:
                lines.setdefault(table + _parts(key.group(1)), number)
        open_quotes, depth = _after(line, open_quotes, depth)
    return lines


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a value, or of the nearest thing around it that has one."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _parts(dotted: str) -> Place:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _table(brackets: str, name: Place, arrays: dict[Place, int]) -> Place:
    placed: Place = ()
    for part in name[:-1]:
        placed += (part,)
        if placed in arrays:
            placed += (arrays[placed],)
    placed += (name[-1],)
    if brackets == "[[":
        arrays[placed] = arrays.get(placed, -1) + 1
        return (*placed, arrays[placed])
    return placed


def _after(line: str, open_quotes: str | None, depth: int) -> tuple[str | None, int]:
    """Whether a multi-line string or a bracket is still open after this line."""
    position = 0
    while position < len(line):
        rest = line[position:]
        if open_quotes is not None:
            closes = _closing(rest, open_quotes)
            if closes is None:
                return (open_quotes if len(open_quotes) == 3 else None), depth
            position += closes
            open_quotes = None
            continue
        if rest.startswith("#"):
            break
        quotes = next((mark for mark in ('"""', "'''", '"', "'") if rest.startswith(mark)), None)
        if quotes is not None:
            open_quotes = quotes
            position += len(quotes)
            continue
        depth += (rest[0] in "[{") - (rest[0] in "]}")
        position += 1
    return (open_quotes if open_quotes is not None and len(open_quotes) == 3 else None), depth


def _closing(rest: str, quotes: str) -> int | None:
    """How far it is to behind the closing quotes; None when they are not on this line."""
    position = 0
    while position < len(rest):
        if rest[position] == "\\" and quotes[0] == '"':
            position += 2
        elif rest.startswith(quotes, position):
            return position + len(quotes)
        else:
            position += 1
    return None
