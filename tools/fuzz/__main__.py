"""`python -m tools.fuzz [TARGET …] [--seconds N]`: try the targets with atheris, each in a process of its own.

A finding is printed by atheris, and its input is kept in the corpus folder, `.cache/fuzz/TARGET`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / ".cache" / "fuzz"
LONGEST_INPUT = 600
WATCHED = ["hardware.pads", "shared.domain", "tools.fuzz"]
"""Where atheris looks for new paths; watching everything that is loaded takes minutes before the first try."""


def main() -> int:
    """Run the targets one after another; exit code 1 when one of them found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="some of them; all without any")
    parser.add_argument("--seconds", type=int, default=60, help="how long each is tried")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        return _fuzz(options.targets[0], options.seconds)
    from tools.fuzz.targets import TARGETS

    unknown = [name for name in options.targets if name not in TARGETS]
    if unknown:
        parser.error(f"no such target: {unknown[0]}; there are: {', '.join(TARGETS)}")
    failed = [name for name in options.targets or TARGETS if not _passes(name, options.seconds)]
    print(f"found something: {', '.join(failed)}" if failed else "nothing found")
    return 1 if failed else 0


def _passes(name: str, seconds: int) -> bool:
    command = [sys.executable, "-m", "tools.fuzz", name, "--alone", "--seconds", str(seconds)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _fuzz(name: str, seconds: int) -> int:
    """Fuzz one target in this process; atheris ends it."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: make fuzz installs it")
        return 1
    with atheris.instrument_imports(include=WATCHED):
        from tools.fuzz.targets import SEEDS, TARGETS
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (folder / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}", "-print_final_stats=1"]
    atheris.Setup(["fuzz", *limits, f"-artifact_prefix={folder}/", str(folder)], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
