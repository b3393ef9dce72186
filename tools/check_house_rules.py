"""Check the rules of the house that no general tool knows.

- The domain imports the standard library and itself alone.
- View models know QtCore, and no other part of Qt.
- Colours stand in the token file: no `"#10202F"`, no `QColor("red")`, no `color: "white"` elsewhere.
- Texts that people read stand in the word catalogue: no Chinese in the screens' strings, no bare text in QML.
- Tests do not sleep; they wait for what they want to see.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from tools.sources import PRODUCT, PROGRAMS, files, place, syntax_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Rule = Callable[[ast.AST], Iterator[tuple[int, str]]]

SCREENS = (*PROGRAMS, "shared/qt")
QT_OF_VIEW_MODELS = {"PySide6.QtCore"}
SLEEPS = {"sleep", "qWait", "qSleep", "msleep", "usleep"}

HEX_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
QML_COLOUR = re.compile(
    rf"""["']{HEX_COLOUR.pattern}["']|\bQt\.(?:rgba|hsla|hsva|tint|lighter|darker)\(\s*["'\d]"""
    r"""|[cC]olor\s*:\s*["'](?!transparent["'])\w+["']"""
)
QML_TEXT = re.compile(
    r"""\b(?:text|title|placeholderText|Accessible\.name)\s*:\s*(["'])[^"']*[^\W\d_][^"']*\1"""
)
CHINESE = re.compile(r"[\u3400-\u9fff]")
QML_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def main() -> int:
    """Print what breaks a rule; exit code 1 when something does."""
    product = files(".py", *PRODUCT)
    complaints = [
        *check_python(domain_imports, files(".py", "shared/domain")),
        *check_python(view_model_imports, filter(is_view_model, product)),
        *check_python(hard_coded_colours, product),
        *check_python(hard_coded_chinese, files(".py", *SCREENS)),
        *check_python(sleeps, files(".py", "tests")),
    ]
    for path in files(".qml", *PRODUCT):
        complaints += check_qml(path.read_text(encoding="utf-8"), path)
    print("\n".join(complaints) or "the house rules hold")
    return 1 if complaints else 0


def check_python(rule: Rule, paths: Iterable[Path]) -> Iterator[str]:
    """Yield what `rule` finds in Python files, with its place."""
    for path in paths:
        for line, complaint in rule(syntax_tree(path)):
            yield f"{place(path, line)}: {complaint}"


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the dotted name of each module imported; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def domain_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what the domain must not import."""
    for line, module in imports(tree):
        if module.partition(".")[0] not in sys.stdlib_module_names and not is_domain(module):
            yield line, f"the domain must not import {module}"


def is_domain(module: str) -> bool:
    """Whether the module is the domain, a part of it, or the package it stands in."""
    return module == "shared" or f"{module}.".startswith("shared.domain.")


def view_model_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the parts of Qt that a view model must not know."""
    for line, module in imports(tree):
        part = ".".join(module.split(".")[:2])
        if module.startswith("PySide6.") and part not in QT_OF_VIEW_MODELS:
            yield line, f"a view model must not import {module}"


def is_view_model(path: Path) -> bool:
    """Whether the file is one by its name: `view_model.py`, `call_view_model.py`, `view_models/call.py`."""
    return path.stem.endswith(("view_model", "view_models")) or path.parent.name == "view_models"


def hard_coded_colours(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield literal colours and Qt's named ones."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if HEX_COLOUR.fullmatch(text):
                yield node.lineno, f"the colour {text} belongs into the token file"
            case ast.Call(func=ast.Name(id="QColor"), args=[ast.Constant(), *_]):
                yield node.lineno, "a literal QColor belongs into the token file"
            case ast.Attribute(value=ast.Attribute(attr="GlobalColor"), attr=name) if name != "transparent":
                yield node.lineno, f"Qt's colour {name}: take one from the token file"


def hard_coded_chinese(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield strings with Chinese in them, but for docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings and CHINESE.search(text):
                yield node.lineno, f"{text!r} belongs into the word catalogue"


def sleeps(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield calls that only let time pass."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in SLEEPS:
                yield node.lineno, f"{name}: wait for what the test wants to see instead"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="qtbot"), attr="wait")):
                yield node.lineno, "qtbot.wait: take waitSignal or waitUntil instead"


def check_qml(source: str, path: Path) -> Iterator[str]:
    """Yield literal colours and literal texts of a QML file."""
    code = QML_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)
    for number, line in enumerate(code.splitlines(), start=1):
        if QML_COLOUR.search(line):
            yield f"{place(path, number)}: a literal colour; take one of the theme's"
        if QML_TEXT.search(line) or CHINESE.search(line):
            yield f'{place(path, number)}: a literal text; take words["the-id"]'


if __name__ == "__main__":
    sys.exit(main())
