"""One kept ticket, one paper: whatever dies, and whichever desk looks, between any two steps of its delivery."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import pytest
from sqlalchemy import Engine, make_url

from hardware.printing.printer import PrintOutcome
from hardware.printing.printer import PrintState as Outcome
from hardware.status import Cause, down
from kiosk.print_desk import PrintDesk
from shared.domain.errors import StoreUnavailable
from shared.domain.snapshot import PrintState
from shared.hall import Hall, create_hall, open_hall
from shared.hall.standby.desk import StandbyDesk
from shared.hall.standby.keeper import Keeper
from shared.qt.lanes import Lane
from tools.testing.halls import small_plan
from tools.testing.printers import PRINTED, FakePrinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from shared.domain.clock import ManualClock
    from shared.domain.slip import Slip

NAME = "kiosk-1"
PAPER_OUT = PrintOutcome(Outcome.FAILED, down(Cause.PAPER_OUT))


class Killed(BaseException):
    """The kiosk dies here; nothing of ours catches it."""


class AtOnce:
    """A lane without a thread: each step is over before the next begins."""

    def submit(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], None] = lambda _result: None,
        on_error: Callable[[Exception], None] = lambda _error: None,
    ) -> None:
        """Do it now."""
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - as a lane
            on_error(error)
        else:
            on_done(result)


class Printer(FakePrinter):
    """Counts what came out; `meanwhile` happens while it prints."""

    def __init__(self) -> None:
        super().__init__()
        self.came_out: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def print_slip(self, slip: Slip) -> PrintOutcome:
        """Print, or fail."""
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        outcome = super().print_slip(slip)
        if outcome is PRINTED:
            self.came_out.append(slip.title)
        return outcome


class Kiosk:
    """Two desks on one printer: one for what is kept in this machine's file, one for the store's papers."""

    def __init__(self, folder: Path, clock: ManualClock) -> None:
        self.clock, self.file = clock, folder / "kiosk.db"
        self.hall = open_hall(f"sqlite:///{folder / 'store.db'}", clock=clock)
        self.printer = Printer()
        self.start()

    def start(self) -> None:
        """Begin, or begin again after a death: the own papers are looked at before the store answers."""
        self.keeper, self.pending = Keeper(self.file, NAME, self.clock), True
        # Opened under a lock, in whose steps no other thread can be at it.
        self.keeper.hall()
        self.own = self._desk(self.keeper.hall, lambda: True)
        self.stores = self._desk(lambda: self.hall, lambda: not self.pending)
        self.own.moved_on.connect(lambda tell: tell(self.hall))

    def _desk(self, hall: Callable[[], Hall], may_print: Callable[[], bool]) -> PrintDesk:
        lane = cast("Lane", AtOnce())
        return PrintDesk(hall, self.printer, NAME, store_lane=lane, printer_lane=lane, may_print=may_print)

    def fail_to_print(self) -> None:
        """There was no paper when the ticket was kept."""
        self.printer.outcome = PAPER_OUT
        self.own.look()
        self.printer.outcome = PRINTED

    def own_desk_looks(self) -> None:
        """The printer is well, as far as this machine's own desk knows."""
        self.own._is_down = False
        self.own.look()

    def deliver(self) -> None:
        """The store is back."""
        self.keeper.deliver(self.hall)
        self.pending = False

    def end(self) -> None:
        """All desks look once more, the printer being well."""
        for desk in (self.own, self.stores):
            desk._is_down = False
            desk.look()

    def close(self) -> None:
        """Let go of the files."""
        self.keeper.close()
        self.hall.close()


class KioskMaker(Protocol):
    def __call__(self, state: PrintState = PrintState.QUEUED) -> Kiosk: ...


class Steps:
    """Does something once, before the n-th step in which a store is used."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, something: Callable[[], None]) -> None:
        self.passed, self.happened, self._armed = 0, False, False
        connect = Engine.connect

        def step(engine: Engine) -> object:
            self.passed += self._armed
            if self._armed and self.passed == at:
                self._armed, self.happened = False, True
                something()
            return connect(engine)

        monkeypatch.setattr(Engine, "connect", step)

    def __enter__(self) -> None:
        self._armed = True

    def __exit__(self, *_exception: object) -> None:
        self._armed = False


@pytest.fixture
def new_kiosk(qtbot: QtBot, sqlite_url: str, tmp_path: Path, clock: ManualClock) -> Iterator[KioskMaker]:
    """Makes a kiosk that keeps a ticket, and starts it; each has a store and a file of its own."""
    made: list[Kiosk] = []
    with create_hall(sqlite_url, small_plan(), clock=clock) as hall:
        first = Keeper(tmp_path / "kiosk.db", NAME, clock)
        first.prepare(hall)
        first.issue("payment", "ordinary", "tap-1", print_at=NAME)
        first.close()
    store = Path(str(make_url(sqlite_url).database))

    def make(state: PrintState = PrintState.QUEUED) -> Kiosk:
        folder = tmp_path / f"kiosk {len(made)}"
        folder.mkdir()
        shutil.copy(store, folder / "store.db")
        shutil.copy(tmp_path / "kiosk.db", folder / "kiosk.db")
        made.append(Kiosk(folder, clock))
        if state is PrintState.FAILED:
            made[-1].fail_to_print()
        return made[-1]

    yield make
    for kiosk in made:
        kiosk.close()


def kill() -> None:
    raise Killed


@pytest.mark.parametrize("state", [PrintState.QUEUED, PrintState.FAILED])
@pytest.mark.parametrize("what", ["dies", "prints"])
def test_one_paper_whatever_happens_between_two_steps(
    new_kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch, state: PrintState, what: str
) -> None:
    for at in itertools.count(1):
        kiosk = new_kiosk(state)
        with monkeypatch.context() as patch:
            steps = Steps(patch, at, kill if what == "dies" else kiosk.own_desk_looks)
            try:
                with steps:
                    kiosk.deliver()
            except Killed:
                kiosk.keeper.close()
                kiosk.start()
                kiosk.own.look()
                kiosk.deliver()
        kiosk.end()
        assert kiosk.printer.came_out == ["BX001"], f"something happened before step {at}"
        assert kiosk.hall.print_jobs() == (), f"nobody knows of the paper after step {at}"
        assert [ticket.number for ticket in kiosk.hall.waiting()] == ["BX001"]
        assert kiosk.hall.verify().clean
        if not steps.happened:
            break
    assert at > 8, "a delivery has several steps"


@pytest.mark.parametrize("outcome", [PRINTED, PAPER_OUT], ids=["comes out", "fails"])
def test_a_paper_under_way_at_its_delivery_is_ended_in_the_hall(
    new_kiosk: KioskMaker, outcome: PrintOutcome
) -> None:
    kiosk = new_kiosk()
    kiosk.printer.outcome = outcome
    kiosk.printer.meanwhile = kiosk.deliver
    kiosk.own.look()
    kiosk.printer.outcome = PRINTED
    kiosk.end()
    assert kiosk.printer.came_out == ["BX001"]
    assert kiosk.hall.print_jobs() == ()


@pytest.mark.parametrize(
    ("outcome", "arrived"),
    [(PRINTED, False), (PRINTED, True), (PAPER_OUT, False)],
    ids=["comes out", "comes out, answer lost", "fails"],
)
def test_a_paper_under_way_at_a_delivery_that_fails_is_known_at_the_next(
    new_kiosk: KioskMaker, monkeypatch: pytest.MonkeyPatch, outcome: PrintOutcome, arrived: bool
) -> None:
    kiosk = new_kiosk()
    deliver_ticket = StandbyDesk.deliver_ticket

    def cut_off(*arguments: Any) -> None:
        if arrived:
            deliver_ticket(*arguments)
        raise StoreUnavailable("unreachable", "cut off")

    def try_to_deliver() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(StandbyDesk, "deliver_ticket", cut_off)
            with pytest.raises(StoreUnavailable):
                kiosk.deliver()

    # What the desk tells the hall does not reach it either.
    kiosk.own.moved_on.disconnect()
    kiosk.printer.outcome, kiosk.printer.meanwhile = outcome, try_to_deliver
    kiosk.own.look()
    kiosk.printer.outcome = PRINTED
    kiosk.own_desk_looks()
    kiosk.deliver()
    kiosk.end()
    assert kiosk.printer.came_out == ["BX001"]
    assert kiosk.hall.print_jobs() == (), "staff are asked about a paper whose end is known"
    assert kiosk.hall.verify().clean


def test_a_clerk_s_reprint_takes_the_place_of_a_paper_under_way_that_fails(
    new_kiosk: KioskMaker,
) -> None:
    kiosk = new_kiosk()

    def deliver_and_reprint() -> None:
        kiosk.deliver()
        kiosk.hall.reprint(kiosk.hall.waiting()[0].id)

    kiosk.printer.outcome, kiosk.printer.meanwhile = PAPER_OUT, deliver_and_reprint
    kiosk.own.look()
    kiosk.printer.outcome = PRINTED
    kiosk.end()
    assert kiosk.printer.came_out == ["BX001"]
    assert kiosk.hall.print_jobs() == ()


def test_a_kiosk_that_dies_while_it_prints_leaves_the_question_to_a_person(
    new_kiosk: KioskMaker,
) -> None:
    kiosk = new_kiosk()
    kiosk.printer.meanwhile = kill
    with pytest.raises(Killed):
        kiosk.own.look()
    kiosk.keeper.close()
    kiosk.start()
    kiosk.own.look()
    kiosk.deliver()
    kiosk.end()
    assert kiosk.printer.came_out == []
    assert [(job.number, job.state) for job in kiosk.hall.print_jobs()] == [("BX001", PrintState.SENT)]
