"""Golden files: what a test once produced and a person approved. `--renew-golden` writes them anew for a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag."""
    parser.addoption("--renew-golden", action="store_true", help="write golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], bytes]:
    """Return a function that gives the golden bytes of a file in `golden/` beside the test.

    With `--renew-golden` the file first becomes what the test produced.
    """

    def approved(name: str, produced: bytes) -> bytes:
        path: Path = request.path.parent / "golden" / name
        if request.config.getoption("--renew-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(produced)
        return path.read_bytes()

    return approved
