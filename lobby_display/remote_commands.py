"""What the lobby screen can be asked from standard input, for end-to-end tests and the demo.

`show` answers with what is shown and spoken now; `grab FILE` writes a picture of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shared.qt.screenshot import grab

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtQuick import QQuickWindow

    from lobby_display.lobby_view import LobbyView


def remote_commands(view: LobbyView, window: QQuickWindow) -> Mapping[str, Callable[..., object]]:
    """Return the commands of a lobby screen."""
    return {"show": lambda: shown(view), "grab": lambda file: grab(window, Path(file))}


def shown(view: LobbyView) -> dict[str, object]:
    """Return the calls newest first, which of them flashes, and whether the data is old or the hall closed."""
    state = view.current
    return {
        "calls": [{"number": call.number, "counter": int(call.counter)} for call in state.calls],
        "flashing": next((call.number for call in state.calls if call.flash), None),
        "stale": state.stale,
        "closed": bool(state.closed),
    }
