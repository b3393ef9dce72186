"""Run every check, say how long each took, and fail at the end when one failed: `make lint`, `make format`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

from tools.sources import PRODUCT, ROOT, WORKSHOP, files

PYTHON = sys.executable
FOLDERS = [folder for folder in (*PRODUCT, *WORKSHOP) if files(".py", folder)]

CHECKS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", *FOLDERS],
    "ruff": [PYTHON, "-m", "ruff", "check", "--quiet", *FOLDERS],
    "imports": [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
    "house rules": [PYTHON, "-m", "tools.check_house_rules"],
    "words": [PYTHON, "-m", "tools.check_words"],
    "QML": [PYTHON, "-m", "tools.lint_qml"],
    "types": [PYTHON, "-m", "mypy", *FOLDERS],
}

FIXES = {
    "ruff": [PYTHON, "-m", "ruff", "check", "--fix", *FOLDERS],
    "format": [PYTHON, "-m", "ruff", "format", *FOLDERS],
    "QML": [PYTHON, "-m", "tools.lint_qml", "--fix"],
}


def main() -> int:
    """Run all of them; exit code 1 when one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="change the files instead of checking them")
    parser.add_argument("only", nargs="*", metavar="CHECK", help=f"some of: {', '.join(CHECKS)}")
    options = parser.parse_args()
    steps = FIXES if options.fix else CHECKS
    failed = [name for name in options.only or steps if not passes(name, steps[name])]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one step and show its result; its own output comes before."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"[{verdict}] {name} ({time.monotonic() - started:.1f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
