"""Speaks each call once and tells the screen to flash it in the same moment.

The hall keeps this screen's cursor, so that none is dropped and none is spoken twice, also after a restart.
"""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from lobby_display.spoken_call import spoken_call
from shared.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from lobby_display.voice import Voice
    from shared.domain.announcement import Announcement
    from shared.domain.clock import Clock
    from shared.qt.lanes import Lane

log = logging.getLogger(__name__)

STILL_WORTH_SAYING = timedelta(minutes=2)
"""A call older than this is passed over: a screen that was off all morning must not speak the whole morning."""


class AnnouncingHall(Protocol):
    """The part of a hall that the announcer needs."""

    def announcements(self, screen: str) -> tuple[Announcement, ...]:
        """Calls and recalls that this screen has not announced yet, oldest first."""
        ...

    def announced(self, screen: str, announcement: Announcement) -> None:
        """Move this screen's cursor behind an announcement."""
        ...


class Announcer(QObject):
    """Follows the announcements of one screen of a hall that may open late; `languages` says how to speak one.

    `begun` carries the one that the voice begins to speak, `ended` follows when it is over.
    """

    begun = Signal(object)
    ended = Signal()

    def __init__(
        self,
        hall: Callable[[], AnnouncingHall],
        screen: str,
        *,
        lane: Lane,
        voice: Voice,
        languages: Callable[[Announcement], Sequence[Language]],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall, self._screen, self._lane = hall, screen, lane
        self._voice, self._languages, self._clock = voice, languages, clock
        self._words = {language: Words(language) for language in Language}
        self._queue: deque[Announcement] = deque()
        self._seen: tuple[date, int] | None = None
        self._speaking = False
        self._reading = False
        self._read_again = False

    def look(self) -> None:
        """Read what is new; call it after every change of the hall."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self._lane.submit(self._read, self._take, self._wait_for_store)

    def stop(self) -> None:
        """Fall silent; what was not spoken is spoken after the next start."""
        self._queue.clear()
        self._voice.stop()

    def _read(self) -> tuple[Announcement, ...]:
        return self._hall().announcements(self._screen)

    def _pass(self, announcement: Announcement) -> None:
        self._hall().announced(self._screen, announcement)

    def _take(self, announcements: tuple[Announcement, ...]) -> None:
        for announcement in announcements:
            place = (announcement.day, announcement.seq)
            # The cursor moves on another thread, so that the same call can be read twice before it has moved.
            if self._seen is None or place > self._seen:
                self._seen = place
                self._queue.append(announcement)
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.look()
        if not self._speaking:
            self._next()

    def _next(self) -> None:
        self._speaking = False
        while self._queue:
            announcement = self._queue.popleft()
            # Before the voice begins: a crash in mid-sentence must not make it speak twice.
            self._lane.submit(
                partial(self._pass, announcement),
                on_error=self._keep_going,
            )
            if self._clock.now() - announcement.at <= STILL_WORTH_SAYING:
                self._speak(announcement)
                return
            log.info("passed over an old call: %s to %d", announcement.number, announcement.counter)

    def _speak(self, announcement: Announcement) -> None:
        self._speaking = True
        self.begun.emit(announcement)
        languages = self._languages(announcement)
        sentences = [(each, spoken_call(announcement, self._words[each])) for each in languages]
        self._voice.say(sentences, self._end)

    def _end(self) -> None:
        self.ended.emit()
        self._next()

    def _wait_for_store(self, _error: Exception) -> None:
        # The change feed says so, on the screen and in the log, and looks again when the store is back.
        self._reading = self._read_again = False

    def _keep_going(self, error: Exception) -> None:
        log.info("the cursor of %s did not move: %s", self._screen, error)
