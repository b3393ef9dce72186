"""Lint the QML files with Qt's own tools, and hold them to qmlformat's format.

Calls the programs inside PySide6 themselves: its `pyside6-…` wrappers end with 0 whatever was found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import PySide6

from tools.sources import PRODUCT, ROOT, files


def main() -> int:
    """Lint and compare; with --fix, format instead. Exit code 1 when something is to be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="put the files into qmlformat's format")
    options = parser.parse_args()
    sources = files(".qml", *PRODUCT)
    if options.fix:
        return format_in_place(sources)
    lost = [path for path in files("qmldir", *PRODUCT) if import_root(path) is None]
    for path in lost:
        print(
            f"{path.relative_to(ROOT)}: the folder must be named as its module, as Hall/Kiosk for Hall.Kiosk"
        )
    unformatted = [path for path in sources if formatted(path) != path.read_text(encoding="utf-8")]
    for path in unformatted:
        print(f"{path.relative_to(ROOT)}: not in qmlformat's format; run: make format")
    return 1 if lint(sources) or unformatted or lost else 0


def tool(name: str) -> str:
    """Return the path of one of Qt's programs, which lie beside PySide6's modules."""
    folder = Path(PySide6.__path__[0])
    return str(folder / (f"{name}.exe" if os.name == "nt" else name))


def lint(sources: list[Path]) -> int:
    """Run qmllint, one warning being too many; return its exit code."""
    if not sources:
        return 0
    roots = {import_root(path) for path in files("qmldir", *PRODUCT)} - {None}
    imports = [part for root in sorted(map(str, roots)) for part in ("-I", root)]
    return subprocess.run([tool("qmllint"), "-W", "0", *imports, *map(str, sources)], check=False).returncode


def import_root(qmldir: Path) -> Path | None:
    """Return the folder to give to `-I` for the module that `qmldir` declares; None when its folder is misnamed."""
    words = qmldir.read_text(encoding="utf-8").split()
    module = words[words.index("module") + 1].split(".")
    root = qmldir.parents[len(module)]
    return root if root.joinpath(*module) == qmldir.parent else None


def formatted(path: Path) -> str:
    """Return what the file should be. Raises `subprocess.CalledProcessError` when it does not parse."""
    done = subprocess.run([tool("qmlformat"), str(path)], check=True, capture_output=True)
    return done.stdout.decode().replace("\r\n", "\n")


def format_in_place(sources: list[Path]) -> int:
    """Write what the files should be; return qmlformat's exit code."""
    if not sources:
        return 0
    return subprocess.run([tool("qmlformat"), "--inplace", *map(str, sources)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
