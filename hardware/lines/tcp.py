"""A device behind a TCP port, as network printers on 9100 and serial servers are."""

from __future__ import annotations

import socket
import time

from hardware.lines.line import MOST_READS_TO_DISCARD, LineError
from hardware.status import Cause

_VIGILANCE = {
    "TCP_KEEPIDLE": 10,
    "TCP_KEEPALIVE": 10,  # what macOS calls the one above
    "TCP_KEEPINTVL": 5,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 20_000,
}
"""How a connection that stays notices a peer without power: asked after 10 s of silence, given up 15 s later, and when
bytes are not received within 20 s (milliseconds, Linux only). Each system has some of these.
"""


class TcpLine:
    """One TCP connection with a time-out for every step, in seconds.

    One that `stays` open between uses is given up within half a minute when the peer lost its power, which says nothing
    as it goes: whoever only listens would wait for ever.
    """

    answers = True
    keeps = False

    def __init__(
        self, host: str, port: int, connect_s: float = 3.0, write_s: float = 5.0, *, stays: bool = False
    ) -> None:
        self.name = f"{host}:{port}"
        self._where = (host, port)
        self._connect_s = connect_s
        self._write_s = write_s
        self._stays = stays
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect. Raises LineError(UNREACHABLE) when nothing accepts within the time-out."""
        if self._socket is not None:
            return
        try:
            self._socket = socket.create_connection(self._where, self._connect_s)
            # Three-byte questions must not wait for the acknowledgement of the strip before them.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._stays:
                _be_vigilant(self._socket)
        except OSError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}") from error

    def write(self, data: bytes) -> None:
        """Send all of `data` before the write time-out, counted over the whole of it."""
        connection = self._connected()
        sent = 0
        give_up = time.monotonic() + self._write_s
        try:
            while sent < len(data):
                connection.settimeout(max(give_up - time.monotonic(), 0.001))
                sent += connection.send(data[sent:])
        except TimeoutError as error:
            raise LineError(Cause.TIMEOUT, f"{self.name} takes no more bytes", sent) from error
        except OSError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}", sent) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Up to `count` bytes within `timeout_s`; fewer when the device stays silent. 0 s: what is there already."""
        connection = self._connected()
        received = b""
        give_up = time.monotonic() + timeout_s
        while len(received) < count:
            connection.settimeout(max(give_up - time.monotonic(), 0.0))
            try:
                piece = connection.recv(count - len(received))
            except (TimeoutError, BlockingIOError):
                break
            except OSError as error:
                raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}") from error
            if not piece:
                raise LineError(Cause.UNREACHABLE, f"{self.name} hung up")
            received += piece
        return received

    def discard_input(self) -> None:
        """Empty the receive buffer without waiting, and not for ever if the device floods it.

        Raises LineError when the other end hung up: a write would still succeed then, and be lost.
        """
        connection = self._connected()
        connection.setblocking(False)
        try:
            for _ in range(MOST_READS_TO_DISCARD):
                if not connection.recv(4096):
                    raise LineError(Cause.UNREACHABLE, f"{self.name} hung up")
        except BlockingIOError:
            return
        except OSError as error:
            raise LineError(Cause.UNREACHABLE, f"{self.name}: {error}") from error

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is not connected")
        return self._socket


def _be_vigilant(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _VIGILANCE.items():
        if (option := getattr(socket, name, None)) is not None:
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
