"""Each classic predictor on logs small enough for a calculation by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import pytest

from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Ask
from shared.domain.waits.history import PastTicket, happenings_of

Make = Callable[..., PastTicket]
At = Callable[..., datetime]


def readings(log: Iterable[PastTicket], ask: Ask, gap: float = 6.0) -> dict[str, float]:
    forecaster = HallForecaster({"bills": gap})
    for happening in happenings_of(log):
        if happening.at <= ask.at:
            forecaster.observe(happening)
    return forecaster.readings(ask)


@pytest.fixture
def morning(past_ticket: Make) -> list[PastTicket]:
    """Five tickets: waits of 3, 6 and 9 minutes with 0, 1 and 2 ahead; two people wait since 8:09 and 8:11."""
    return [
        past_ticket("a", 0, 3),
        past_ticket("b", 1, 7),
        past_ticket("c", 2, 11),
        past_ticket("d", 9, None),
        past_ticket("e", 11, None),
    ]


def test_the_last_to_enter_service_waited_nine_minutes(morning: list[PastTicket], at: At) -> None:
    assert readings(morning, Ask(at(12), "bills"))["les"] == 9


def test_the_head_of_the_line_has_waited_three_minutes(morning: list[PastTicket], at: At) -> None:
    assert readings(morning, Ask(at(12), "bills"))["head_of_line"] == 3


def test_avgc_les_takes_waits_that_found_the_same_number_ahead(morning: list[PastTicket], at: At) -> None:
    assert readings(morning, Ask(at(12), "bills"))["avgc_les"] == 9


def test_avgc_les_is_the_mean_of_several(past_ticket: Make, at: At) -> None:
    log = [past_ticket("a", 0, 4), past_ticket("b", 5, 11), past_ticket("c", 12, 17)]
    assert readings(log, Ask(at(20), "bills"))["avgc_les"] == pytest.approx((4 + 6 + 5) / 3)


def test_the_quarter_hour_mean_forgets_what_is_older(morning: list[PastTicket], at: At) -> None:
    assert readings(morning, Ask(at(12), "bills"))["mean_15_minutes"] == pytest.approx((3 + 6 + 9) / 3)
    assert readings(morning, Ask(at(19), "bills"))["mean_15_minutes"] == pytest.approx((6 + 9) / 2)


def test_the_hour_mean_knows_the_hour_of_the_issue(past_ticket: Make, at: At) -> None:
    log = [past_ticket("a", 0, 10), past_ticket("b", 55, 75), past_ticket("c", 65, 69)]
    assert readings(log, Ask(at(30, 1), "bills"))["hour_service_mean"] == pytest.approx((10 + 20) / 2)
    assert readings(log, Ask(at(70, 1), "bills"))["hour_service_mean"] == 4


def test_people_times_mean_counts_only_minutes_in_which_somebody_waits(
    morning: list[PastTicket], at: At
) -> None:
    # Somebody waits from 8:00 to 8:12 without a break; three calls; one more call is believed to take 6 minutes.
    gap = (12 + 6) / (3 + 1)
    assert readings(morning, Ask(at(12), "bills"))["people_x_mean"] == pytest.approx(2 * gap)


def test_open_counters_divide_the_work(past_ticket: Make, at: At) -> None:
    log = [
        past_ticket("a", 0, 10, counters_open=1),
        past_ticket("b", 0, 20, counters_open=1),
        past_ticket("c", 20, None, counters_open=2),
    ]
    # 20 counter minutes for 2 calls; one person ahead, now two counters.
    assert readings(log, Ask(at(20), "bills", counters_open=2))["people_by_counters"] == pytest.approx(10 / 2)


def test_rates_of_an_unknown_hall_are_the_configured_ones(at: At) -> None:
    told = readings([], Ask(at(0), "bills"), gap=8.0)
    assert told["people_by_historic_rate"] == pytest.approx(0.5 * 8)
    assert told["people_by_recent_rate"] == pytest.approx(0.5 * 8)
    assert told["people_x_mean"] == 0


def test_a_fast_morning_shortens_the_recent_rate_alone(past_ticket: Make, at: At) -> None:
    slow = [past_ticket(f"s{n}", n * 10, n * 10 + 9, day=0) for n in range(6)]
    fast = [past_ticket(f"f{n}", n * 2, n * 2 + 1.9, day=1) for n in range(15)]
    told = readings([*slow, *fast], Ask(at(29, 1), "bills"))
    assert told["people_by_recent_rate"] < told["people_by_historic_rate"]


def test_a_predictor_with_nothing_to_go_by_says_what_a_simpler_one_says(at: At) -> None:
    told = readings([], Ask(at(0), "bills"))
    assert told["les"] == told["avgc_les"] == told["mean_15_minutes"] == told["people_x_mean"]
