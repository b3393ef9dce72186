from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lobby_display.announcer import Announcer
from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.qt.lanes import Lane
from shared.words import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pytestqt.qtbot import QtBot

    from shared.domain.announcement import Announcement

    MakeAnnouncement = Callable[..., Announcement]
    MakeAnnouncer = Callable[..., Announcer]


class FakeHall:
    """Keeps one screen's cursor, as a hall does."""

    def __init__(self) -> None:
        self.log: list[Announcement] = []
        self.cursor = 0
        self.error: Exception | None = None
        self.failures = 0

    def announcements(self, screen: str) -> tuple[Announcement, ...]:
        if self.error is not None:
            self.failures += 1
            raise self.error
        return tuple(each for each in self.log if each.seq > self.cursor)

    def announced(self, screen: str, announcement: Announcement) -> None:
        if self.error is not None:
            raise self.error
        self.cursor = max(self.cursor, announcement.seq)


class ManualVoice:
    """A voice that speaks until the test lets it end."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._on_done: Callable[[], None] | None = None

    def say(self, sentences: Sequence[tuple[Language, str]], on_done: Callable[[], None]) -> None:
        self.said += [sentence for _, sentence in sentences]
        self._on_done = on_done

    def end(self) -> None:
        assert self._on_done is not None
        self._on_done()

    def stop(self) -> None:
        self._on_done = None


@pytest.fixture
def hall() -> FakeHall:
    return FakeHall()


@pytest.fixture
def voice() -> ManualVoice:
    return ManualVoice()


@pytest.fixture
def make_announcer(
    qtbot: QtBot, hall: FakeHall, voice: ManualVoice, now: datetime
) -> Iterator[Callable[..., Announcer]]:
    lane = Lane("store")

    def make(languages: tuple[Language, ...] = (Language.ZH,)) -> Announcer:
        return Announcer(
            lambda: hall,
            "lobby-1",
            lane=lane,
            voice=voice,
            languages=lambda _call: languages,
            clock=ManualClock(now),
        )

    yield make
    assert lane.stop()


def test_a_call_is_spoken_and_flashes_in_the_same_moment(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    announcer = make_announcer()
    flashed: list[tuple[str, int]] = []
    announcer.begun.connect(lambda call: flashed.append((call.number, len(voice.said))))
    hall.log.append(make_announcement("A023", 3, 90))
    announcer.look()
    qtbot.waitUntil(lambda: voice.said == ["请A零二三号，到三号窗口"])
    assert flashed == [("A023", 0)]
    qtbot.waitUntil(lambda: hall.cursor == 90)


def test_calls_wait_for_each_other(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    announcer = make_announcer()
    ended: list[bool] = []
    announcer.ended.connect(lambda: ended.append(True))
    hall.log += [make_announcement("A001", 1, 1), make_announcement("A002", 2, 2)]
    announcer.look()
    qtbot.waitUntil(lambda: len(voice.said) == 1)
    assert ended == []
    voice.end()
    assert len(voice.said) == 2
    assert ended == [True]


def test_no_call_is_spoken_twice_however_often_one_looks(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    announcer = make_announcer()
    hall.log.append(make_announcement("A001", 1, 1))
    for _ in range(5):
        announcer.look()
    qtbot.waitUntil(lambda: hall.cursor == 1)
    announcer.look()
    hall.log.append(make_announcement("A002", 2, 2))
    announcer.look()
    qtbot.waitUntil(lambda: bool(voice.said))
    voice.end()
    qtbot.waitUntil(lambda: hall.cursor == 2)
    assert len(voice.said) == 2


def test_a_restart_goes_on_where_the_cursor_stands(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    hall.log += [make_announcement("A001", 1, 1), make_announcement("A002", 2, 2)]
    hall.cursor = 1
    make_announcer().look()
    qtbot.waitUntil(lambda: hall.cursor == 2)
    assert voice.said == ["请A零零二号，到二号窗口"]


def test_old_calls_are_passed_over_without_a_word(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    hall.log += [make_announcement("A001", 1, 1, ago_s=3600), make_announcement("A002", 2, 2, ago_s=1)]
    make_announcer().look()
    qtbot.waitUntil(lambda: hall.cursor == 2)
    assert voice.said == ["请A零零二号，到二号窗口"]


def test_a_customer_who_chose_english_is_called_in_both(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    hall.log.append(make_announcement("A023", 3, 1))
    make_announcer((Language.ZH, Language.EN)).look()
    qtbot.waitUntil(lambda: len(voice.said) == 2)
    assert voice.said[1] == "Number A zero two three, please go to counter 3"


def test_a_store_that_comes_back_is_read_again(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    announcer = make_announcer()
    hall.log.append(make_announcement("A023", 3, 1))
    hall.error = StoreUnavailable("unreachable", "gone")
    announcer.look()
    qtbot.waitUntil(lambda: hall.failures == 1)
    hall.error = None

    def speaks_after_a_look() -> bool:
        announcer.look()
        return bool(voice.said)

    qtbot.waitUntil(speaks_after_a_look)
    assert voice.said == ["请A零二三号，到三号窗口"]


def test_a_stopped_announcer_leaves_the_rest_for_the_next_start(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    qtbot: QtBot,
) -> None:
    announcer = make_announcer()
    hall.log += [make_announcement("A001", 1, 1), make_announcement("A002", 2, 2)]
    announcer.look()
    qtbot.waitUntil(lambda: hall.cursor == 1)
    announcer.stop()
    assert len(voice.said) == 1
    assert hall.cursor == 1
