"""Out of paper, with the real kiosks and a printer emulator that we did not write: the whole way there and back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from operations.demo.actor import Actor
from shared.hall import Hall, Ticket
from shared.hall.ticket_slip import ticket_code
from shared.store.changes import ChangeListener
from tools.testing.patience import PATIENCE_S
from tools.testing.printer_emulator import Emupos
from tools.testing.programs import programs_of
from tools.testing.waiting import until

PATIENT = "connect_ms=60000&write_ms=60000&answer_ms=60000&printed_ms=60000"


@dataclass(frozen=True, eq=False)
class Machine:
    """A kiosk and its printer, `device` of the emulator."""

    name: str
    device: str
    emupos: Emupos
    kiosk: Actor
    picture: Path
    papers_before: int

    def jams(self, *, paper_out: bool) -> None:
        self.emupos.fault("paper-out", active=paper_out, device=self.device)

    def shows_services(self) -> bool:
        return bool(self.kiosk.tell("show")["page"] == "services")

    @property
    def papers(self) -> int:
        return len(self.emupos.receipts(self.device)) - self.papers_before

    def paper_codes(self) -> list[str]:
        codes = zxingcpp.read_barcodes(self.emupos.latest(self.device).convert("L"))
        return [code.text for code in codes]

    def codes_on_screen(self) -> list[str]:
        self.kiosk.tell("grab", str(self.picture))
        with Image.open(self.picture) as picture:
            return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@dataclass(frozen=True)
class Stage:
    """A hall with two kiosks, one printer by network and one by cable, and a clerk's terminal."""

    hall: Hall
    machines: tuple[Machine, ...]
    terminal: Actor
    changes: ChangeListener

    def staff_told(self) -> list[str]:
        return sorted(self.terminal.tell("state")["devices"])

    def until(self, what: str, happened: Callable[[], bool]) -> None:
        """Wait for the hall to change until something has happened that stands in its store."""
        give_up = time.monotonic() + PATIENCE_S
        while not happened():
            self.changes.wait(give_up - time.monotonic())
            assert time.monotonic() < give_up, f"{what} did not happen"

    def faults(self) -> list[str | None]:
        """What the kiosks say of their printers."""
        return [health.report.cause for health in self.hall.devices() if health.report.device == "printer"]

    def tickets(self, service: str) -> list[Ticket]:
        return [ticket for ticket in self.hall.waiting() if ticket.service == service]


@pytest.fixture
def stage(sqlite_url: str, tmp_path: Path, emupos: Emupos) -> Iterator[Stage]:
    with programs_of(sqlite_url, tmp_path) as programs:

        def machine(name: str, device: str, url: str) -> Machine:
            programs.stack.callback(lambda: emupos.fault("paper-out", active=False, device=device))
            papers = len(emupos.receipts(device))
            kiosk = programs.start(name, "kiosk", "--name", name, "--printer", f"{url}?{PATIENT}")
            return Machine(name, device, emupos, kiosk, tmp_path / f"{name}.png", papers)

        changes = programs.hall.change_listener()
        programs.stack.callback(changes.close)
        yield Stage(
            programs.hall,
            (
                machine("kiosk-1", "wide", f"escpos+tcp://127.0.0.1:{emupos.ports[80]}"),
                machine("kiosk-2", "cable", f"escpos+serial://{emupos.cable}"),
            ),
            programs.start("counter", "counter_terminal", "--counter", "3"),
            changes,
        )


def take_a_ticket_without_paper(stage: Stage, machine: Machine, service: str) -> Ticket:
    """Tap, and see what the customer sees: a valid number, large, with its code, and where a paper can be had."""
    machine.kiosk.tell("tap", service)
    stage.until("the number", lambda: len(stage.tickets(service)) == 1)
    (ticket,) = stage.tickets(service)
    shown: dict[str, object] = {}

    def says_so() -> bool:
        shown.update(machine.kiosk.tell("show"))
        return shown["paper"] == "failed"

    until("the kiosk that says there is no paper", says_so)
    assert shown["number"] == ticket.number
    assert f"缺纸，您的号码已生效：{ticket.number}" in str(shown["message"])
    assert "请到任一窗口补打" in str(shown["hint"])
    code = ticket_code(stage.hall.plan, ticket)
    until("the code on the screen", lambda: machine.codes_on_screen() == [code])
    return ticket


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.timeout(600)
def test_a_ticket_without_paper_is_shown_told_and_printed_once_when_there_is_paper(stage: Stage) -> None:
    network, cable = stage.machines
    stage.terminal.tell("login", "1003", "2468")
    for machine in stage.machines:
        machine.jams(paper_out=True)
        until("the kiosk's first page", machine.shows_services)

    owed = {
        network: take_a_ticket_without_paper(stage, network, "payment"),
        cable: take_a_ticket_without_paper(stage, cable, "broadband"),
    }
    stage.until("what the kiosks say of their printers", lambda: stage.faults() == ["paper_out"] * 2)
    told = ["kiosk-1 printer paper_out", "kiosk-2 printer paper_out"]
    until("both printers at the clerk's terminal", lambda: stage.staff_told() == told)
    assert [machine.papers for machine in stage.machines] == [0, 0]

    for machine in stage.machines:
        machine.jams(paper_out=False)
    stage.until("the papers", lambda: stage.hall.print_jobs() == ())
    for machine, ticket in owed.items():
        assert machine.papers == 1
        assert machine.paper_codes() == [ticket_code(stage.hall.plan, ticket)]

    # Whatever would be printed a second time goes before the next customer's ticket.
    for machine in stage.machines:
        ticket = stage.hall.issue("payment", print_at=machine.name)
        stage.until("the next paper", lambda: stage.hall.print_jobs() == ())
        assert machine.papers == 2
        assert machine.paper_codes() == [ticket_code(stage.hall.plan, ticket)]
    stage.until("the all-clear for staff", lambda: stage.faults() == [None, None])
