from __future__ import annotations

import sys

import pytest

from operations.screen import has_screen


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="a desktop always has a screen")
@pytest.mark.parametrize(
    ("environment", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_whether_a_window_would_be_seen(environment: dict[str, str], *, seen: bool) -> None:
    assert has_screen(environment) is seen
