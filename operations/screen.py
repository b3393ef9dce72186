"""Whether this machine has a screen that somebody can look at."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_DRAWS_NOWHERE = frozenset({"offscreen", "minimal"})


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window opened now would be seen."""
    if environment.get("QT_QPA_PLATFORM") in _DRAWS_NOWHERE:
        return False
    on_desktop = sys.platform in {"win32", "darwin"}
    return on_desktop or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
