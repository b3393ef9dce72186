"""A `qtbot` that waits as long as all other tests do: pytest-qt's five seconds are short on a busy machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

from tools.testing.patience import PATIENCE_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.wait_signal import SignalBlocker


class PatientBot(QtBot):
    """pytest-qt's robot with `PATIENCE_MS` where a test names no limit of its own."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> SignalBlocker:  # noqa: ANN401, N802
        """Wait until a signal is sent."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        """Wait until a condition holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: ANN401, N802
        """Wait until a window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: ANN401, N802
        """Wait until a window has the focus."""
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:  # noqa: ARG001 - Qt must be there
    """Pytest-qt's fixture of this name, with more patience."""
    return PatientBot(request)
