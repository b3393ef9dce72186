"""The loudspeaker's side of an announcement."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from hardware.status import Cause, Health, down
from hardware.voice.wording import call_clips, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.status import DeviceStatus
    from hardware.voice.announcement_sound import SpokenCall
    from hardware.voice.loudspeaker import Loudspeaker
    from hardware.voice.sound import Sound
    from shared.qt.lanes import Lane

log = logging.getLogger(__name__)

FLASH_MS = 3000
"""The called number flashes at least this long; the next announcement waits for it, so that no two flash at once."""

PREPARE_MS = 10_000
OVERTIME_MS = 10_000
"""How long the screen waits for a sound to be ready, and for one that should be over: then it goes on without."""


class Voice(Protocol):
    """Speaks announcements, one at a time."""

    def warm_up(self) -> None:
        """Get ready, in the background."""
        ...

    def say(self, call: SpokenCall, on_begin: Callable[[], None], on_done: Callable[[], None]) -> None:
        """Without blocking, begin to speak; both callbacks come on the GUI thread, `on_begin` as the sound begins."""
        ...

    def stop(self) -> None:
        """Fall silent; no callback comes any more."""
        ...


class SilentVoice(QObject):
    """Writes what would be spoken to the log, and takes as long as the number flashes."""

    def __init__(self, pause_ms: int = FLASH_MS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_done: Callable[[], None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._end)

    def warm_up(self) -> None:
        """Silence is always ready."""

    def say(self, call: SpokenCall, on_begin: Callable[[], None], on_done: Callable[[], None]) -> None:
        """Log the sentences and be done after the pause."""
        note(call)
        self._on_done = on_done
        on_begin()
        self._timer.start()

    def stop(self) -> None:
        """Drop the announcement that is under way."""
        self._on_done = None
        self._timer.stop()

    def _end(self) -> None:
        done, self._on_done = self._on_done, None
        if done is not None:
            done()


class SpokenVoice(QObject):
    """Speaks through a loudspeaker on a lane of its own; one that is mute or hangs never holds up the screen.

    `heard` carries a `DeviceStatus` when a sound was played, or why none could be.
    """

    heard = Signal(object)

    def __init__(
        self,
        loudspeaker: Loudspeaker,
        lane: Lane,
        *,
        flash_ms: int = FLASH_MS,
        prepare_ms: int = PREPARE_MS,
        overtime_ms: int = OVERTIME_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._loudspeaker, self._lane = loudspeaker, lane
        self._prepare_ms, self._overtime_ms = prepare_ms, overtime_ms
        self._turn = 0
        self._working = False
        self._sounding = self._flashing = False
        self._on_begin: Callable[[], None] | None = None
        self._on_done: Callable[[], None] | None = None
        self._flash = QTimer(self, singleShot=True, interval=flash_ms)
        self._flash.timeout.connect(self._flash_over)
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)

    def warm_up(self) -> None:
        """Load the clips before the first call, and make them when they are not there yet."""
        self._lane.submit(self._loudspeaker.warm_up, self._tell_trouble)

    def say(self, call: SpokenCall, on_begin: Callable[[], None], on_done: Callable[[], None]) -> None:
        """Prepare the sound, then begin. While a sound that was given up still hangs, the screen speaks alone."""
        note(call)
        self._turn += 1
        self._on_begin, self._on_done = on_begin, on_done
        if self._working or not call.volume:
            self._begin(None)
            return
        self._work(partial(self._loudspeaker.prepare, call), partial(self._prepared, self._turn))
        self._patience.start(self._prepare_ms)

    def stop(self) -> None:
        """Fall silent."""
        self._turn += 1
        self._on_begin = self._on_done = None
        self._flash.stop()
        self._patience.stop()
        self._loudspeaker.stop()

    def _work(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._working = True
        self._lane.submit(work, partial(self._rest, then), self._failed)

    def _rest(self, then: Callable[[object], None], result: object) -> None:
        self._working = False
        then(result)

    def _failed(self, _error: Exception) -> None:
        # A bug of ours, raised again behind this: the screen goes on.
        self._working = False
        self._give_up()

    def _tell_trouble(self, status: DeviceStatus) -> None:
        if status.health is Health.DOWN:
            self.heard.emit(status)

    def _prepared(self, turn: int, sound: Sound | None) -> None:
        if turn == self._turn and self._on_begin is not None:
            self._patience.stop()
            self._begin(sound)

    def _begin(self, sound: Sound | None) -> None:
        begin, self._on_begin = self._on_begin, None
        self._flashing, self._sounding = True, sound is not None
        self._flash.start()
        if sound is not None:
            self._work(partial(self._loudspeaker.play, sound), partial(self._played, self._turn))
            self._patience.start(round(sound.seconds * 1000) + self._overtime_ms)
        if begin is not None:
            begin()

    def _played(self, turn: int, status: DeviceStatus) -> None:
        self.heard.emit(status)
        if turn == self._turn:
            self._sounding = False
            self._end()

    def _flash_over(self) -> None:
        self._flashing = False
        self._end()

    def _give_up(self) -> None:
        """The loudspeaker logs why, when it comes back to say so."""
        self.heard.emit(down(Cause.TIMEOUT, "the voice hangs"))
        self._sounding = False
        if self._on_begin is not None:
            self._begin(None)
        else:
            self._end()

    def _end(self) -> None:
        if self._flashing or self._sounding:
            return
        self._patience.stop()
        done, self._on_done = self._on_done, None
        if done is not None:
            done()


def note(call: SpokenCall) -> None:
    """Write what is announced to the log."""
    for language in call.languages:
        clips = call_clips(call.number, call.counter, language, recalled=call.recalled)
        log.info("announced (%s): %s", language, sentence(clips, language))
