"""Two PostgreSQL servers: a hall's, and a head office that follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from shared.domain.clock import ManualClock
from shared.hall import Hall, create_hall, open_hall
from shared.store.city import read_city
from shared.store.head_office import (
    HeadOfficeRefused,
    leave,
    publish,
    rejoin,
    slots,
    subscribe,
    subscriptions,
)
from tools.testing.halls import small_plan
from tools.testing.private_postgres import NewServer, PrivatePostgres
from tools.testing.waiting import until


@dataclass(frozen=True)
class Link:
    """A server with two halls, and the head office that follows it."""

    server: PrivatePostgres
    office: PrivatePostgres
    east: Hall
    west: Hall

    @property
    def server_url(self) -> str:
        return self.server.address("postgres")

    @property
    def office_url(self) -> str:
        return self.office.address("postgres")

    def caught_up(self) -> bool:
        """Whether the head office has its first copy, and every event of both halls."""
        (followed,) = subscriptions(self.office_url)
        mine, theirs = (
            server.execute("SELECT hall_id, day, seq FROM hall_day ORDER BY hall_id, day")
            for server in (self.server, self.office)
        )
        return followed.tables_ready == followed.tables > 0 and mine == theirs

    def require_same(self) -> None:
        """Every hall's log and tables are at the head office as they are in the hall."""
        until("the head office's news", self.caught_up)
        for hall in (self.east, self.west):
            with open_hall(self.office_url, hall.hall_id, clock=hall.clock) as copy:
                assert copy.tickets() == hall.tickets()
                assert copy.verify() == hall.verify()
                assert copy.verify().differences == ()


@pytest.fixture
def link(new_postgres_server: NewServer, clock: ManualClock) -> Iterator[Link]:
    server, office = new_postgres_server(), new_postgres_server()
    server.start()
    office.start()
    url = server.address("postgres")
    with (
        create_hall(url, small_plan("east"), clock=clock) as east,
        create_hall(url, small_plan("west"), clock=clock) as west,
    ):
        yield Link(server, office, east, west)


def work(hall: Hall, times: int = 3) -> None:
    for _ in range(times):
        hall.issue("payment")
    hall.call_next(1)


def refused(command: Callable[[], object]) -> str:
    with pytest.raises(HeadOfficeRefused) as refusal:
        command()
    return refusal.value.code


def test_halls_work_on_while_the_head_office_is_away_and_it_catches_up(
    link: Link, clock: ManualClock
) -> None:
    assert refused(lambda: subscribe(link.office_url, "north", link.server_url)) == "not_published"
    assert publish(link.server_url, 64) == ("east", "west")
    assert publish(link.server_url, 64) == ("east", "west"), "doing it again is no mistake"
    work(link.east)
    assert refused(lambda: subscribe(link.office_url, "North!", link.server_url)) == "name"
    assert refused(lambda: leave(link.office_url, "north")) == "unknown_subscription"
    assert refused(lambda: rejoin(link.office_url, "north", link.server_url)) == "unknown_subscription"
    assert refused(lambda: subscribe(link.server_url, "north", link.server_url)) == "same_server"
    assert refused(lambda: rejoin(link.server_url, "north", link.server_url)) == "same_server"
    assert link.east.verify().tickets == 3, "a hall that is taken for a head office keeps what it has"
    assert subscribe(link.office_url, "north", link.server_url) == ("east", "west")
    link.require_same()
    assert refused(lambda: subscribe(link.office_url, "north", link.server_url)) == "known_subscription"
    assert refused(lambda: subscribe(link.office_url, "south", link.server_url)) == "known_hall"

    link.office.kill()
    work(link.east)
    work(link.west)
    assert link.east.verify().clean
    (slot,) = slots(link.server_url)
    assert (slot.name, slot.lost) == ("jiaohao_north", False)
    link.office.start()
    link.require_same()

    link.server.kill()
    link.server.start()
    work(link.west)
    link.require_same()

    east, west = read_city(link.office_url, clock.now())
    assert (east.hall_id, east.name["en"], east.day) == ("east", "Small Hall", link.east.opened_day())
    assert (east.issued, east.waiting, east.counters_open) == (6, 4, 1)
    assert (west.issued, west.waiting, west.overdue) == (6, 4, 0)
    assert east.changed_at == clock.now()
    assert leave(link.office_url, "north")
    assert (subscriptions(link.office_url), slots(link.server_url)) == ((), ())


def test_a_cut_that_is_too_long_costs_the_hall_no_disk_and_the_copy_is_made_anew(link: Link) -> None:
    publish(link.server_url, 64)
    link.server.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '2MB'")
    link.server.execute("SELECT pg_reload_conf()")
    work(link.east)
    subscribe(link.office_url, "north", link.server_url)
    link.require_same()
    link.office.kill()
    work(link.east)

    def given_up() -> bool:
        link.server.execute("SELECT pg_logical_emit_message(false, 'test', repeat('x', 2000000))")
        link.server.execute("SELECT pg_switch_wal()")
        link.server.execute("CHECKPOINT")
        return slots(link.server_url)[0].lost

    until("the end of the hall's patience", given_up)
    link.office.start()
    assert rejoin(link.office_url, "north", link.server_url) == ("east", "west")
    work(link.west)
    link.require_same()


def test_a_server_that_keeps_no_such_log_is_refused(postgres_url: str, sqlite_url: str) -> None:
    create_hall(postgres_url, small_plan()).close()
    assert refused(lambda: publish(postgres_url, 64)) == "wal_level"
    assert refused(lambda: publish(sqlite_url, 64)) == "not_postgres"
