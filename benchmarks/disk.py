"""How long the disk itself lets a commit wait, measured beside a benchmark: nobody's commit can be faster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

BLOCK = 8192
BLOCKS = 512
PAUSE_S = 0.02


@contextmanager
def disk_waits(folder: Path) -> Iterator[list[float]]:
    """Seconds that it took to have one block on the disk, again and again until the context ends.

    The file has its full size before, as the log of a database has: a file that grows waits longer.
    """
    waits: list[float] = []
    ended = Event()
    file = os.open(folder / "block", os.O_CREAT | os.O_RDWR)
    os.write(file, bytes(BLOCK * BLOCKS))
    os.fsync(file)

    def write() -> None:
        while not waits or not ended.wait(PAUSE_S):
            os.lseek(file, BLOCK * (len(waits) % BLOCKS), os.SEEK_SET)
            os.write(file, os.urandom(BLOCK))
            began = perf_counter()
            os.fsync(file)
            waits.append(perf_counter() - began)

    writer = Thread(target=write, name="disk-waits")
    writer.start()
    try:
        yield waits
    finally:
        ended.set()
        writer.join()
        os.close(file)
