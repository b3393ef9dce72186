"""The real kiosk as a process: a tap gives a number and paper, SIGTERM ends it, a missing store is waited for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.__main__ import run
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import create_hall
from shared.hall.ticket_slip import ticket_code
from tools.testing.patience import PATIENCE_S
from tools.testing.pseudo_terminal import open_pseudo_terminal
from tools.testing.sample_hall import MORNING, make_plan
from tools.testing.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
ALWAYS_OPEN = replace(make_plan(), openings=())

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGTERM is how POSIX ends a program")


def slow_clock(monkeypatch: pytest.MonkeyPatch) -> ScaledClock:
    """A morning that hardly moves, for the programs and the test alike: no day begins meanwhile."""
    clock = ScaledClock(datetime.now(UTC), MORNING, 0.1)
    monkeypatch.setenv(CLOCK_VARIABLE, clock.spec())
    return clock


class KioskProcess:
    """A kiosk program, worked from its standard input."""

    def __init__(self, *arguments: str, home: Path) -> None:
        environment = os.environ | {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--remote-control", "--geometry", "540x960", *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, command: str) -> dict[str, Any]:
        """Send a command and return what is shown then."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer.startswith("ok "), answer
        shown: dict[str, Any] = json.loads(answer.removeprefix("ok "))
        return shown

    def until(self, **wanted: str) -> dict[str, Any]:
        """Ask until the kiosk shows what is wanted; the test's own time limit ends it."""
        while True:
            shown = self.say("show")
            if wanted.items() <= shown.items():
                return shown

    def end(self) -> int:
        """Ask it to end, and wait until it has; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def start_kiosk(tmp_path: Path) -> Iterator[Callable[..., KioskProcess]]:
    started: list[KioskProcess] = []

    def start(*arguments: str) -> KioskProcess:
        started.append(KioskProcess(*arguments, home=tmp_path / "home"))
        return started[-1]

    (tmp_path / "home").mkdir()
    yield start
    for each in started:
        each.process.kill()
        each.process.communicate()


def test_a_tap_gives_a_number_and_its_paper_and_sigterm_ends_it(
    start_kiosk: Callable[..., KioskProcess],
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = slow_clock(monkeypatch)
    create_hall(sqlite_url, ALWAYS_OPEN, clock=clock).close()
    paper = tmp_path / "paper"
    kiosk = start_kiosk("--database", sqlite_url, "--printer", f"escpos+file://{paper}/")
    kiosk.until(page="services")
    kiosk.say("tap payment")
    shown = kiosk.until(page="result", paper="printed")
    assert shown["number"] == "B001"
    assert [path.stat().st_size > 10_000 for path in paper.iterdir()] == [True]
    with create_hall(sqlite_url, ALWAYS_OPEN, clock=clock) as hall:
        assert [ticket.number for ticket in hall.waiting()] == ["B001"]
        assert hall.print_jobs() == ()
    assert kiosk.end() == 0


def test_a_missed_ticket_that_is_scanned_waits_again(
    start_kiosk: Callable[..., KioskProcess], sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scanner is a serial one: what it reads comes over a pseudo-terminal."""
    clock = slow_clock(monkeypatch)
    scanner, port = open_pseudo_terminal()
    with create_hall(sqlite_url, ALWAYS_OPEN, clock=clock) as hall:
        missed = hall.issue("payment")
        hall.call_next(3)
        hall.no_show(3)
        hall.issue("payment")
        kiosk = start_kiosk("--database", sqlite_url, "--scanner", f"scan+serial://{os.ttyname(port)}")
        kiosk.until(page="services")
        # Before the program has opened the line, it would echo what comes.
        until("the scanner's line", lambda: [one.report.state for one in hall.devices()] == ["unknown"])
        os.write(scanner, b"6901234567892\r\n")
        kiosk.until(page="checked", checked="没有找到可用的号票")
        os.write(scanner, f"{ticket_code(hall.plan, missed)}\r\n".encode())
        kiosk.until(page="checked", checked=f"您的号码 {missed.number} 已恢复")
        assert {ticket.number for ticket in hall.waiting()} == {"B001", "B002"}
        assert kiosk.end() == 0
    os.close(scanner)
    os.close(port)


def test_it_waits_for_a_store_that_is_not_there_yet(
    start_kiosk: Callable[..., KioskProcess], empty_sqlite_url: str
) -> None:
    kiosk = start_kiosk("--database", empty_sqlite_url)
    kiosk.until(page="out_of_service")
    create_hall(empty_sqlite_url, ALWAYS_OPEN).close()
    kiosk.until(page="services")
    assert kiosk.end() == 0


def test_a_printer_that_cannot_be_is_said_before_the_window_opens(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--printer", "fax://nowhere"]) == 2
    assert "fax://nowhere" in capsys.readouterr().err
