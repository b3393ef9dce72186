"""No forecast may know what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.waits.happening import HappeningKind, WaitRange
from shared.domain.waits.history import PastTicket, happenings_of
from shared.domain.waits.replay import OURS, PREDICTORS, TOLD, Replay

At = Callable[..., datetime]
Make = Callable[..., PastTicket]


def said_before(history: list[PastTicket], moment: datetime) -> dict[str, dict[str, WaitRange]]:
    said: dict[str, dict[str, WaitRange]] = {}
    for forecast in Replay(history).forecasts():
        if forecast.ticket.issued_at >= moment:
            break
        said[forecast.ticket.id] = forecast.said
    return said


def planted(history: list[PastTicket], moment: datetime) -> list[PastTicket]:
    """The same past, and another future: later calls come hours late, later tickets vanish, a crowd arrives."""
    future = []
    for ticket in history:
        if ticket.issued_at >= moment:
            continue
        called = ticket.called_at
        if called is not None and called >= moment:
            called += timedelta(hours=3)
        future.append(replace(ticket, called_at=called))
    last = history[-1]
    crowd = [
        replace(
            last,
            id=f"crowd{n}",
            issued_at=moment + timedelta(seconds=n),
            called_at=moment + timedelta(days=1),
        )
        for n in range(300)
    ]
    return future + crowd


@pytest.mark.parametrize(("day", "minutes"), [(1, 30), (3, 240), (5, 0), (5, 471)])
def test_a_planted_future_changes_nothing_that_was_said_before_it(
    busy_week: list[PastTicket], at: At, day: int, minutes: float
) -> None:
    moment = at(minutes, day)
    honest = said_before(busy_week, moment)
    assert len(honest) > 100
    assert said_before(planted(busy_week, moment), moment) == honest


def test_a_ticket_s_own_fate_is_not_seen(busy_week: list[PastTicket]) -> None:
    last = busy_week[-1]
    doomed = replace(last, called_at=None, left_at=last.issued_at + timedelta(minutes=1), finished_at=None)
    honest = {f.ticket.id: f.said for f in Replay(busy_week).forecasts()}
    other = {f.ticket.id: f.said for f in Replay([*busy_week[:-1], doomed]).forecasts()}
    assert honest[last.id] == other[last.id]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.floats(0, 480), fates=st.lists(st.floats(0, 600), min_size=1, max_size=5))
def test_no_later_fate_matters(
    busy_week: list[PastTicket], at: At, minutes: float, fates: list[float]
) -> None:
    moment = at(minutes, 2)
    days = [ticket for ticket in busy_week if ticket.issued_at < at(0, 3)]
    other = [
        replace(
            ticket, called_at=max(moment, ticket.issued_at) + timedelta(minutes=fates[place % len(fates)])
        )
        if ticket.called_at is not None and ticket.called_at >= moment
        else ticket
        for place, ticket in enumerate(days)
    ]
    assert said_before(other, moment) == said_before(days, moment)


def test_every_predictor_answers_for_every_ticket(busy_week: list[PastTicket]) -> None:
    forecasts = list(Replay(busy_week).forecasts())
    assert [forecast.ticket for forecast in forecasts] == busy_week
    assert all(set(forecast.said) >= set(PREDICTORS) - {TOLD} for forecast in forecasts)
    assert {TOLD in forecast.said for forecast in forecasts[-500:]} == {True}
    assert all(said.minutes >= 0 for forecast in forecasts for said in forecast.said.values())


def test_ours_is_better_than_the_classics_on_a_week_that_changes(busy_week: list[PastTicket], at: At) -> None:
    errors: dict[str, float] = dict.fromkeys(PREDICTORS, 0.0)
    for forecast in Replay(busy_week).forecasts():
        if forecast.ticket.issued_at >= at(0, 3) and forecast.wait_minutes is not None:
            for name, said in forecast.said.items():
                errors[name] += abs(said.minutes - forecast.wait_minutes)
    for name in ("les", "head_of_line", "mean_15_minutes", "hour_service_mean", "avgc_les"):
        assert errors[OURS] < errors[name], name


def test_happenings_come_in_the_order_in_which_they_can_be_known(past_ticket: Make, at: At) -> None:
    log = [past_ticket("a", 0, 5, finished_at=at(9)), past_ticket("b", 5, 9), past_ticket("c", 9, 9)]
    order = [(happening.ticket, happening.kind) for happening in happenings_of(log)]
    assert order == [
        ("a", HappeningKind.ISSUED),
        ("a", HappeningKind.CALLED),
        ("b", HappeningKind.ISSUED),
        ("a", HappeningKind.FINISHED),
        ("b", HappeningKind.CALLED),
        ("c", HappeningKind.ISSUED),
        ("c", HappeningKind.CALLED),
    ]
