"""A simulated printer behind a TCP port, as network printers are: `escpos+tcp://127.0.0.1:9100` prints to it.

Run it with `python -m hardware.simulators.tcp_printer --folder tickets`; a file `<name>.faults` in the
folder, one fault a line, makes it fail.
"""

from __future__ import annotations

import argparse
import logging
import socket
import socketserver
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.printing.paper import DOTS_ACROSS
from hardware.simulators.faults import Fault
from hardware.simulators.printer import PrintedTicket, SimulatedPrinter

_LOGGER = logging.getLogger(__name__)
_POLL_S = 0.05


class TcpPrinterSimulator:
    """Serves one simulated printer on `host:port` (port 0 takes a free one) until it is left.

    The printer's observer is called on a connection's thread. Raises OSError when the port is taken.
    """

    def __init__(self, printer: SimulatedPrinter, host: str = "127.0.0.1", port: int = 0) -> None:
        self.printer = printer
        self._server = _Server((host, port), printer)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), name="tcp-printer"
        )

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        self._server.leaving.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, where: tuple[str, int], printer: SimulatedPrinter) -> None:
        self.printer = printer
        self.leaving = threading.Event()
        super().__init__(where, _Connection)


class _Connection(socketserver.BaseRequestHandler):
    """One computer that prints. Wakes up every 50 ms, so that a cleared fault is noticed and leaving is quick."""

    server: _Server
    request: socket.socket

    def handle(self) -> None:
        """Take bytes and answer until the computer hangs up."""
        device = self.server.printer.device
        conversation = device.converse()
        self.request.settimeout(_POLL_S)
        with suppress(ConnectionError):
            while not self.server.leaving.is_set() and Fault.UNPLUGGED not in device.faults:
                received = self._receive()
                if received == b"":
                    return
                device.resume()
                conversation.feed(received or b"")
                self.request.sendall(conversation.fetch(1 if Fault.TRICKLE in device.faults else None))

    def _receive(self) -> bytes | None:
        """Bytes, nothing when the computer hung up, or None when there is nothing to read yet."""
        faults = self.server.printer.faults.active
        if Fault.STALLED in faults:
            self.server.leaving.wait(_POLL_S)
            return None
        if Fault.SLOW in faults:
            self.server.leaving.wait(_POLL_S)
        try:
            return self.request.recv(256 if Fault.SLOW in faults else 65536)
        except TimeoutError:
            return None


def _tell(ticket: PrintedTicket) -> None:
    _LOGGER.info("printed %s", ticket.file)


def main() -> None:
    """Serve a printer until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--name", default="printer")
    parser.add_argument("--width", type=int, choices=sorted(DOTS_ACROSS), default=80)
    parser.add_argument("--folder", type=Path, required=True, help="where each ticket becomes a PNG file")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    printer = SimulatedPrinter(options.name, DOTS_ACROSS[options.width], options.folder, _tell)
    with TcpPrinterSimulator(printer, options.host, options.port) as simulator, suppress(KeyboardInterrupt):
        _LOGGER.info("escpos+tcp://%s:%s", options.host, simulator.port)
        threading.Event().wait()


if __name__ == "__main__":
    main()
