"""A program that begins late in a long day thinks the day through without holding the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.event import Event
from shared.domain.standby import LastKnownQueue
from shared.hall import Hall, create_hall, fresh_quotes, open_hall
from shared.hall.fresh_quotes import FRESH_FOR
from shared.store.engine import make_engine
from tools.testing.halls import small_plan


@pytest.mark.parametrize(
    "first", [Hall.snapshot, lambda hall: hall.issue("payment")], ids=["picture", "ticket"]
)
def test_no_transaction_rests_while_the_day_is_thought_through(
    database_url: str, clock: ManualClock, first: Callable[[Hall], object]
) -> None:
    with create_hall(database_url, small_plan(), clock=clock) as earlier:
        earlier.issue("payment")
        hall_id = earlier.hall_id
    engine = make_engine(database_url)
    in_use: list[tuple[int, int]] = []

    class Predictor(LastKnownQueue):
        def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
            in_use.append((engine.pool.checkedout(), len(list(events_after(0)))))  # type: ignore[attr-defined]

    with Hall(engine, hall_id, clock, Predictor()) as hall:
        first(hall)
    assert in_use[0] == (0, 2), "the whole day, and no connection in use"


def test_a_ticket_is_quoted_by_a_log_of_at_most_five_seconds(database_url: str, clock: ManualClock) -> None:
    read: list[int] = []

    class Predictor(LastKnownQueue):
        def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
            read.append(seq)

    with create_hall(database_url, small_plan(), clock=clock, predictor=Predictor()) as hall:
        hall.issue("payment")
        first = hall.issue("payment").seq
        clock.advance(FRESH_FOR - timedelta(seconds=1))
        hall.issue("payment")
        assert read == [0], "the log was read a moment ago"
        clock.advance(timedelta(seconds=1))
        third = hall.issue("payment").seq - 1
        assert read == [0, third]
        assert third > first
        clock.advance(timedelta(hours=-1))
        hall.issue("payment")
        assert read == [0, third, third + 1], "a clock that was set back is no reason to stay with an old log"


@pytest.fixture
def read_by_tickets(
    database_url: str, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Hall, list[list[int]]]]:
    """A hall that follows ten events at once, forty behind; and what its predictor is given to read each time."""
    monkeypatch.setattr(fresh_quotes, "EVENTS_AT_ONCE", 10)
    read: list[list[int]] = []

    class Predictor(LastKnownQueue):
        def follow(self, day: date, seq: int, events_after: Callable[[int], Iterable[Event]]) -> None:
            known = max((one for news in read for one in news), default=0)
            read.append([event.seq for event in events_after(known)])

    with create_hall(database_url, small_plan(), clock=clock, predictor=Predictor()) as hall:
        hall.issue("payment")
        hall.snapshot()
        with open_hall(database_url, hall.hall_id, clock=clock) as other:
            for _ in range(40):
                other.issue("payment")
        clock.advance(FRESH_FOR)
        read[:] = read[-1:]
        yield hall, read


def test_a_ticket_waits_for_a_part_of_much_news_and_the_next_one_goes_on(
    read_by_tickets: tuple[Hall, list[list[int]]],
) -> None:
    hall, read = read_by_tickets
    begin = read[0][-1] + 1
    for _ in range(6):
        hall.issue("payment")
    # Ten at once, the own tickets among them; then the log was read to its end a moment ago.
    assert [(events[0], len(events)) for events in read[1:]] == [
        (begin, 10),
        (begin + 10, 10),
        (begin + 20, 10),
        (begin + 30, 10),
        (begin + 40, 4),
    ]


def test_a_picture_reads_all_news(read_by_tickets: tuple[Hall, list[list[int]]]) -> None:
    hall, read = read_by_tickets
    begin = read[0][-1] + 1
    hall.issue("payment")
    hall.snapshot()
    assert [(events[0], len(events)) for events in read[1:]] == [(begin, 10), (begin + 10, 31)]


def test_who_is_far_behind_reads_a_share_of_the_news(
    read_by_tickets: tuple[Hall, list[list[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, read = read_by_tickets
    monkeypatch.setattr(fresh_quotes, "EVENTS_AT_ONCE", 1)
    hall.issue("payment")
    assert len(read[1]) == 40 // 8
