"""Devices for the benchmark, behind TCP ports and pseudo-terminals, that can be sound, gone, stalled or flooding."""

from __future__ import annotations

import contextlib
import os
import random
import select
import socket
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from hardware.simulators.escpos_device import EscposDevice
from hardware.simulators.faults import FaultSwitch

_TURN_S = 0.05
_STEP_BYTES = 4096
PTY_FLOOD_BYTES, TCP_FLOOD_BYTES = 600, 25_000
"""In each turn: 12 kB/s are a serial line at 115200 baud without a pause, 500 kB/s more than any device has to say."""


class Mode(StrEnum):
    """How the devices behave. `STALLED` take nothing and say nothing; `FLOODING` talk rubbish without end."""

    SOUND = "sound"
    UNPLUGGED = "unplugged"
    STALLED = "stalled"
    FLOODING = "flooding"


Talk = Callable[[bytes], bytes]
"""What a sound device answers to bytes."""


def silent_talk() -> Talk:
    """Signs and pads that only listen."""
    return lambda _data: b""


def printer_talk() -> Talk:
    """A printer that prints, and answers what it is asked."""
    conversation = EscposDevice(576, FaultSwitch(), lambda _paper: None).converse()

    def talk(data: bytes) -> bytes:
        conversation.feed(data)
        return conversation.fetch()

    return talk


def rubbish(size: int) -> bytes:
    """Bytes that are no frame and no answer of any device, and some that nearly are: key frames with a wrong sum."""
    almost = bytes.fromhex("FF 68 03 03 68 01 01 0C 00 16")
    noise = bytes(random.Random(size).randrange(0xFF) for _ in range(size))
    return noise + almost


class BadDevice(Protocol):
    """A device under the benchmark's hand."""

    mode: Mode

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End."""
        ...


class TcpDevice:
    """A device behind a TCP port of its own; unplugged, it hangs up on whoever calls."""

    def __init__(self, talk: Callable[[], Talk]) -> None:
        self.mode = Mode.SOUND
        self._talk = talk
        self._rubbish = rubbish(TCP_FLOOD_BYTES)
        self._leaving = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(_TURN_S)
        self._threads = [threading.Thread(target=self._accept, name="bad-device")]

    @property
    def place(self) -> str:
        """Its address for a URL."""
        return f"127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        self._leaving.set()
        for thread in self._threads:
            thread.join()
        self._server.close()

    def _accept(self) -> None:
        while not self._leaving.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _caller = self._server.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), name="bad-device-call")
                self._threads = [one for one in self._threads if one.is_alive()] + [thread]
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        talk = self._talk()
        with connection, contextlib.suppress(OSError):
            connection.setblocking(False)
            while not self._leaving.is_set() and self.mode is not Mode.UNPLUGGED:
                if self.mode is Mode.STALLED:
                    self._leaving.wait(_TURN_S)
                    continue
                if select.select([connection], [], [], _TURN_S)[0]:
                    data = connection.recv(65_536)
                    if not data:
                        return
                    if self.mode is Mode.SOUND:
                        connection.sendall(talk(data))
                if self.mode is Mode.FLOODING:
                    with contextlib.suppress(BlockingIOError):
                        connection.send(self._rubbish)
                    self._leaving.wait(_TURN_S)


class PtyDevice:
    """A device on a serial line: a pseudo-terminal under a name that lasts; unplugged, the name is gone."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self.mode = Mode.SOUND
        self._rubbish = rubbish(PTY_FLOOD_BYTES)
        self._ends: tuple[int, int] | None = None
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bad-line")

    def __enter__(self) -> Self:
        self._plug_in()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        self._leaving.set()
        self._thread.join()
        self._pull_out()

    def _run(self) -> None:
        while not self._leaving.is_set():
            if self.mode is Mode.UNPLUGGED:
                self._pull_out()
            elif self._ends is None:
                self._plug_in()
            if self._ends is not None and self.mode in {Mode.SOUND, Mode.FLOODING}:
                self._turn(self._ends[0])
            self._leaving.wait(_TURN_S)

    def _turn(self, master: int) -> None:
        with contextlib.suppress(OSError):
            if select.select([master], [], [], 0)[0]:
                os.read(master, _STEP_BYTES)
            if self.mode is Mode.FLOODING:
                os.write(master, self._rubbish)

    def _plug_in(self) -> None:
        import pty
        import tty

        master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._ends = master, slave
        self.name.symlink_to(os.ttyname(slave))

    def _pull_out(self) -> None:
        if self._ends is not None:
            self.name.unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None
