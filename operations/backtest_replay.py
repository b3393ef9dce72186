"""Replays the halls of a history side by side, each in a process of its own; what they say comes in the file's order.

A hall's replay sees nothing but that hall, so the forecasts are the same to the last bit however many processes share
the work.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from multiprocessing.queues import Queue
from queue import Empty
from typing import Final

from operations.history_file import History
from shared.domain.waits.happening import QuoteRange, WaitRange
from shared.domain.waits.history import PastTicket
from shared.domain.waits.replay import Forecast, Replay

TELL_EVERY: Final = 50
"""Tickets after which progress is told."""

_WORTH_A_PROCESS: Final = 3000
"""Tickets below which one process is quicker than starting several."""

_LOOK_EVERY_S: Final = 0.1

Progress = Callable[[str, int], None]
"""Is told a hall and how many more of its tickets are done."""

_Plain = tuple[float, float, float, bool, tuple[int, int] | None]
_Packed = list[tuple[int, int, list[tuple[str, _Plain]]]]
"""Forecasts as plain values: objects of our own would take longer to hand over than to make anew."""


def replayed(
    history: History, first_scored: date, progress: Progress, processes: int | None = None
) -> Iterator[Forecast]:
    """The forecasts of the scored days, hall by hall.

    `processes` work at once (default: as many as there are processors, where there is enough to do).
    """
    wanted = processes or os.cpu_count() or 1
    if min(wanted, len(history.halls)) > 1 and (processes or history.count >= _WORTH_A_PROCESS):
        return _side_by_side(history, first_scored, progress, min(wanted, len(history.halls)))
    return _in_turn(history, first_scored, progress)


def _in_turn(history: History, first_scored: date, progress: Progress) -> Iterator[Forecast]:
    for hall, tickets in history.halls.items():
        for _place, forecast in _scored(tickets, first_scored, partial(progress, hall)):
            yield forecast


def _scored(
    tickets: Sequence[PastTicket], first_scored: date, told: Callable[[int], None]
) -> Iterator[tuple[int, Forecast]]:
    """The forecasts of one hall's scored days, each with its ticket's place in the history."""
    places = {ticket.id: place for place, ticket in enumerate(tickets)}
    for done, forecast in enumerate(Replay(tickets).forecasts(), start=1):
        if done % TELL_EVERY == 0:
            told(TELL_EVERY)
        if forecast.ticket.issued_at.date() >= first_scored:
            yield places[forecast.ticket.id], forecast
    told(len(tickets) % TELL_EVERY)


def _side_by_side(
    history: History, first_scored: date, progress: Progress, processes: int
) -> Iterator[Forecast]:
    spawn = multiprocessing.get_context("spawn")
    done: Queue[tuple[str, int]] = spawn.Queue()
    pool = ProcessPoolExecutor(processes, spawn, _start, (done,))
    try:
        largest_first = sorted(history.halls.items(), key=lambda hall: -len(hall[1]))
        at_work = {
            hall: pool.submit(_replay_hall, hall, tickets, first_scored) for hall, tickets in largest_first
        }
        for hall, tickets in history.halls.items():
            for place, ahead, said in _awaited(at_work.pop(hall), done, progress):
                yield Forecast(tickets[place], ahead, {name: _made(*values) for name, values in said})
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        done.close()


def _awaited(hall: Future[_Packed], done: Queue[tuple[str, int]], progress: Progress) -> _Packed:
    while not hall.done():
        with suppress(Empty):
            progress(*done.get(timeout=_LOOK_EVERY_S))
    with suppress(Empty):
        while True:
            progress(*done.get_nowait())
    return hall.result()


_done: Queue[tuple[str, int]] | None = None
"""Where a process of the pool tells what it has done."""


def _start(done: Queue[tuple[str, int]]) -> None:
    global _done  # noqa: PLW0603 - a pool hands its processes what they share in no other way
    _done = done
    done.cancel_join_thread()  # who no longer listens keeps no process from ending


def _replay_hall(hall: str, tickets: Sequence[PastTicket], first_scored: date) -> _Packed:
    def told(done: int) -> None:
        if _done is not None:
            _done.put((hall, done))

    return [
        (place, forecast.ahead, [(name, _plain(said)) for name, said in forecast.said.items()])
        for place, forecast in _scored(tickets, first_scored, told)
    ]


def _plain(said: WaitRange) -> _Plain:
    told = None if said.told is None else (said.told.low_minutes, said.told.high_minutes)
    return said.minutes, said.low, said.high, said.measured, told


def _made(
    minutes: float,
    low: float,
    high: float,
    measured: bool,  # noqa: FBT001 - as `_plain` packed it
    told: tuple[int, int] | None,
) -> WaitRange:
    return WaitRange(minutes, low, high, measured, None if told is None else QuoteRange(*told))
