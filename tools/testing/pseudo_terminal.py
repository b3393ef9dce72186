"""Pseudo-terminals, which stand in for serial lines and printer ports."""

from __future__ import annotations

import os

import pytest


def open_pseudo_terminal() -> tuple[int, int]:
    """Return both ends, ours first; skip the test where there are none: on Windows, in a chroot without /dev/pts."""
    if not hasattr(os, "openpty"):
        pytest.skip("this system has no pseudo-terminals")
    try:
        return os.openpty()
    except OSError as error:
        pytest.skip(f"this machine gives no pseudo-terminal, /dev/pts may not be mounted: {error}")


def read_exactly(descriptor: int, size: int) -> bytes:
    """Read so many bytes; a terminal hands them over in pieces as it likes."""
    received = b""
    while len(received) < size:
        received += os.read(descriptor, size - len(received))
    return received
