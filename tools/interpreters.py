"""Find another Python on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def find_python(*versions: str) -> str | None:
    """Return a Python of one of `versions` ("3.13"), the first preferred, that can make environments."""
    for version in versions:
        for candidate in candidates(version):
            if works(candidate, version):
                return candidate
    return None


def candidates(version: str) -> Iterator[str]:
    """Yield what may be a Python of `version`: this one, PATH's, pyenv's, Windows' own."""
    yield sys.executable
    for folder in os.get_exec_path():
        found = shutil.which(f"python{version}", path=folder)
        if found:
            yield found
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob(f"versions/{version}*/bin/python{version}"), reverse=True))
    if os.name == "nt":
        local = Path(os.environ.get("LOCALAPPDATA", ""))
        yield str(local / "Programs" / "Python" / f"Python{version.replace('.', '')}" / "python.exe")


def works(python: str, version: str) -> bool:
    """Start `python` and see: a pyenv shim, for one, stands on PATH also when its version is not chosen."""
    question = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        # -I: neither this folder nor the user's own site may colour the answer
        answer = subprocess.run(
            [python, "-I", "-c", question], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.strip() == version
