"""TCP ports for servers that cannot be told to choose one themselves.

Where a server can bind port 0 and say which it got, let it. These ports lie below those that systems give to outgoing
connections (from 32768 on Linux, 49152 elsewhere), and each process takes from a range of its own, so that nothing else
takes one between its choice and its use.
"""

from __future__ import annotations

import itertools
import os
import socket

_FIRST = 20_000
_PER_PROCESS = 100
_PROCESSES = 100

_next = itertools.count()


def quiet_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and that nobody will be given by chance."""
    start = _FIRST + os.getpid() % _PROCESSES * _PER_PROCESS
    for _ in range(_PER_PROCESS):
        port = start + next(_next) % _PER_PROCESS
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise RuntimeError(f"all ports from {start} to {start + _PER_PROCESS} are taken")
