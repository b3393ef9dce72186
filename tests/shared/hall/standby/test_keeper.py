"""What is kept while the store is away reaches it in order, once and true, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.snapshot import PrintState
from shared.domain.standby import Outage
from shared.hall import Hall, TicketState, create_hall
from shared.hall.standby.keeper import Keeper
from shared.store.engine import make_engine, writing
from tests.shared.hall.standby.conftest import KeeperMaker
from tools.testing.halls import small_plan

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def state_of(hall: Hall, number: str, day: date | None = None) -> TicketState:
    day = day or hall.snapshot().day
    return hall.ticket(f"{day:%Y%m%d}-{number}").state


def test_a_kept_ticket_has_a_number_that_nobody_else_gives(hall: Hall, keeper: Keeper) -> None:
    given = hall.issue("payment")
    kept = [keeper.issue("payment", "ordinary", f"tap-{n}") for n in range(2)]
    assert given.number == "B001"
    assert [ticket.number for ticket in kept] == ["BX001", "BX002"]
    assert hall.issue("payment").number == "B002"


def test_kept_tickets_are_delivered_once_with_their_true_moments(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    cut_at = clock.now()
    kept = keeper.issue("payment", "senior", "tap-1", language="en")
    clock.advance(7 * MINUTE)
    assert keeper.pending()
    outage = keeper.deliver(hall)
    assert keeper.deliver(hall) is None
    assert not keeper.pending()

    (delivered,) = hall.waiting()
    assert (delivered.number, delivered.priority, delivered.language) == ("BX001", "senior", "en")
    assert delivered.issued_at == kept.issued_at == cut_at
    assert delivered.due_at == cut_at + timedelta(minutes=15 - 5)
    assert outage == Outage("kiosk-1", cut_at, clock.now(), tickets=1)
    assert hall.standby.outages(cut_at) == (outage,)
    assert hall.verify().clean


def test_who_was_kept_is_called_by_the_time_of_the_tap(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    keeper.issue("payment", "ordinary", "tap-1")
    clock.advance(MINUTE)
    later = hall.issue("payment")
    keeper.deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", later.number]
    called = hall.call_next(1)
    assert called is not None
    assert called.number == "BX001"
    assert hall.verify().clean


def test_the_same_request_is_kept_once(hall: Hall, keeper: Keeper) -> None:
    first = keeper.issue("payment", "ordinary", "tap-1")
    assert keeper.issue("payment", "ordinary", "tap-1") == first
    assert keeper.kept("tap-1") == first
    assert keeper.kept("tap-2") is None
    keeper.deliver(hall)
    assert len(hall.waiting()) == 1


def test_a_machine_that_dies_while_it_keeps_finds_it_again(hall: Hall, new_keeper: KeeperMaker) -> None:
    new_keeper().issue("payment", "ordinary", "tap-1")
    reborn = new_keeper(prepared=False)
    assert reborn.ready()
    assert reborn.issue("payment", "ordinary", "tap-2").number == "BX002"
    reborn.deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", "BX002"]


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_machine_that_dies_while_it_delivers_delivers_once(
    hall: Hall, new_keeper: KeeperMaker, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = new_keeper()
    for number in range(3):
        keeper.issue("payment", "ordinary", f"tap-{number}")

    class Killed(BaseException):
        """Nothing of ours catches it."""

    def die(*_arguments: object) -> None:
        if len(hall.waiting()) > after:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("shared.hall.standby.keeper.note_delivered", die)
        with pytest.raises(Killed):
            keeper.deliver(hall)
    outage = new_keeper(prepared=False).deliver(hall)
    assert outage is not None
    assert outage.tickets == 3
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", "BX002", "BX003"]
    assert hall.verify().clean


def test_a_first_try_that_came_through_after_all_gives_no_second_ticket(hall: Hall, keeper: Keeper) -> None:
    unseen = hall.issue("payment", request_id="tap-1", print_at="kiosk-1")
    keeper.issue("payment", "ordinary", "tap-1")
    keeper.deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001"]
    assert hall.ticket(unseen.id).state is TicketState.CANCELLED
    assert hall.print_jobs() == ()
    keeper.deliver(hall)
    assert hall.verify().clean


def test_a_first_try_that_comes_through_later_gives_no_second_ticket(hall: Hall, keeper: Keeper) -> None:
    keeper.issue("payment", "ordinary", "tap-1")
    keeper.deliver(hall)
    with pytest.raises(Refused) as refusal:
        hall.issue("payment", request_id="tap-1")
    assert refusal.value.code is RefusalCode.REQUEST_REUSED
    assert [ticket.number for ticket in hall.waiting()] == ["BX001"]


@pytest.mark.parametrize("dies_after", ["twin", "issue"])
def test_a_machine_that_dies_while_it_cancels_the_first_try_leaves_one_ticket(
    hall: Hall, new_keeper: KeeperMaker, dies_after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.issue("payment", request_id="tap-1")
    keeper = new_keeper()
    keeper.issue("payment", "ordinary", "tap-1")
    with monkeypatch.context() as patch:
        if dies_after == "issue":
            patch.setattr("shared.hall.standby.keeper.note_delivered", _die)
        else:
            patch.setattr("shared.hall.standby.desk.evolve_ticket", _die_at_second_try())
        with pytest.raises(KeyboardInterrupt):
            keeper.deliver(hall)
    new_keeper(prepared=False).deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001"]
    assert hall.verify().clean


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt


def _die_at_second_try() -> object:
    from shared.domain.evolve import evolve_ticket

    tries = []

    def evolve(*arguments: object) -> object:
        tries.append(arguments)
        if len(tries) > 1:
            raise KeyboardInterrupt
        return evolve_ticket(*arguments)  # type: ignore[arg-type]

    return evolve


def test_a_first_try_that_was_called_already_is_named_for_a_person_to_see(hall: Hall, keeper: Keeper) -> None:
    hall.issue("payment", request_id="tap-1")
    assert hall.call_next(1) is not None
    keeper.issue("payment", "ordinary", "tap-1")
    outage = keeper.deliver(hall)
    assert outage is not None
    assert outage.trouble == ("B001=BX001",)
    assert state_of(hall, "B001") is TicketState.CALLED
    assert state_of(hall, "BX001") is TicketState.WAITING


def test_a_cut_over_the_roll_over_delivers_yesterday_to_yesterday(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    yesterday = hall.issue("payment").day
    keeper.issue("payment", "ordinary", "tap-1")
    clock.advance(DAY)
    keeper.issue("payment", "ordinary", "tap-2")
    hall.issue("payment")
    outage = keeper.deliver(hall)
    assert outage is not None
    assert (outage.tickets, outage.trouble) == (2, ())
    assert state_of(hall, "BX001", yesterday) is TicketState.EXPIRED
    assert [ticket.number for ticket in hall.waiting()] == ["B001", "BX001"]
    assert hall.verify().clean


def test_days_that_the_store_has_never_seen_are_delivered_too(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    first = hall.issue("payment").day
    moments: list[datetime] = []
    for number in range(3):
        clock.advance(DAY)
        moments.append(clock.now())
        keeper.issue("payment", "ordinary", f"tap-{number}")
    keeper.deliver(hall)
    days = [first + DAY * n for n in (1, 2, 3)]
    assert [hall.tickets(day)[0].issued_at for day in days] == moments
    assert [state_of(hall, "BX001", day) for day in days] == ["expired", "expired", "waiting"]
    assert hall.opened_day() == days[-1]
    report = hall.verify()
    assert (report.clean, report.days) == (True, 4)


def test_a_day_that_was_written_down_as_over_can_still_be_opened(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    hall.issue("payment")
    clock.advance(2 * DAY)
    keeper.issue("payment", "ordinary", "tap-1")
    clock.advance(-DAY)
    keeper.deliver(hall)
    clock.advance(DAY)
    assert hall.issue("payment").number == "B001"
    assert hall.verify().clean


def test_a_plan_may_change_while_the_machine_is_cut_off(
    database_url: str, hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    keeper.issue("broadband", "ordinary", "tap-1")
    keeper.issue("payment", "ordinary", "tap-2")
    plan = small_plan()
    services = tuple(service for service in plan.services if service.key != "broadband")
    counters = tuple(
        replace(counter, offers={key: value for key, value in counter.offers.items() if key != "broadband"})
        for counter in plan.counters
    )
    create_hall(database_url, replace(plan, services=services, counters=counters), clock=clock).close()
    outage = keeper.deliver(hall)
    assert outage is not None
    assert (outage.tickets, outage.trouble) == (2, ("CX001",))
    assert state_of(hall, "CX001") is TicketState.CANCELLED
    assert state_of(hall, "BX001") is TicketState.WAITING
    assert hall.snapshot().services[0].people_waiting == 0
    assert hall.verify().clean
    keeper.prepare(hall)
    with pytest.raises(Refused):
        keeper.issue("broadband", "ordinary", "tap-3")


def test_a_copied_file_delivers_no_number_twice(hall: Hall, keeper: Keeper, clock: ManualClock) -> None:
    keeper.issue("payment", "ordinary", "tap-1")
    copy = keeper._store.file.with_name("copy.db")
    keeper.close()
    copy.write_bytes(keeper._store.file.read_bytes())
    other = Keeper(copy, "kiosk-9", clock)
    other.issue("payment", "ordinary", "tap-2")
    keeper.issue("payment", "ordinary", "tap-3")
    keeper.deliver(hall)
    outage = other.deliver(hall)
    other.close()
    assert outage is not None
    assert outage.trouble == ("BX002",)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001", "BX002"]
    assert hall.verify().clean


def test_a_machine_that_cannot_let_go_of_a_delivered_ticket_does_so_the_next_time(
    hall: Hall, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(*_: object) -> None:
        raise StoreUnavailable("full", "no room")

    keeper.issue("payment", "ordinary", "tap-1")
    monkeypatch.setattr(keeper.hall(), "cancel", disk_full)
    with pytest.raises(StoreUnavailable):
        keeper.deliver(hall)
    monkeypatch.undo()
    keeper.deliver(hall)
    assert [ticket.number for ticket in hall.waiting()] == ["BX001"]
    assert keeper.hall().waiting() == (), "the ticket waits in this machine's own queue, too"
    assert not keeper.pending()


def test_the_paper_s_fate_is_delivered_too(hall: Hall, keeper: Keeper) -> None:
    keeper.issue("payment", "ordinary", "tap-1", print_at="kiosk-1")
    keeper.issue("payment", "ordinary", "tap-2", print_at="kiosk-1")
    keeper.issue("payment", "ordinary", "tap-3", print_at="kiosk-1")
    mine = keeper.hall()
    first, second, _third = mine.print_jobs("kiosk-1")
    for job in (first, second):
        assert mine.claim_print(job)
    mine.print_succeeded(first)
    mine.print_failed(second, "paper_out")
    keeper.deliver(hall)
    assert [(job.number, job.state) for job in hall.print_jobs()] == [
        ("BX002", PrintState.FAILED),
        ("BX003", PrintState.QUEUED),
    ]
    assert hall.reprint(hall.waiting()[0].id).printer == "kiosk-1"


def test_a_store_that_takes_no_writes_leaves_the_papers_to_this_machine(hall: Hall, keeper: Keeper) -> None:
    keeper.issue("payment", "ordinary", "tap-1", print_at="kiosk-1")
    mine = keeper.hall().print_jobs("kiosk-1")

    def write_nothing(connection: Connection) -> None:
        if connection.get_execution_options().get("jiaohao_writes"):
            raise StoreUnavailable("read_only", "the standby server is missing")

    event.listen(hall._engine, "begin", write_nothing)
    with pytest.raises(StoreUnavailable):
        keeper.deliver(hall)
    event.remove(hall._engine, "begin", write_nothing)
    assert keeper.hall().print_jobs("kiosk-1") == mine
    assert [job.state for job in mine] == [PrintState.QUEUED]

    keeper.deliver(hall)
    assert keeper.hall().print_jobs("kiosk-1") == ()
    assert [job.state for job in hall.print_jobs("kiosk-1")] == [PrintState.QUEUED]


def test_a_day_that_somebody_holds_leaves_the_papers_to_this_machine(
    postgres_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    with create_hall(postgres_url, small_plan(), clock=clock) as hall:
        hall.issue("payment")
        keeper = Keeper(tmp_path / "kiosk.db", "kiosk-1", clock)
        keeper.prepare(hall)
        keeper.issue("payment", "ordinary", "tap-1", print_at="kiosk-1")
        event.listen(hall._engine, "begin", _give_up_locks_at_once)
        somebody = make_engine(postgres_url)
        with writing(somebody) as holder:
            holder.execute(text("SELECT seq FROM hall_day FOR UPDATE"))
            with pytest.raises(StoreUnavailable) as held:
                keeper.deliver(hall)
        somebody.dispose()
        assert held.value.cause == "locked"
        assert [job.number for job in keeper.hall().print_jobs("kiosk-1")] == ["BX001"]
        event.remove(hall._engine, "begin", _give_up_locks_at_once)
        keeper.deliver(hall)
        assert [job.number for job in hall.print_jobs("kiosk-1")] == ["BX001"]
        keeper.close()


def _give_up_locks_at_once(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = 1")


def test_people_ahead_are_those_last_seen_and_those_kept(hall: Hall, keeper: Keeper) -> None:
    for _ in range(3):
        hall.issue("payment")
    keeper.remember(hall.snapshot())
    first = keeper.issue("payment", "ordinary", "tap-1")
    second = keeper.issue("payment", "ordinary", "tap-2")
    assert [first.people_ahead, second.people_ahead] == [3, 4]
    assert first.quote_minutes is None


def test_a_short_cut_in_which_nothing_was_kept_leaves_no_line(
    hall: Hall, keeper: Keeper, clock: ManualClock
) -> None:
    keeper.note_lost(clock.now())
    clock.advance(timedelta(seconds=4))
    assert keeper.deliver(hall) is None
    keeper.note_lost(clock.now())
    clock.advance(MINUTE)
    outage = keeper.deliver(hall)
    assert outage is not None
    assert hall.standby.outages(clock.now() - DAY) == (outage,)


def test_nothing_can_be_kept_before_the_store_was_ever_seen(new_keeper: KeeperMaker) -> None:
    keeper = new_keeper(prepared=False)
    assert not keeper.ready()
    assert not keeper.pending()
    with pytest.raises(StoreUnavailable):
        keeper.issue("payment", "ordinary", "tap-1")


def test_a_file_that_cannot_be_read_is_not_taken_for_one_that_holds_nothing(
    keeper: Keeper, new_keeper: KeeperMaker
) -> None:
    keeper.issue("payment", "ordinary", "tap-1")
    file = keeper._store.file
    keeper.close()
    intact = file.read_bytes()
    file.write_bytes(b"not a database at all" * 400)
    later = new_keeper(prepared=False)
    with pytest.raises(StoreUnavailable) as fault:
        later.pending()
    assert fault.value.cause == "damaged"
    later.close()
    file.write_bytes(intact)
    assert later.pending()
