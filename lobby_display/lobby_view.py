"""The view model of the lobby screen: gathers news, time and flashes into one state."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from lobby_display.layout import Content, Layout, lay_out, text_ems
from lobby_display.lobby_state import Flash, LobbyState, compose
from shared.qt.sizes import Screen
from shared.qt.theme import Mode, make_theme
from shared.qt.view_model import ViewModel, as_qml
from shared.words import Language, Words

if TYPE_CHECKING:
    from datetime import datetime, time

    from shared.domain.announcement import Announcement
    from shared.domain.clock import Clock
    from shared.domain.snapshot import HallSnapshot

log = logging.getLogger(__name__)

TICK_MS = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where the screen hangs: its diagonal, who reads it from afar, and how it may move and be drawn."""

    diagonal_inches: float
    farthest_seat_m: float
    family: str
    moves: bool = True


class LobbyView(ViewModel[LobbyState]):
    """QML reads `view.state` and `view.looks` (layout, theme, words), and tells its size with `resize`."""

    looks_changed = Signal()

    def __init__(self, words: Words, place: Place, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(LobbyState(stale=words.say("lobby-stale-never")), parent)
        self._words, self._place, self._clock = words, place, clock
        self._table = words.table("lobby") | words.table("common")
        self._snapshot: HallSnapshot | None = None
        self._stale_since: datetime | None = None
        self._flash: Flash | None = None
        self._at_rest = True
        self._warned = False
        self._size = (1920, 1080)
        self._content = Content(services=1, counters=1)
        self._layout = self._lay_out()
        self._looks = self._make_looks()
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.refresh)

    @property
    def arrangement(self) -> Layout:
        """The layout as Python reads it."""
        return self._layout

    def start(self) -> None:
        """Let the clock run and the pages turn."""
        self._ticker.start()

    def stop(self) -> None:
        """Stand still."""
        self._ticker.stop()

    def take_news(self, snapshot: HallSnapshot) -> None:
        """Show a hall as it is now."""
        self._snapshot = snapshot
        self._stale_since = None
        self._arrange()
        self.refresh()

    def lose_touch(self, since: datetime | None) -> None:
        """Say that there is no news since this moment; None when there was never any."""
        self._stale_since = since
        self.refresh()

    def flash(self, announcement: Announcement) -> None:
        """Flash a call, now."""
        count = self._flash.count + 1 if self._flash is not None else 1
        self._flash, self._at_rest = Flash(announcement, count), False
        self.refresh()

    def end_flash(self) -> None:
        """Let the call rest: when its row moves down, it does not flash again."""
        self._at_rest = True
        self.refresh()

    def time_in_hall(self) -> time:
        """Return the time of day by the hall's clocks; by UTC while nothing is known of the hall."""
        zone = ZoneInfo(self._snapshot.plan.timezone) if self._snapshot is not None else UTC
        return self._clock.now().astimezone(zone).time()

    def languages_of(self, announcement: Announcement) -> tuple[Language, ...]:
        """Return the languages to speak a call in: the screen's, and that of the ticket when it is another."""
        calls = self._snapshot.calls if self._snapshot is not None else ()
        tickets = [call.ticket for call in calls if call.number == announcement.number]
        return tuple(dict.fromkeys([self._words.language, *(Language(each.language) for each in tickets)]))

    def refresh(self) -> None:
        """Work the state out anew: the time has passed, or something else is new."""
        if self._snapshot is not None:
            self.show(
                compose(
                    self._snapshot,
                    self._clock.now(),
                    self._words,
                    self._layout,
                    stale_since=self._stale_since,
                    flash=None if self._at_rest else self._flash,
                )
            )

    @Slot(int, int)
    def resize(self, width: int, height: int) -> None:
        """Lay out for a window of this many pixels; a window that is being made has none yet."""
        if width > 0 and height > 0 and (width, height) != self._size:
            self._size = (width, height)
            self._arrange()
            self.refresh()

    def _arrange(self) -> None:
        if self._snapshot is not None:
            self._content = content_of(self._snapshot, self._content, self._words.language)
        layout = self._lay_out()
        if layout != self._layout:
            self._layout = layout
            self._looks = self._make_looks()
            self.looks_changed.emit()
            self._warn_of_small_screen()

    def _warn_of_small_screen(self) -> None:
        reaches, wanted = self._layout.readable_m, self._place.farthest_seat_m
        if reaches < wanted and not self._warned:
            self._warned = True
            log.warning(
                "the called number reads well up to %.1f m, the farthest seat is %.1f m away: "
                "hang the screen nearer or take a larger one",
                reaches,
                wanted,
            )

    def _lay_out(self) -> Layout:
        screen = Screen(*self._size, self._place.diagonal_inches)
        return lay_out(screen, self._place.farthest_seat_m, self._content)

    def _make_looks(self) -> dict[str, Any]:
        theme = make_theme(
            Mode.NIGHT, self._layout.body_px, family=self._place.family, moves=self._place.moves
        )
        return {"layout": as_qml(self._layout), "theme": theme.as_map(), "words": self._table}

    def _read_looks(self) -> dict[str, Any]:
        return self._looks

    looks = Property("QVariantMap", _read_looks, notify=looks_changed)  # type: ignore[arg-type]


def content_of(snapshot: HallSnapshot, before: Content, language: str) -> Content:
    """Return how much there is to show; the numbers' width never shrinks, so that no number moves for it."""
    numbers = [len(call.number) for call in snapshot.calls]
    counters = [len(str(line.plan.number)) for line in snapshot.counters]
    return replace(
        before,
        services=max(1, len(snapshot.services)),
        counters=max(1, len(snapshot.counters)),
        name_ems=max(
            [1.0, *(text_ems(line.service.name.in_language(language)) for line in snapshot.services)]
        ),
        number_length=max([before.number_length, *numbers]),
        counter_length=max([before.counter_length, *counters]),
    )
