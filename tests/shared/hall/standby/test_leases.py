"""The series that machines lease: each its own, for its days, clear of every other letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.plan import Localized, Service
from shared.domain.standby import LEASED_DAYS, MARKS
from shared.hall import Hall, create_hall
from shared.hall.standby.keeper import Keeper
from tests.shared.hall.standby.conftest import KeeperMaker
from tools.testing.halls import small_plan

DAY = timedelta(days=1)


def test_leases_run_out(hall: Hall, keeper: Keeper, clock: ManualClock) -> None:
    clock.advance(LEASED_DAYS * DAY)
    assert not keeper.ready()
    with pytest.raises(StoreUnavailable):
        keeper.issue("payment", "ordinary", "tap-1")
    keeper.prepare(hall)
    assert keeper.ready()


def test_each_machine_has_a_series_of_its_own(hall: Hall, new_keeper: KeeperMaker) -> None:
    one, two = new_keeper("kiosk-1"), new_keeper("kiosk-2")
    assert one.issue("payment", "ordinary", "tap-1").number == "BX001"
    assert two.issue("payment", "ordinary", "tap-2").number == "BY001"
    two.deliver(hall)
    one.deliver(hall)
    assert {ticket.number for ticket in hall.waiting()} == {"BX001", "BY001"}
    assert [outage.machine for outage in hall.standby.outages(hall.clock.now())] == ["kiosk-1", "kiosk-2"]


def test_machines_that_share_a_name_still_share_no_number(
    hall: Hall, new_keeper: KeeperMaker, clock: ManualClock, tmp_path: object
) -> None:
    one = new_keeper("kiosk-1")
    other = Keeper(one._store.file.with_name("another machine's.db"), "kiosk-1", clock)
    other.prepare(hall)
    numbers = {keeper.issue("payment", "ordinary", "tap").number for keeper in (one, other)}
    other.close()
    assert numbers == {"BX001", "BY001"}


def test_there_are_only_so_many_series(hall: Hall, new_keeper: KeeperMaker) -> None:
    for number in range(len(MARKS)):
        hall.standby.lease(f"holder-{number}", f"kiosk-{number}")
    with pytest.raises(Refused) as refusal:
        new_keeper("one too many")
    assert refusal.value.code is RefusalCode.NO_FREE_SERIES


def test_a_plan_cannot_take_a_leased_series(database_url: str, hall: Hall, keeper: Keeper) -> None:
    plan = small_plan()
    clashing = Service("vip", "BX", Localized("贵宾", "VIP"), timedelta(minutes=3), 2)
    with pytest.raises(Refused) as refusal:
        create_hall(database_url, replace(plan, services=(*plan.services, clashing)), clock=hall.clock)
    assert refusal.value.code is RefusalCode.PREFIX_LEASED


def test_marks_keep_clear_of_a_plan_s_own_letters(
    database_url: str, hall: Hall, new_keeper: KeeperMaker
) -> None:
    plan = small_plan()
    double = Service("vip", "BX", Localized("贵宾", "VIP"), timedelta(minutes=3), 2)
    create_hall(database_url, replace(plan, services=(*plan.services, double)), clock=hall.clock).close()
    assert new_keeper().issue("payment", "ordinary", "tap-1").number == "BY001"
