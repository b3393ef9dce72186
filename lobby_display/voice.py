"""The loudspeaker's side of an announcement."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shared.words import Language

log = logging.getLogger(__name__)

FLASH_MS = 3000
"""The called number flashes this long; the next announcement waits for it, so that no two flash at once."""


class Voice(Protocol):
    """Speaks announcements, one at a time."""

    def say(self, sentences: Sequence[tuple[Language, str]], on_done: Callable[[], None]) -> None:
        """Begin to speak now, without blocking, and call `on_done` on the GUI thread when it is over."""
        ...

    def stop(self) -> None:
        """Fall silent; `on_done` is not called any more."""
        ...


class SilentVoice(QObject):
    """Writes what would be spoken to the log, and takes as long as the number flashes."""

    def __init__(self, pause_ms: int = FLASH_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_done: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._end)

    def say(self, sentences: Sequence[tuple[Language, str]], on_done: Callable[[], None]) -> None:
        """Log the sentences and be done after the pause."""
        for language, sentence in sentences:
            log.info("announced (%s): %s", language, sentence)
        self._on_done = on_done
        self._timer.start()

    def stop(self) -> None:
        """Drop the announcement that is under way."""
        self._on_done = None
        self._timer.stop()

    def _end(self) -> None:
        done, self._on_done = self._on_done, None
        if done is not None:
            done()
