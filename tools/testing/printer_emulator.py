"""The independent receipt printer `emupos`, in an environment of its own because it needs a newer Python."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ENVIRONMENT = Path(__file__).parent.parent.parent / ".venv-emupos"


@pytest.fixture(scope="session")
def emupos_python() -> Path:
    """The interpreter that can `import emupos`; tests that want it are skipped where set-up found none."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (ENVIRONMENT / "set-up.stamp").exists():
        pytest.skip("the printer emulator emupos is not installed: it needs Python 3.13 (then: make test)")
    return python
