"""A line to a PostgreSQL server that a test can cut, freeze and mend, with the server alive behind it.

`cut` is a server that is gone: connections end, and new ones end at once. `freeze` is one that hangs: connections are
taken and nothing comes back. `hold_answers` lets requests through and keeps what the server says to them.
`cut_after_commit` waits for the server's word that a change is committed, and cuts the connection instead of passing
it on.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Self

import pytest
from sqlalchemy import make_url

from tools.testing.patience import PATIENCE_S

_CHUNK = 65536


class CuttableLine:
    """Listens on a port of its own and passes everything on to the server of a database's URL. A context manager."""

    def __init__(self, database_url: str, listen_at: str = "127.0.0.1") -> None:
        self._url = make_url(database_url)
        self._door = socket.create_server((listen_at, 0))
        self._up = threading.Event()
        self._requests_pass = threading.Event()
        self._answers_pass = threading.Event()
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = False
        self._cut_after_commit = False
        self.commits_cut = 0
        self._threads = [threading.Thread(target=self._welcome, name="line-door", daemon=True)]
        self.mend()
        self._threads[0].start()

    @property
    def url(self) -> str:
        """The database's URL through this line."""
        address, port = self._door.getsockname()
        user, database = self._url.username, self._url.database
        return f"postgresql+psycopg://{user}@{address}:{port}/{database}"

    def cut(self) -> None:
        """End every connection, and every new one at once."""
        self._up.clear()
        with self._lock:
            ended, self._sockets = self._sockets, set()
        for each in ended:
            _end(each)
        self._requests_pass.set()
        self._answers_pass.set()

    def freeze(self) -> None:
        """Let nothing through, and keep the connections."""
        self._requests_pass.clear()
        self._answers_pass.clear()

    def hold_answers(self) -> None:
        """Let requests through, and no answer."""
        self._answers_pass.clear()

    def cut_after_commit(self) -> None:
        """Cut the connection of the next change between its COMMIT and the answer; `commits_cut` counts."""
        self._cut_after_commit = True

    def mend(self) -> None:
        """Be a line again; what was held back goes on its way."""
        self._up.set()
        self._requests_pass.set()
        self._answers_pass.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._closing = True
        self.cut()
        # A listening socket that is only closed would leave its thread in `accept`.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _welcome(self) -> None:
        while not self._closing:
            try:
                client, _address = self._door.accept()
            except OSError:
                return
            if not self._up.is_set():
                _end(client)
                continue
            server = self._reach_server()
            with self._lock:
                up = self._up.is_set()
                if up:
                    self._sockets |= {client, server}
            if not up:
                # Cut while it was being connected: it must not outlive the cut.
                _end(client)
                _end(server)
                continue
            committed = _Commits()
            for source, target, gate, lets_pass in (
                (client, server, self._requests_pass, lambda _data: True),
                (server, client, self._answers_pass, partial(self._lets_answer_pass, committed)),
            ):
                pump = threading.Thread(
                    target=_pump, args=(source, target, gate, lets_pass), name="line", daemon=True
                )
                self._threads.append(pump)
                pump.start()

    def _lets_answer_pass(self, commits: _Commits, data: bytes) -> bool:
        if not commits.hear(data):
            return True
        with self._lock:
            cut, self._cut_after_commit = self._cut_after_commit, False
            self.commits_cut += cut
        return not cut

    def _reach_server(self) -> socket.socket:
        folder = self._url.query.get("host")
        if isinstance(folder, str) and folder.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{folder}/.s.PGSQL.{self._url.port or 5432}")
            return server
        return socket.create_connection((self._url.host or "127.0.0.1", self._url.port or 5432))


class _Commits:
    """Finds, in what a server says over one connection, its word that a change is committed."""

    def __init__(self) -> None:
        self._said = b""

    def hear(self, data: bytes) -> bool:
        """Whether this completes the confirmation of a transaction that inserted something."""
        before, confirmed, after = (self._said + data).rpartition(b"COMMIT\0")
        self._said = after
        return bool(confirmed) and b"INSERT 0 " in before


def _pump(
    source: socket.socket,
    target: socket.socket,
    gate: threading.Event,
    lets_pass: Callable[[bytes], bool],
) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            gate.wait()
            if not lets_pass(data):
                break
            target.sendall(data)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@pytest.fixture
def line(postgres_url: str) -> Iterator[CuttableLine]:
    """A line to an empty PostgreSQL database."""
    with CuttableLine(postgres_url) as line:
        yield line
