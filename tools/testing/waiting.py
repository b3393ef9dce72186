"""Waiting for another process to have done something."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable


def until(what: str, happened: Callable[[], bool]) -> None:
    """Ask again and again: there is nothing of ours to wait on. Fails, naming what did not happen."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not happen within {PATIENCE_S} s")
