"""The program as it is started, worked through its remote control, on a real hall in a file."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from counter_terminal.__main__ import BAD_USAGE, run
from hardware.pads.frames import PadFrame, build_frame, show_ticket
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.domain.dispatch import OvertakingReason
from shared.hall import open_hall
from shared.hall.ticket_slip import ticket_code
from tools.testing.halls import NINE
from tools.testing.patience import PATIENCE_S
from tools.testing.pseudo_terminal import open_pseudo_terminal, read_exactly
from tools.testing.terminals import BADGE, PIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shared.hall import Hall, Ticket


class Program:
    """The running program and its two pipes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def state_when(self, reached: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        return self.answer_when("state", reached)

    def answer_when(self, line: str, reached: Callable[[dict[str, object]], bool]) -> dict[str, object]:
        # Each question waits for its answer; the test's time limit ends a program that never gets there.
        while True:
            answer = self.ask(line)
            assert answer.startswith("ok "), answer
            state = json.loads(answer.removeprefix("ok "))
            assert isinstance(state, dict)
            if reached(state):
                return state


@contextmanager
def started(tmp_path: Path, *arguments: str) -> Iterator[Program]:
    environment = os.environ | {
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "counter_terminal", "--remote-control", *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Program(process)
        process.terminate()
        assert process.wait(timeout=PATIENCE_S) == 0


@pytest.fixture
def real_time_hall(hall_url: str) -> Iterator[Hall]:
    with open_hall(hall_url) as hall:
        hall.issue("payment")
        hall.issue("enquiry")
        yield hall


def test_a_clerk_logs_in_calls_serves_and_the_sign_lights(
    tmp_path: Path, hall_url: str, real_time_hall: Hall
) -> None:
    sign = f"sim://sign/2?folder={tmp_path / 'sign'}"
    with started(tmp_path, "--database", hall_url, "--counter", "2", "--sign", sign) as program:
        program.state_when(lambda state: state["status"] is not None)
        assert program.ask(f"login {BADGE} {PIN}") == "ok"
        program.state_when(lambda state: state["clerk"] == BADGE)
        assert program.ask("next") == "ok"
        assert program.ask("next") == "ok"
        program.state_when(lambda state: state["ticket"] == "A001" and state["sign"] == "ok")
        program.ask("start")
        shown = program.state_when(lambda state: state["ticket_state"] == "serving")
        assert program.ask("fly").startswith("error unknown command 'fly'")
    assert shown["waiting"] == 1
    assert [call.number for call in real_time_hall.snapshot().calls] == ["A001"]
    assert list((tmp_path / "sign").iterdir())


def test_a_hall_that_cannot_be_reached_yet_is_waited_for(
    tmp_path: Path, hall_url: str, real_time_hall: Hall
) -> None:
    late = tmp_path / "late.db"
    with started(tmp_path, "--database", f"sqlite:///{late}", "--counter", "2") as program:
        program.state_when(lambda state: bool(state["stale"]))
        real_time_hall.close()
        (tmp_path / "hall.db").rename(late)
        state = program.state_when(lambda state: not state["stale"])
    assert state["waiting"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
def test_a_pad_on_a_serial_line_calls_a_number_finishes_and_is_rated(
    tmp_path: Path, hall_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Call pad and rating pad share a line. The hall's clock is slow, so that a slow machine is in time to vote."""
    clock = ScaledClock(datetime.now(UTC), NINE, 0.02)
    monkeypatch.setenv(CLOCK_VARIABLE, clock.spec())
    master, slave = open_pseudo_terminal()
    url = f"pad+serial://{os.ttyname(slave)}"
    where = ("--database", hall_url, "--counter", "2", "--pad", url, "--rating-pad", url)
    with open_hall(hall_url, clock=clock) as hall, started(tmp_path, *where) as program:
        for _ in range(2):
            hall.issue("payment")
        program.state_when(lambda state: state["waiting"] == 2)
        program.ask(f"login {BADGE} {PIN}")
        program.state_when(lambda state: state["clerk"] == BADGE)
        # The program shows who waits: from now on it listens.
        assert read_exactly(master, 15).startswith(show_ticket(1, 0))
        os.write(master, build_frame(PadFrame(1, 1, b"\x00\x00\x02\x0c")))
        program.state_when(lambda state: state["ticket"] == "B002" and state["busy"] is None)
        os.write(master, build_frame(PadFrame(1, 1, b"\x02\x0f")))
        program.state_when(lambda state: state["ticket"] is None)
        os.write(master, build_frame(PadFrame(1, 0x11, b"\x01")))
        program.state_when(lambda state: state["rated"] == 1 and state["line"] == "counter-rated")
        passed_over, served = hall.tickets()
        assert (served.number, served.rating) == ("B002", 4)
        assert [each.reason for each in hall.why_overtaken(passed_over.id)] == [OvertakingReason.CHOSEN]
        assert hall.verify().clean
    os.close(master)
    os.close(slave)


def test_tickets_that_are_scanned_at_the_desk_come_back_are_called_and_served(
    tmp_path: Path, hall_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scanner stands behind a serial server: what it reads comes over a socket."""
    clock = ScaledClock(datetime.now(UTC), NINE, 0.02)
    monkeypatch.setenv(CLOCK_VARIABLE, clock.spec())
    with open_hall(hall_url, clock=clock) as hall, socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE_S)
        held, waiting = hall.issue("payment"), hall.issue("payment")
        hall.hold_ticket(held.id)
        url = f"scan+tcp://127.0.0.1:{server.getsockname()[1]}"
        with started(tmp_path, "--database", hall_url, "--counter", "2", "--scanner", url) as program:
            scanner, _address = server.accept()

            def scan_and_answer(ticket: Ticket, asked: str) -> None:
                scanner.sendall(f"{ticket_code(hall.plan, ticket)}\r\n".encode())
                program.answer_when("question", lambda shown: shown["title"] == asked)
                assert program.ask("answer 1") == "ok"

            program.state_when(lambda state: state["status"] is not None)
            program.ask(f"login {BADGE} {PIN}")
            program.state_when(lambda state: state["clerk"] == BADGE)
            scan_and_answer(held, "号票 B001（挂起）")
            program.state_when(lambda state: state["waiting"] == 2 and state["busy"] is None)
            scan_and_answer(waiting, "号票 B002（等候）")
            program.state_when(lambda state: state["ticket"] == "B002" and state["busy"] is None)
            scan_and_answer(waiting, "号票 B002（已叫号）")
            program.state_when(lambda state: state["ticket_state"] == "serving")
            assert program.ask("answer 1").startswith("error nothing that is asked")
            scanner.sendall(b"6901234567892\r\n")
            program.state_when(lambda state: state["line"] == "refusal-foreign_code")
            scanner.close()
        assert hall.called_before_its_turn(waiting.id)
        assert hall.verify().clean


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--counter", "0"], "counter = 0"),
        (["--sign", "sign+pigeon://roof"], "sign+pigeon://roof"),
        (["--pad", "pad+pigeon://roof"], "pad+pigeon://roof"),
    ],
)
def test_settings_that_make_no_sense_are_explained(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == BAD_USAGE
    assert complaint in capsys.readouterr().err
