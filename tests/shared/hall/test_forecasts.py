"""What a hall's own quotes go by, while its log is followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from threading import Event as Flag
from threading import Thread

import pytest

from shared.domain.clock import ManualClock
from shared.domain.event import Event, EventKind
from shared.domain.quote import QueueAhead, Quote
from shared.hall import create_hall
from shared.hall.command_runner import CommandRunner
from shared.hall.forecasts import HallForecasts
from shared.store.engine import make_engine
from tools.testing.halls import NINE, small_plan
from tools.testing.patience import PATIENCE_S

DAY = date(2026, 11, 23)


@pytest.fixture
def forecasts(sqlite_url: str) -> Iterator[HallForecasts]:
    clock = ManualClock(NINE)
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        hall_id = hall.hall_id
    engine = make_engine(sqlite_url)
    yield HallForecasts(engine, CommandRunner(engine, hall_id, clock))
    engine.dispose()


def happened(seq: int, kind: EventKind) -> Event:
    return Event(DAY, seq, seq, NINE, kind, detail={"plan_version": 1})


def test_a_day_that_nobody_has_opened_is_not_followed_yet(forecasts: HallForecasts) -> None:
    assert not forecasts.follows(DAY)
    forecasts.follow(DAY, 0, lambda _seq: ())
    assert not forecasts.follows(DAY), "the day's first ticket must read how it was opened"
    forecasts.follow(DAY, 1, lambda _seq: (happened(1, EventKind.DAY_OPENED),))
    assert forecasts.follows(DAY)
    assert forecasts.follows(DAY - timedelta(days=1))
    assert not forecasts.follows(DAY + timedelta(days=1))


def test_a_quote_does_not_wait_while_the_day_is_thought_through_anew(forecasts: HallForecasts) -> None:
    opened, learned = happened(1, EventKind.DAY_OPENED), happened(2, EventKind.WAITS_LEARNED)
    forecasts.follow(DAY, 1, lambda _seq: (opened,))
    thinking, go_on = Flag(), Flag()

    def events_after(seq: int) -> Iterator[Event]:
        if seq == 0:
            yield opened
            thinking.set()
            assert go_on.wait(PATIENCE_S)
        yield learned

    follower = Thread(target=forecasts.follow, args=(DAY, 2, events_after))
    follower.start()
    try:
        assert thinking.wait(PATIENCE_S)
        answers: list[Quote] = []
        asker = Thread(
            target=lambda: answers.append(forecasts.quote(QueueAhead("payment", NINE, 3, 1))), daemon=True
        )
        asker.start()
        asker.join(PATIENCE_S)
        assert answers == [Quote(3)]
        assert forecasts.follows(DAY)
    finally:
        go_on.set()
        follower.join(PATIENCE_S)
    asked_for: list[int] = []

    def nothing_new(seq: int) -> tuple[Event, ...]:
        asked_for.append(seq)
        return ()

    forecasts.follow(DAY, 2, nothing_new)
    assert asked_for == [], "all of it has been followed"
