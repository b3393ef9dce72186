"""What cannot be delivered is set aside, holds up nothing, and is delivered once it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall
from shared.hall.standby.desk import StandbyDesk
from shared.hall.standby.keeper import Keeper
from shared.store.engine import writing
from tests.shared.hall.standby.conftest import KeeperMaker

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def die(*_arguments: object) -> None:
    raise KeyboardInterrupt


def damage(keeper: Keeper, number: str, detail: str = "{}") -> str:
    """A disk error in the machine's file: what it knows of a ticket can be read no more; returns what it was."""
    with writing(keeper._store.engine) as connection:
        row = {"ticket": number, "detail": detail}
        before = connection.execute(
            text("SELECT detail FROM event WHERE ticket = :ticket AND kind = 'issued'"), {"ticket": number}
        ).scalar_one()
        connection.execute(
            text("UPDATE event SET detail = :detail WHERE ticket = :ticket AND kind = 'issued'"), row
        )
    return str(before)


@pytest.mark.expects_log("BX002 cannot be delivered and is set aside", "BX002 still cannot be delivered")
def test_what_can_never_be_delivered_is_set_aside_and_holds_up_nothing(
    hall: Hall, keeper: Keeper, new_keeper: KeeperMaker
) -> None:
    for number in range(3):
        keeper.issue("payment", "ordinary", f"tap-{number}")
    intact = damage(keeper, "BX002")
    outage = keeper.deliver(hall)
    assert outage is not None
    assert (outage.tickets, outage.trouble, outage.set_aside) == (2, (), ("BX002",))
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", "BX003"]
    assert not keeper.pending()
    assert keeper.deliver(hall) is None
    assert hall.verify().clean

    again = new_keeper(prepared=False)
    assert again.pending(), "each start of the program tries once more"
    assert again.deliver(hall) is None
    assert not again.pending()
    assert hall.standby.outages(hall.clock.now() - DAY) == (outage,)

    damage(again, "BX002", intact)
    mended = new_keeper(prepared=False)
    mended.deliver(hall)
    assert {ticket.number for ticket in hall.waiting()} == {"BX001", "BX002", "BX003"}
    assert hall.standby.outages(hall.clock.now() - DAY) == (replace(outage, tickets=3, set_aside=()),)
    assert not new_keeper(prepared=False).pending()
    assert hall.verify().clean


@pytest.mark.parametrize("step", ["take_in_late", "forget_aside"])
@pytest.mark.parametrize("error", [StoreUnavailable("unreachable", "away"), KeyboardInterrupt()], ids=repr)
@pytest.mark.expects_log("BX001 cannot be delivered and is set aside")
def test_what_is_taken_in_late_leaves_its_outage_ended_whatever_happens(
    hall: Hall,
    keeper: Keeper,
    new_keeper: KeeperMaker,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: BaseException,
) -> None:
    def fail(*_arguments: object) -> None:
        raise error

    keeper.issue("payment", "ordinary", "tap-1")
    intact = damage(keeper, "BX001")
    outage = keeper.deliver(hall)
    assert outage is not None
    damage(keeper, "BX001", intact)
    clock.advance(MINUTE)
    with monkeypatch.context() as patch:
        if step == "take_in_late":
            patch.setattr(StandbyDesk, step, fail)
        else:
            patch.setattr(f"shared.hall.standby.keeper.{step}", fail)
        with pytest.raises(type(error)):
            new_keeper(prepared=False).deliver(hall)
    last = new_keeper(prepared=False)
    assert last.deliver(hall) is None
    assert not last.pending()
    assert hall.standby.outages(clock.now() - DAY) == (replace(outage, tickets=1, set_aside=()),)


@pytest.mark.expects_log("BX001 cannot be delivered and is set aside")
def test_what_is_taken_in_late_is_counted_in_its_own_outage_however_long_that_was(
    hall: Hall, keeper: Keeper, new_keeper: KeeperMaker, clock: ManualClock
) -> None:
    before = clock.now()
    keeper.issue("payment", "ordinary", "tap-0")
    first_intact = damage(keeper, "BX001")
    first = keeper.deliver(hall)
    assert first is not None
    clock.advance(DAY)
    keeper.note_lost(clock.now())
    clock.advance(2 * DAY)
    keeper.issue("payment", "ordinary", "tap-1")
    with writing(keeper._store.engine) as connection:
        connection.execute(text("UPDATE event SET detail = '{}' WHERE ticket = 'BX001' AND kind = 'issued'"))
    second = keeper.deliver(hall)
    assert second is not None
    assert (first.set_aside, second.set_aside) == (("BX001",), ("BX001",))

    with writing(keeper._store.engine) as connection:
        connection.execute(
            text("UPDATE event SET detail = :detail WHERE ticket = 'BX001' AND kind = 'issued'"),
            {"detail": first_intact},
        )
    clock.advance(MINUTE)
    new_keeper(prepared=False).deliver(hall)
    assert hall.standby.outages(before) == (
        replace(first, tickets=1, set_aside=()),
        replace(second, tickets=1, set_aside=()),
    )


@pytest.mark.parametrize(
    "damage_row",
    [
        "UPDATE event SET detail = 'garbage{' WHERE ticket = 'BX001' AND kind = 'issued'",
        "UPDATE event SET detail = CAST(X'7BFF7D' AS TEXT) WHERE ticket = 'BX001' AND kind = 'issued'",
        "UPDATE event SET at = 'garbage' WHERE ticket = 'BX001' AND kind = 'issued'",
        "DELETE FROM request WHERE request_id = 'tap-0'",
    ],
    ids=["no json", "no text", "no moment", "no request"],
)
@pytest.mark.expects_log("BX001 cannot be delivered and is set aside", "BX001 still cannot be delivered")
def test_a_row_that_cannot_be_read_holds_up_no_other(
    hall: Hall, keeper: Keeper, new_keeper: KeeperMaker, damage_row: str
) -> None:
    for number in range(2):
        keeper.issue("payment", "ordinary", f"tap-{number}")
    with writing(keeper._store.engine) as connection:
        connection.execute(text(damage_row))
    assert keeper.pending()
    outage = keeper.deliver(hall)
    assert outage is not None
    assert (outage.tickets, outage.set_aside) == (1, ("BX001",))
    assert [ticket.number for ticket in hall.waiting()] == ["BX002"]
    assert keeper.hall().waiting() == (), "the ticket waits in this machine's own queue, too"
    assert not keeper.pending()

    again = new_keeper(prepared=False)
    assert again.deliver(hall) is None
    assert not again.pending()
    assert hall.standby.outages(hall.clock.now() - DAY) == (outage,)


@pytest.mark.expects_log("BX001 cannot be delivered and is set aside", "BX001 still cannot be delivered")
def test_a_machine_that_dies_while_it_sets_aside_does_so_again(
    hall: Hall, new_keeper: KeeperMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = new_keeper()
    for number in range(2):
        keeper.issue("payment", "ordinary", f"tap-{number}")
    damage(keeper, "BX001")
    with monkeypatch.context() as patch:
        patch.setattr(StandbyDesk, "set_aside", die)
        with pytest.raises(KeyboardInterrupt):
            keeper.deliver(hall)
    outage = new_keeper(prepared=False).deliver(hall)
    assert outage is not None
    assert (outage.tickets, outage.set_aside) == (1, ("BX001",))
    assert [ticket.number for ticket in hall.waiting()] == ["BX002"]
