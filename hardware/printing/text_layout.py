"""Breaking text into lines that fit, for Chinese and Latin script mixed."""

from __future__ import annotations

import re
from collections.abc import Callable

_NEVER_FIRST = frozenset("，。、；：！？）】》」』”’…—–-,.;:!?)%")
_PIECES = re.compile(r"[A-Za-z0-9@#$&+/=_'\-–.:%]+|\s+|.", re.DOTALL)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of `text` no wider than `width` by `measure`; a line feed in the text always breaks.

    Chinese may break anywhere except before closing punctuation, Latin words stay whole unless one alone is too wide.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, width, measure)]


def wrap_evenly(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Like `wrap`, in as few lines, but with lines of like length: a centred text must not end in one lost
    character.
    """
    lines = wrap(text, width, measure)
    if len(lines) == 1 or "\n" in text:
        return lines
    too_narrow, wide_enough = 0.0, width
    while wide_enough - too_narrow > 1:
        middle = (too_narrow + wide_enough) / 2
        narrower = wrap(text, middle, measure)
        if len(narrower) > len(lines) or max(map(measure, narrower)) > middle:
            too_narrow = middle
        else:
            wide_enough, lines = middle, narrower
    return lines


def _wrap_paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _unbreakable(text, width, measure):
        if measure((line + piece).rstrip()) <= width or not line:
            line += piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
    return [*lines, line.rstrip()]


def _unbreakable(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and piece in _NEVER_FIRST and not pieces[-1].isspace():
            pieces[-1] += piece
        elif measure(piece) > width:
            pieces.extend(piece)
        else:
            pieces.append(piece)
    return pieces
