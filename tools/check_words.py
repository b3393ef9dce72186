"""Check that the word catalogue is complete: both languages say the same, and the code says only what is there.

- each id stands in Chinese and in English, in the same room, and needs the same values;
- each id that the code names exists, and `say` gives it exactly the values it needs;
- each id is named somewhere. Ids put together while the program runs are named by their beginning, which
  `pyproject.toml` lists: `[tool.jiaohao.words] built = ["state-"]`.

Code names an id as any Python string that equals it, and in QML as `words["the-id"]`.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from shared.words.catalogue import Language, rooms, variables
from tools.sources import PRODUCT, ROOT, files, place, syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

QML_WORD = re.compile(r"""\bwords\s*\[\s*(?P<quote>["'])(?P<id>[^"']*)(?P=quote)\s*(?P<next>[\]+])""")
QML_TEMPLATE = re.compile(r"\bwords\s*\[\s*`(?P<start>[^`$]*)")
QML_OTHER = re.compile(r"\bwords\s*\.\s*(?P<name>\w+)|\b(?P<tr>qsTr\w*)\s*\(")


class Use(NamedTuple):
    """One place in the code that names an id."""

    text_id: str
    place: str
    values: frozenset[str] | None = None
    """The names given to `say`, None where they cannot be seen."""
    is_beginning: bool = False
    """The id is put together at run time and begins like this."""


def main() -> int:
    """Print what is wrong; exit code 1 when something is."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        built = tuple(tomllib.load(file)["tool"]["jiaohao"]["words"]["built"])
    catalogue = {room: variables(Language.ZH, room) for room in rooms(Language.ZH)}
    translation = {room: variables(Language.EN, room) for room in rooms(Language.EN)}
    needs = {text_id: names for room in catalogue.values() for text_id, names in room.items()}
    strings, uses = set[str](), list[Use]()
    for path in files(".py", *PRODUCT):
        strings |= set(strings_in(syntax_tree(path)))
        uses += python_uses(syntax_tree(path), path)
    complaints = [*compare_languages(catalogue, translation)]
    for path in files(".qml", *PRODUCT):
        text = path.read_text(encoding="utf-8")
        uses += qml_uses(text, path)
        complaints += qml_complaints(text, path)
    complaints += [*wrong_uses(uses, needs, built), *unused(needs, uses, strings, built)]
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


def strings_in(tree: ast.AST) -> Iterator[str]:
    """Yield every literal string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def python_uses(tree: ast.AST, path: Path) -> Iterator[Use]:
    """Yield the ids that calls of `say` name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
            names = [keyword.arg for keyword in node.keywords]
            values = None if None in names else frozenset(name for name in names if name)
            for text_id, is_beginning in ids_in(node.args[0]) if node.args else ():
                yield Use(text_id, place(path, node.lineno), values, is_beginning)


def ids_in(argument: ast.expr) -> Iterator[tuple[str, bool]]:
    """Yield the literal ids of an argument; of an f-string its literal beginning, marked by True."""
    match argument:
        case ast.Constant(value=str(text)):
            yield text, False
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text, True
        case ast.IfExp(body=body, orelse=orelse):
            yield from ids_in(body)
            yield from ids_in(orelse)


def qml_uses(text: str, path: Path) -> Iterator[Use]:
    """Yield the ids named by `words["…"]`, also by ``words["…" + x]`` and by a template string."""
    for found in QML_WORD.finditer(text):
        yield Use(found["id"], place(path, line_of(text, found.start())), is_beginning=found["next"] == "+")
    for found in QML_TEMPLATE.finditer(text):
        yield Use(found["start"], place(path, line_of(text, found.start())), is_beginning=True)


def qml_complaints(text: str, path: Path) -> Iterator[str]:
    """Yield where QML asks for a text in a way that this check cannot follow."""
    for found in QML_OTHER.finditer(text):
        what = found["tr"] or f"words.{found['name']}"
        yield f'{place(path, line_of(text, found.start()))}: {what} — write words["the-id"]'


def wrong_uses(uses: list[Use], needs: Mapping[str, frozenset[str]], built: tuple[str, ...]) -> Iterator[str]:
    """Yield each use of an id that does not exist, or that is not given what it needs."""
    for use in uses:
        if use.is_beginning:
            if not use.text_id.startswith(built):
                yield f"{use.place}: an id beginning with {use.text_id!r} is built here; list that in pyproject.toml"
        elif use.text_id not in needs:
            yield f"{use.place}: there is no text {use.text_id!r}"
        elif use.values is not None and use.values != needs[use.text_id]:
            yield f"{use.place}: {use.text_id} needs {listed(needs[use.text_id])}, gets {listed(use.values)}"


def unused(
    needs: Mapping[str, frozenset[str]], uses: list[Use], strings: set[str], built: tuple[str, ...]
) -> Iterator[str]:
    """Yield each id that no code names, and each listed beginning that no id has."""
    named = strings | {use.text_id for use in uses if not use.is_beginning}
    for text_id in needs:
        if text_id not in named and not text_id.startswith(built):
            yield f"zh: nothing uses {text_id}"
    for beginning in built:
        if not any(text_id.startswith(beginning) for text_id in needs):
            yield f"pyproject.toml: no id begins with {beginning!r}"


def line_of(text: str, offset: int) -> int:
    """Return the number of the line that holds `offset`, from 1."""
    return text.count("\n", 0, offset) + 1


def listed(names: frozenset[str]) -> str:
    """Return the names for a person."""
    return ", ".join(sorted(names)) or "no values"


if __name__ == "__main__":
    sys.exit(main())
