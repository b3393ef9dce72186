from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from hardware.voice.announcement_sound import SpokenCall
from hardware.voice.wording import call_clips, sentence
from lobby_display.announcer import HURRY_FROM, Announcer
from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.qt.lanes import Lane
from tools.testing.patience import PATIENCE_MS, PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pytestqt.qtbot import QtBot

    from shared.domain.announcement import Announcement

    Wait = Callable[[Callable[[], bool]], None]
    MakeAnnouncement = Callable[..., Announcement]
    MakeAnnouncer = Callable[..., Announcer]


class FakeHall:
    """Keeps one screen's cursor, as a hall does."""

    def __init__(self) -> None:
        self.log: list[Announcement] = []
        self.cursor = 0
        self.error: Exception | None = None
        self.failures = 0
        self.reads = 0

    def announcements(self, screen: str) -> tuple[Announcement, ...]:
        if self.error is not None:
            self.failures += 1
            raise self.error
        found = tuple(each for each in self.log if each.seq > self.cursor)
        self.reads += 1
        return found

    def announced(self, screen: str, announcement: Announcement) -> None:
        if self.error is not None:
            raise self.error
        self.cursor = max(self.cursor, announcement.seq)


class ManualVoice:
    """A voice that begins and ends when the test lets it."""

    def __init__(self) -> None:
        self.said: list[SpokenCall] = []
        self.begins_at_once = True
        self._on_begin: Callable[[], None] | None = None
        self._on_done: Callable[[], None] | None = None

    @property
    def sentences(self) -> list[str]:
        return [
            sentence(call_clips(call.number, call.counter, each, recalled=call.recalled), each)
            for call in self.said
            for each in call.languages
        ]

    def warm_up(self) -> None:
        pass

    def say(self, call: SpokenCall, on_begin: Callable[[], None], on_done: Callable[[], None]) -> None:
        self.said.append(call)
        self._on_begin, self._on_done = on_begin, on_done
        if self.begins_at_once:
            self.begin()

    def begin(self) -> None:
        assert self._on_begin is not None
        self._on_begin()

    def end(self) -> None:
        assert self._on_done is not None
        self._on_done()

    def stop(self) -> None:
        self._on_begin = self._on_done = None


@pytest.fixture
def hall() -> FakeHall:
    return FakeHall()


@pytest.fixture
def voice() -> ManualVoice:
    return ManualVoice()


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return partial(qtbot.waitUntil, timeout=PATIENCE_MS)


@pytest.fixture
def make_announcer(
    qtbot: QtBot, hall: FakeHall, voice: ManualVoice, now: datetime
) -> Iterator[Callable[..., Announcer]]:
    lane = Lane("store")

    def make(languages: tuple[str, ...] = ("zh",)) -> Announcer:
        return Announcer(
            lambda: hall,
            "lobby-1",
            lane=lane,
            voice=voice,
            wording=lambda call: SpokenCall(
                call.number, call.counter, recalled=call.recalled, languages=languages
            ),
            clock=ManualClock(now),
        )

    yield make
    assert lane.stop(PATIENCE_S)


def test_a_call_flashes_when_the_voice_begins_and_the_cursor_moves_when_it_ends(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    voice.begins_at_once = False
    flashed: list[str] = []
    announcer.begun.connect(lambda call: flashed.append(call.number))
    hall.log.append(make_announcement("A023", 3, 90))
    announcer.look()
    wait(lambda: voice.sentences == ["请A零二三号，到三号窗口"])
    assert flashed == []
    voice.begin()
    assert flashed == ["A023"]
    assert hall.cursor == 0
    voice.end()
    wait(lambda: hall.cursor == 90)


def test_calls_wait_for_each_other(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    ended: list[bool] = []
    announcer.ended.connect(lambda: ended.append(True))
    hall.log += [make_announcement("A001", 1, 1), make_announcement("A002", 2, 2)]
    announcer.look()
    wait(lambda: len(voice.said) == 1)
    assert ended == []
    voice.end()
    assert len(voice.said) == 2
    assert ended == [True]


def test_calls_of_an_earlier_day_are_spoken_when_a_clock_that_ran_ahead_was_set_right(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    today = make_announcement("A001", 1, 1)
    hall.log.append(replace(today, day=today.day + timedelta(days=3), seq=7))
    announcer.look()
    wait(lambda: len(voice.said) == 1)
    voice.end()
    wait(lambda: hall.cursor == 7)
    # The store begins its cursor anew with the day.
    hall.log, hall.cursor = [today], 0
    announcer.look()
    wait(lambda: len(voice.said) == 2)
    voice.end()
    wait(lambda: hall.cursor == 1)


def test_no_call_is_spoken_twice_however_often_one_looks(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    hall.log.append(make_announcement("A001", 1, 1))
    for _ in range(5):
        announcer.look()
    wait(lambda: len(voice.said) == 1)
    hall.log.append(make_announcement("A002", 2, 2))
    announcer.look()
    voice.end()
    announcer.look()
    wait(lambda: len(voice.said) == 2)
    voice.end()
    announcer.look()
    wait(lambda: hall.cursor == 2)
    assert [call.number for call in voice.said] == ["A001", "A002"]


def test_a_call_that_was_taken_back_while_it_waited_is_not_spoken(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    first, second, third = (make_announcement(f"A00{each}", each, each) for each in (1, 2, 3))
    hall.log += [first, second]
    announcer.look()
    wait(lambda: len(voice.said) == 1)
    hall.log[:] = [first, third]
    reads = hall.reads
    announcer.look()
    announcer.look()
    wait(lambda: hall.reads >= reads + 2)
    voice.end()
    wait(lambda: len(voice.said) == 2)
    assert voice.said[-1].number == "A003"


def test_a_restart_goes_on_where_the_cursor_stands(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    hall.log += [make_announcement("A001", 1, 1), make_announcement("A002", 2, 2)]
    hall.cursor = 1
    make_announcer().look()
    wait(lambda: voice.sentences == ["请A零零二号，到二号窗口"])


def test_old_calls_are_passed_over_without_a_word(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    hall.log += [make_announcement("A001", 1, 1, ago_s=3600), make_announcement("A002", 2, 2, ago_s=1)]
    make_announcer().look()
    wait(lambda: hall.cursor == 1)
    assert voice.sentences == ["请A零零二号，到二号窗口"]


def test_with_many_calls_behind_it_a_call_is_said_once_and_without_a_chime(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    hall.log += [make_announcement(f"A{each:03}", 1, each) for each in range(1, HURRY_FROM + 2)]
    make_announcer().look()
    wait(lambda: len(voice.said) == 1)
    voice.end()
    assert [(call.times, call.chime) for call in voice.said] == [(1, False), (2, True)]


def test_a_customer_who_chose_english_is_called_in_both(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    hall.log.append(make_announcement("A023", 3, 1))
    make_announcer(("zh", "en")).look()
    wait(lambda: len(voice.sentences) == 2)
    assert voice.sentences[1] == "Number A zero two three please go to counter three"


def test_a_store_that_comes_back_is_read_again(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    hall.log.append(make_announcement("A023", 3, 1))
    hall.error = StoreUnavailable("unreachable", "gone")
    announcer.look()
    wait(lambda: hall.failures == 1)
    hall.error = None

    def speaks_after_a_look() -> bool:
        announcer.look()
        return bool(voice.said)

    wait(speaks_after_a_look)
    assert voice.sentences == ["请A零二三号，到三号窗口"]


def test_a_stopped_announcer_leaves_the_rest_for_the_next_start(
    make_announcer: MakeAnnouncer,
    hall: FakeHall,
    voice: ManualVoice,
    make_announcement: MakeAnnouncement,
    wait: Wait,
) -> None:
    announcer = make_announcer()
    hall.log += [make_announcement(f"A00{each}", each, each) for each in (1, 2, 3)]
    announcer.look()
    wait(lambda: len(voice.said) == 1)
    voice.end()
    wait(lambda: hall.cursor == 1)
    announcer.stop()
    assert [call.number for call in voice.said] == ["A001", "A002"]
    assert hall.cursor == 1
