"""What is kept is delivered when the hall can be read again, before anybody acts on the news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, create_hall
from shared.hall.standby.keeper import Keeper
from shared.qt.courier import Courier, Standby
from tools.testing.halls import small_plan
from tools.testing.terminals import HandWorker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shared.domain.standby import Outage


@dataclass
class Post:
    """A courier with its hall and its keeper in the test's hands; the hall can be cut off."""

    hall: Hall
    keeper: Keeper
    clock: ManualClock
    worker: HandWorker
    courier: Any = None
    away: bool = False
    cause: str = "unreachable"

    def __post_init__(self) -> None:
        self.heard: list[object] = []
        self.outages: list[Outage] = []
        self.standbys: list[Standby] = []

    def reach(self) -> Hall:
        if self.away:
            raise StoreUnavailable(self.cause, "cut off")
        return self.hall

    def news(self) -> None:
        self.courier.follow(self.hall.snapshot())


@pytest.fixture
def post(qapp: object, sqlite_url: str, clock: ManualClock, tmp_path: Path) -> Iterator[Post]:
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        keeper = Keeper(tmp_path / "standby" / "kiosk-1.db", "kiosk-1", clock)
        post = Post(hall, keeper, clock, HandWorker())
        worker: Any = post.worker
        post.courier = Courier(
            keeper,
            post.reach,
            lambda keeper, hall, _snapshot: keeper.prepare(hall),
            clock,
            post_lane=worker,
            keep_lane=worker,
        )
        post.courier.cleared.connect(post.heard.append)
        post.courier.delivered.connect(post.outages.append)
        post.courier.prepared.connect(post.standbys.append)
        yield post
        keeper.close()


def test_the_first_news_prepares_the_machine(post: Post) -> None:
    post.news()
    assert post.standbys == [Standby(ready=True)]
    assert len(post.heard) == 1
    post.news()
    assert len(post.standbys) == 1
    assert len(post.heard) == 2


def test_a_new_day_is_prepared_for_too(post: Post) -> None:
    post.news()
    post.clock.advance(timedelta(days=1))
    post.news()
    assert len(post.standbys) == 2


def test_what_is_kept_is_delivered_with_the_first_news(post: Post) -> None:
    post.news()
    post.away = True
    post.courier.lose()
    assert post.standbys[-1].ready
    assert post.standbys[-1].picture is not None
    post.keeper.issue("payment", "ordinary", "tap-1")
    post.clock.advance(timedelta(minutes=1))
    post.away = False
    post.news()
    assert [outage.tickets for outage in post.outages] == [1]
    assert [ticket.number for ticket in post.hall.waiting()] == ["BX001"]
    assert not post.courier.pending


def test_the_news_wait_until_all_is_delivered(post: Post) -> None:
    post.news()
    post.courier.note_kept()
    post.keeper.issue("payment", "ordinary", "tap-1")
    post.away = True
    post.news()
    assert len(post.heard) == 1, "somebody was told of a hall that does not know what is kept"
    assert post.courier.pending
    post.away = False
    post.news()
    assert len(post.heard) == 2


def test_what_is_kept_during_a_delivery_is_for_the_next_one(post: Post) -> None:
    post.news()
    post.courier.note_kept()
    post.worker.held = True
    post.news()
    post.courier.note_kept()
    post.worker.let_go()
    assert post.courier.pending
    assert len(post.heard) == 1
    post.news()
    assert len(post.heard) == 2


def test_news_that_come_during_a_delivery_wait_for_its_end(post: Post) -> None:
    post.news()
    post.courier.note_kept()
    post.keeper.issue("payment", "ordinary", "tap-1")
    post.worker.held = True
    post.news()
    post.hall.issue("enquiry")
    post.news()
    assert len(post.heard) == 1, "somebody acted on a hall that does not know yet what is kept"
    assert post.courier.pending
    post.worker.let_go()
    assert post.heard[1:] == [post.courier._latest]
    assert not post.courier.pending


def test_a_machine_that_was_never_prepared_says_so(post: Post) -> None:
    post.courier.lose()
    assert post.standbys == [Standby(ready=False)]


@pytest.mark.expects_log("not prepared for an outage")
def test_what_cannot_be_prepared_is_told_once(post: Post, tmp_path: Path) -> None:
    (tmp_path / "standby").write_text("in the way of the folder")
    post.news()
    post.news()
    assert post.standbys == []
    assert len(post.heard) == 2, "a machine that cannot keep tickets stopped printing the store's"


@pytest.mark.expects_log("not prepared for an outage")
def test_whatever_hinders_the_delivery_the_news_wait_while_something_is_kept(post: Post) -> None:
    post.news()
    post.courier.note_kept()
    post.away, post.cause = True, "read_only"
    post.news()
    assert len(post.heard) == 2, "nothing is kept: what does not depend on the delivery goes on"
    assert not post.courier.pending
    post.courier.note_kept()
    post.keeper.issue("payment", "ordinary", "tap-1")
    post.news()
    assert len(post.heard) == 2, "somebody was told of a hall that does not know what is kept"
    assert post.courier.pending
    post.away = False
    post.news()
    assert len(post.heard) == 3
    assert [ticket.number for ticket in post.hall.waiting()] == ["BX001"]


@pytest.mark.expects_log("not prepared for an outage")
def test_a_file_that_cannot_be_read_holds_up_nobody_and_is_looked_into_again(
    post: Post, tmp_path: Path
) -> None:
    post.news()
    post.keeper.issue("payment", "ordinary", "tap-1")
    post.keeper.close()
    file = tmp_path / "standby" / "kiosk-1.db"
    intact = file.read_bytes()
    file.write_bytes(b"not a database at all" * 400)
    post.courier.note_kept()
    post.news()
    post.news()
    assert len(post.heard) == 3, "a broken file of its own kept a machine from the hall"
    post.keeper.close()
    file.write_bytes(intact)
    post.news()
    assert [ticket.number for ticket in post.hall.waiting()] == ["BX001"]
