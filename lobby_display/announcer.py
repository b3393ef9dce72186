"""Speaks each call once and tells the screen to flash it in the same moment.

The hall keeps this screen's cursor, which moves behind a call when it was spoken: none is dropped and none is spoken
twice, also after a restart. Only a call in whose middle the program ended is spoken again: few will have heard it.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from hardware.voice.announcement_sound import SpokenCall

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from lobby_display.voice import Voice
    from shared.domain.announcement import Announcement
    from shared.domain.clock import Clock
    from shared.qt.lanes import Lane

log = logging.getLogger(__name__)

STILL_WORTH_SAYING = timedelta(minutes=2)
"""A call older than this is passed over: a screen that was off all morning must not speak the whole morning."""

HURRY_FROM = 3
"""With so many calls waiting behind it, a call is said once and without a chime, or the voice would fall behind."""


class AnnouncingHall(Protocol):
    """The part of a hall that the announcer needs."""

    def announcements(self, screen: str) -> tuple[Announcement, ...]:
        """Calls and recalls that this screen has not announced yet, oldest first."""
        ...

    def announced(self, screen: str, announcement: Announcement) -> None:
        """Move this screen's cursor behind an announcement."""
        ...


class Announcer(QObject):
    """Follows the announcements of one screen of a hall that may open late; `wording` says how to speak one.

    `begun` carries the one that the voice begins to speak, in that moment; `ended` follows when it is over.
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
        wording: Callable[[Announcement], SpokenCall],
        clock: Clock,
        worth_saying: timedelta = STILL_WORTH_SAYING,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hall, self._screen, self._lane = hall, screen, lane
        self._voice, self._wording, self._clock = voice, wording, clock
        self._worth_saying = worth_saying
        self._queue: deque[Announcement] = deque()
        self._taken: tuple[date, int] | None = None
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
        # What waits is read anew each time: a call that was taken back meanwhile is not in it any more. The cursor
        # stays behind until a call was spoken, so the one that is being spoken is read again too.
        self._queue = deque(each for each in announcements if self._is_ahead(each))
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.look()
        if not self._speaking:
            self._next()

    def _is_ahead(self, announcement: Announcement) -> bool:
        # Another day is news whichever way the clock went: the store's cursor has begun anew with it.
        if self._taken is None or announcement.day != self._taken[0]:
            return True
        return announcement.seq > self._taken[1]

    def _next(self) -> None:
        self._speaking = False
        while self._queue:
            announcement = self._queue.popleft()
            self._taken = (announcement.day, announcement.seq)
            if self._clock.now() - announcement.at <= self._worth_saying:
                self._speak(announcement)
                return
            log.info("passed over an old call: %s to %d", announcement.number, announcement.counter)
            self._move_cursor(announcement)

    def _speak(self, announcement: Announcement) -> None:
        self._speaking = True
        call = self._wording(announcement)
        if len(self._queue) >= HURRY_FROM:
            call = replace(call, times=1, chime=False)
        self._voice.say(call, partial(self.begun.emit, announcement), partial(self._end, announcement))

    def _end(self, announcement: Announcement) -> None:
        self._move_cursor(announcement)
        self.ended.emit()
        self._next()

    def _move_cursor(self, announcement: Announcement) -> None:
        self._lane.submit(partial(self._pass, announcement), on_error=self._keep_going)

    def _wait_for_store(self, _error: Exception) -> None:
        # The change feed says so, on the screen and in the log, and looks again when the store is back.
        self._reading = self._read_again = False

    def _keep_going(self, error: Exception) -> None:
        log.info("the cursor of %s did not move: %s", self._screen, error)
