from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from shared.qt.life_sign import _limit_ms
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")

PROGRAM = """
import sys, threading
from PySide6.QtCore import QTimer
from shared.qt import startup

app = startup.make_app("test", widgets=False)
if "hang" in sys.argv:
    QTimer.singleShot(0, lambda: (print("hangs", flush=True), sys.stdin.readline()))
sys.exit(app.exec())
"""


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    """The service manager's end of the line."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
        ours.bind(str(tmp_path / "notify"))
        ours.settimeout(PATIENCE_S)
        yield ours


def start(manager: socket.socket, *arguments: str, limit_us: int = 30_000) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "NOTIFY_SOCKET": manager.getsockname(),
            "WATCHDOG_USEC": str(limit_us),
        },
    )


def heard(manager: socket.socket) -> str:
    return manager.recv(64).decode()


def test_a_program_says_that_it_is_ready_and_lives(manager: socket.socket) -> None:
    with start(manager) as program:
        assert {heard(manager) for _ in range(6)} == {"READY=1", "WATCHDOG=1"}
        program.terminate()
        assert program.wait(PATIENCE_S) == 0


def test_a_program_says_that_it_stops(manager: socket.socket) -> None:
    """Without a watchdog: its signs would fill the line, which holds ten, when nobody reads for a moment."""
    with start(manager, limit_us=0) as program:
        assert heard(manager) == "READY=1"
        program.terminate()
        assert heard(manager) == "STOPPING=1"
        assert program.wait(PATIENCE_S) == 0


def test_a_thread_that_draws_and_hangs_gives_no_sign(manager: socket.socket) -> None:
    with start(manager, "hang") as program:
        assert program.stdout is not None
        assert program.stdin is not None
        assert program.stdout.readline() == "hangs\n"
        drain(manager)
        manager.settimeout(0.3)  # ten times the interval of the signs
        with pytest.raises(TimeoutError):
            heard(manager)
        manager.settimeout(PATIENCE_S)
        program.stdin.write("go on\n")
        program.stdin.flush()
        while heard(manager) != "WATCHDOG=1":
            pass
        program.terminate()
        assert program.wait(PATIENCE_S) == 0


def drain(manager: socket.socket) -> None:
    manager.setblocking(False)
    with suppress(BlockingIOError):
        while heard(manager):
            pass


@pytest.mark.parametrize(
    ("environment", "limit_ms"),
    [
        ({"WATCHDOG_USEC": "10000000"}, 10_000),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "1"}, 0),
        ({"WATCHDOG_USEC": "soon"}, 0),
        ({}, 0),
    ],
)
def test_the_limit_is_the_service_managers(environment: dict[str, str], limit_ms: int) -> None:
    assert _limit_ms(environment) == limit_ms
