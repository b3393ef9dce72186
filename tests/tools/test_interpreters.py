from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tools.interpreters import find_python

if TYPE_CHECKING:
    from pathlib import Path

THIS = f"{sys.version_info.major}.{sys.version_info.minor}"
ABSENT = "3.99"


def put_python(folder: Path, name: str, script: str) -> Path:
    """Write an executable that answers as `script` says."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(
        "PATH", os.pathsep.join([str(tmp_path / "shims"), str(tmp_path / "bin"), "/usr/bin", "/bin"])
    )
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))


def test_this_python_is_found() -> None:
    found = find_python(THIS)
    assert found is not None
    assert THIS in os.path.realpath(found)


def test_a_python_that_is_not_there_is_not_found() -> None:
    assert find_python(ABSENT) is None


posix = pytest.mark.skipif(os.name == "nt", reason="scripts with #! stand for interpreters")


@posix
def test_a_shim_that_fails_is_passed_over(tmp_path: Path) -> None:
    put_python(tmp_path / "shims", f"python{ABSENT}", "echo 'command not found' >&2; exit 127")
    real = put_python(tmp_path / "bin", f"python{ABSENT}", f"echo {ABSENT}")
    assert find_python(ABSENT) == str(real)


@posix
def test_pyenv_is_searched(tmp_path: Path) -> None:
    name = f"python{ABSENT}"
    real = put_python(tmp_path / "pyenv" / "versions" / f"{ABSENT}.0" / "bin", name, f"echo {ABSENT}")
    assert find_python("3.98", ABSENT) == str(real)
