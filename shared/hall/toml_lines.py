"""On which line of a TOML text a value stands: the standard parser gives values without their places.

Meant for text that `tomllib` has accepted; a value inside an inline table or array has the line of the key before it.
"""

from __future__ import annotations

import re
import tomllib

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_ONE_PART = re.compile(_PART)
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")

_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|[\[\]{}#]""")
_REST_OF_TEXT = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"{3,5}'),
    "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
}
"""Up to the end of a text over several lines, of which the last two quotes but three may belong to the text itself."""

Place = tuple[str | int, ...]
"""The way to a value: keys, and indices of arrays of tables."""


def toml_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of each key and table header."""
    lines: dict[Place, int] = {(): 1}
    arrays: dict[Place, int] = {}
    table: Place = ()
    open_quotes: str | None = None
    depth = 0
    # Not `splitlines`: a line separator within a text ends no line of TOML.
    for number, line in enumerate(text.split("\n"), start=1):
        if open_quotes is None and depth == 0:
            if header := _HEADER.match(line):
                table = _table(header.group(1), _parts(header.group(2)), arrays)
                _note(lines, table, number)
                continue
            if key := _KEY.match(line):
                _note(lines, table + _parts(key.group(1)), number)
        open_quotes, depth = _after(line, open_quotes, depth)
    return lines


def line_of(lines: dict[Place, int], place: Place) -> int:
    """The line of a value, or of the nearest thing around it that has one."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _note(lines: dict[Place, int], place: Place, number: int) -> None:
    """Also what stands around it begins here, when nothing before has named it."""
    for length in range(1, len(place) + 1):
        lines.setdefault(place[:length], number)


def _parts(dotted: str) -> Place:
    return tuple(_unquoted(part) for part in _ONE_PART.findall(dotted))


def _unquoted(part: str) -> str:
    return str(tomllib.loads(f"key = {part}")["key"]) if part[0] in "\"'" else part


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
    """Whether a text over several lines is still open after this line, and how many brackets are."""
    position = 0
    while True:
        found = (_REST_OF_TEXT[open_quotes].match if open_quotes else _TOKEN.search)(line, position)
        if found is None or found.group() == "#":
            return open_quotes, depth
        position = found.end()
        if open_quotes:
            open_quotes = None
        elif found.group() in _REST_OF_TEXT:
            open_quotes = found.group()
        else:
            depth += (found.group() in "[{") - (found.group() in "]}")
