"""Check that the word catalogue is complete: both languages say the same, and the code says only what is there.

- each id stands in Chinese and in English, in the same room, and needs the same values;
- each id that the code names exists, and `say` gives it exactly the values it needs;
- each id is named somewhere.

Code names an id as any Python string that equals it, and in QML as `words["the-id"]`. Ids put together while the
program runs are named by what stands fast in them: `f"state-{ticket.state}"`, `f"{room}-quote-soon"`, or in QML
`words["state-" + state]`. That must be more than a room, for `f"kiosk-{word}"` would name everything.
"""

from __future__ import annotations

import ast
import re
import sys
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from shared.words.catalogue import Language, rooms, variables
from tools.sources import PRODUCT, files, place, syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

QML_INDEX = re.compile(r"\bwords\s*\[")
QML_STRING = re.compile(
    r"""(?P<quote>["'`])(?P<text>(?:(?!(?P=quote))[^$])*)(?P<end>(?P=quote)\s*\+|(?P=quote)|\$)"""
)
QML_OTHER = re.compile(r"\bwords\s*\.\s*(?P<name>\w+)|\b(?P<tr>qsTr\w*)\s*\(")
PATTERN = re.compile(r"[\w*]+-[\w*-]*")


class Use(NamedTuple):
    """One place in the code that names an id."""

    text_id: str
    place: str
    values: frozenset[str] | None = None
    """The names given to `say`, None where they cannot be seen."""

    @property
    def is_pattern(self) -> bool:
        """Whether the id is put together at run time; * stands for what only that time knows."""
        return "*" in self.text_id


def main() -> int:
    """Print what is wrong; exit code 1 when something is."""
    catalogue = {room: variables(Language.ZH, room) for room in rooms(Language.ZH)}
    translation = {room: variables(Language.EN, room) for room in rooms(Language.EN)}
    needs = {text_id: names for room in catalogue.values() for text_id, names in room.items()}
    complaints = [*compare_languages(catalogue, translation)]
    uses, mentions = list[Use](), list[Use]()
    for path in files(".py", *PRODUCT):
        uses += python_uses(syntax_tree(path), path)
        mentions += python_mentions(syntax_tree(path), path)
    for path in files(".qml", *PRODUCT):
        text = path.read_text(encoding="utf-8")
        uses += qml_uses(text, path)
        complaints += qml_complaints(text, path)
    complaints += [*wrong_uses(uses, needs, set(catalogue)), *unused(needs, uses + mentions, set(catalogue))]
    print("\n".join(complaints) or f"{len(needs)} texts are complete in both languages")
    return 1 if complaints else 0


def compare_languages(
    source: Mapping[str, Mapping[str, frozenset[str]]],
    translation: Mapping[str, Mapping[str, frozenset[str]]],
) -> Iterator[str]:
    """Yield each difference in rooms, ids or needed values, and each id that stands in two rooms."""
    for room in sorted(source.keys() | translation.keys()):
        ours, theirs = source.get(room, {}), translation.get(room, {})
        for text_id in sorted(ours.keys() - theirs.keys()):
            yield f"en/{room}.ftl: {text_id} is missing"
        for text_id in sorted(theirs.keys() - ours.keys()):
            yield f"zh/{room}.ftl: {text_id} is missing"
        for text_id in sorted(ours.keys() & theirs.keys()):
            if ours[text_id] != theirs[text_id]:
                yield f"{room}.ftl: {text_id} needs {listed(ours[text_id])} in zh, {listed(theirs[text_id])} in en"
    everything = [text_id for room in source.values() for text_id in room]
    for text_id in sorted({text_id for text_id in everything if everything.count(text_id) > 1}):
        yield f"zh: {text_id} stands in two rooms"


def python_uses(tree: ast.AST, path: Path) -> Iterator[Use]:
    """Yield the ids that calls of `say` name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            names = [keyword.arg for keyword in node.keywords]
            values = None if None in names else frozenset(name for name in names if name)
            for text_id in ids_in(node.args[0]) if node.args else ():
                yield Use(text_id, place(path, node.lineno), values)


def ids_in(argument: ast.expr) -> Iterator[str]:
    """Yield the literal ids of an argument; an f-string gives a pattern."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from ids_in(body)
            yield from ids_in(orelse)


def python_mentions(tree: ast.AST, path: Path) -> Iterator[Use]:
    """Yield every string, an f-string as a pattern: tables and functions name ids for `say`, too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield from (Use(text_id, place(path, node.lineno)) for text_id in ids_in(node))


def qml_uses(text: str, path: Path) -> Iterator[Use]:
    """Yield the ids that stand as strings within `words[…]`; one that goes on with + or ${ is a pattern."""
    for index in QML_INDEX.finditer(text):
        where = place(path, line_of(text, index.start()))
        for found in QML_STRING.finditer(bracketed(text, index.end())):
            text_id = found["text"] + ("" if found["end"] == found["quote"] else "*")
            if PATTERN.fullmatch(text_id):
                yield Use(text_id, where)


def bracketed(text: str, start: int) -> str:
    """Return what stands from `start` to the bracket that closes there."""
    depth = 1
    for end in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[end], 0)
        if depth == 0:
            return text[start:end]
    return text[start:]


def qml_complaints(text: str, path: Path) -> Iterator[str]:
    """Yield where QML asks for a text in a way that this check cannot follow."""
    for found in QML_OTHER.finditer(text):
        what = found["tr"] or f"words.{found['name']}"
        yield f'{place(path, line_of(text, found.start()))}: {what} — write words["the-id"]'


def wrong_uses(uses: list[Use], needs: Mapping[str, frozenset[str]], all_rooms: set[str]) -> Iterator[str]:
    """Yield each use of an id that does not exist, or that is not given what it needs."""
    for use in uses:
        if use.is_pattern:
            if not is_family(use.text_id, all_rooms) or not filter_ids(needs, use.text_id):
                yield f"{use.place}: {use.text_id!r} names no family of ids"
        elif use.text_id not in needs:
            yield f"{use.place}: there is no text {use.text_id!r}"
        elif use.values is not None and use.values != needs[use.text_id]:
            yield f"{use.place}: {use.text_id} needs {listed(needs[use.text_id])}, gets {listed(use.values)}"


def unused(needs: Mapping[str, frozenset[str]], uses: list[Use], all_rooms: set[str]) -> Iterator[str]:
    """Yield each id that no code names, wholly or by a pattern."""
    named = {use.text_id for use in uses if not use.is_pattern}
    for pattern in {use.text_id for use in uses if use.is_pattern and is_family(use.text_id, all_rooms)}:
        named |= filter_ids(needs, pattern)
    yield from (f"zh: nothing uses {text_id}" for text_id in needs if text_id not in named)


def filter_ids(text_ids: Iterable[str], pattern: str) -> set[str]:
    """Return the ids that fit the pattern."""
    return {text_id for text_id in text_ids if fnmatchcase(text_id, pattern)}


def is_family(pattern: str, all_rooms: set[str]) -> bool:
    """Whether a pattern is an id's, and says more than a room."""
    words = [word for word in re.split(r"[-*]+", pattern) if word]
    says_more = len(words) > 1 or not all_rooms.issuperset(words)
    return PATTERN.fullmatch(pattern) is not None and says_more


def line_of(text: str, offset: int) -> int:
    """Return the number of the line that holds `offset`, from 1."""
    return text.count("\n", 0, offset) + 1


def listed(names: frozenset[str]) -> str:
    """Return the names for a person."""
    return ", ".join(sorted(names)) or "no values"


if __name__ == "__main__":
    sys.exit(main())
