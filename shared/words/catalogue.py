"""The word catalogue: one Fluent file a room and language, Chinese being the source.

Rooms are files: `zh/kiosk.ftl` and `en/kiosk.ftl`. Ids begin with their room (`kiosk-choose-service`), but
for the codes of the domain, which live in `common` under a prefix of their own: `state-waiting`,
`refusal-<code>`, `store-<cause>`, `counter-state-<status>`. A code is spelt as in the domain: `state-no_show`.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

_HERE = Path(__file__).parent


class Language(StrEnum):
    """A language the screens speak; Chinese comes first."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> Language:
        """Return the language one tap away."""
        return Language.EN if self is Language.ZH else Language.ZH


_REMEMBERED = 2048
"""Texts that a screen says again with every redrawing are put together once; a number takes Fluent 0.1 ms."""

_LOCALES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}


class _VariableNames(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - fluent's own name
        self.names.add(node.id.name)


def rooms(language: Language) -> tuple[str, ...]:
    """Return the names of the rooms written in this language."""
    return tuple(sorted(path.stem for path in (_HERE / language).glob("*.ftl")))


@functools.cache
def variables(language: Language, room: str) -> dict[str, frozenset[str]]:
    """Return the ids of a room in the order of its file, each with the names of the values it needs.

    Raises ValueError when the file is not valid Fluent, and FileNotFoundError when there is no such room.
    """
    found: dict[str, frozenset[str]] = {}
    body = _parsed(language, room).body
    junk = [str(entry.content).strip() for entry in body if isinstance(entry, ast.Junk)]
    if junk:
        raise ValueError(f"{language}/{room}.ftl is not Fluent at {junk[0]!r}")
    for entry in body:
        if isinstance(entry, ast.Message):
            visitor = _VariableNames()
            visitor.visit(entry)
            if entry.id.name in found:
                raise ValueError(f"{language}/{room}.ftl: the id {entry.id.name!r} is there twice")
            found[entry.id.name] = frozenset(visitor.names)
    return found


@functools.cache
def _parsed(language: Language, room: str) -> ast.Resource:
    return FluentResource((_HERE / language / f"{room}.ftl").read_text(encoding="utf-8"))


class Words:
    """The texts of one language. Immutable; make another one to change the language."""

    def __init__(self, language: Language | str) -> None:
        self.language = Language(language)
        # All our text runs left to right, and the isolation marks would print as boxes on tickets and signs.
        self._bundle = FluentBundle([_LOCALES[self.language]], use_isolating=False)
        for room in rooms(self.language):
            self._bundle.add_resource(_parsed(self.language, room))
        self._worded = functools.lru_cache(_REMEMBERED, typed=True)(self._word)

    def say(self, text_id: str, **values: str | float) -> str:
        """Return the text of this id with its values filled in.

        Raises KeyError for an unknown id and ValueError for a value not given: both are bugs.
        """
        return self._worded(text_id, **values)

    def _word(self, text_id: str, **values: str | float) -> str:
        pattern = self._bundle.get_message(text_id).value
        if pattern is None:
            raise KeyError(text_id)
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise ValueError(f"{text_id}: {'; '.join(map(str, errors))}")
        return str(text)

    def has(self, text_id: str) -> bool:
        """Return whether there is a text of this id."""
        return self._bundle.has_message(text_id)

    def table(self, room: str) -> dict[str, str]:
        """Return the texts of a room that need no values, by id: the static words of a screen."""
        return {name: self.say(name) for name, needed in variables(self.language, room).items() if not needed}
