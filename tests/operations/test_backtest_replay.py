"""Halls replayed side by side say what they say in turn."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from operations.backtest_replay import replayed
from operations.history_file import History, read_history

FIRST_SCORED = date(2020, 1, 8)


@pytest.fixture(scope="module")
def history() -> History:
    """Two small offices in their first days."""
    told = read_history(Path(__file__).parents[1] / "data" / "warsaw_excerpt.csv")
    first_days = {
        hall: [ticket for ticket in tickets if ticket.issued_at.date() <= FIRST_SCORED]
        for hall, tickets in told.halls.items()
    }
    assert all(len(tickets) > 150 for tickets in first_days.values())
    return History(first_days)


def test_processes_change_no_forecast_and_no_order(history: History) -> None:
    alone = list(replayed(history, FIRST_SCORED, lambda _hall, _done: None, processes=1))
    together = list(replayed(history, FIRST_SCORED, lambda _hall, _done: None, processes=2))
    assert {forecast.ticket.hall for forecast in alone} == set(history.halls)
    assert together == alone


def test_progress_counts_every_ticket(history: History) -> None:
    done: Counter[str] = Counter()
    for _ in replayed(history, FIRST_SCORED, lambda hall, more: done.update({hall: more}), processes=1):
        pass
    assert done == {hall: len(tickets) for hall, tickets in history.halls.items()}


def test_who_stops_listening_leaves_nothing_running(history: History) -> None:
    forecasts = replayed(history, FIRST_SCORED, lambda _hall, _done: None, processes=2)
    first = next(forecasts)
    assert first.ticket.issued_at.date() == FIRST_SCORED
    del forecasts
