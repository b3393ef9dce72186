"""Where the sources are: the folders of the house, and the files in them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("kiosk", "counter_terminal", "lobby_display")
PRODUCT = (*PROGRAMS, "shared", "hardware", "operations")
WORKSHOP = ("tools", "tests", "benchmarks")


def files(suffix: str, *folders: str, root: Path = ROOT) -> list[Path]:
    """Return the files with `suffix` (".py") below `folders` of `root`, sorted; a folder may be missing."""
    return sorted(path for folder in folders for path in (root / folder).rglob(f"*{suffix}"))


@cache
def syntax_tree(path: Path) -> ast.Module:
    """Return the parsed Python file. Raises `SyntaxError`."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int, root: Path = ROOT) -> str:
    """Return `kiosk/page.py:12`, which editors and terminals open."""
    return f"{path.relative_to(root).as_posix()}:{line}"
