from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Ask, Happening, HappeningKind
from shared.domain.waits.history import PastTicket
from shared.domain.waits.learning import learn_from

At = Callable[..., datetime]
Make = Callable[..., PastTicket]


def test_a_hall_without_history_goes_by_its_configured_minutes(at: At) -> None:
    forecaster = HallForecaster({"bills": 6.0, "plans": 12.0})
    bills, plans = (forecaster.predict(Ask(at(0), service)) for service in ("bills", "plans"))
    assert plans.minutes == pytest.approx(2 * bills.minutes)
    assert not bills.measured


def test_more_people_ahead_wait_longer(at: At) -> None:
    forecaster = HallForecaster({"bills": 6.0})
    waits = []
    for person in range(5):
        ask = Ask(at(person / 10), "bills")
        waits.append(forecaster.predict(ask).minutes)
        forecaster.observe(Happening(ask.at, HappeningKind.ISSUED, str(person), ask))
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(4.5 * 6, rel=0.3)


def test_a_customer_who_left_is_not_ahead(at: At) -> None:
    forecaster = HallForecaster({"bills": 6.0})
    alone = forecaster.predict(Ask(at(0), "bills")).minutes
    forecaster.observe(Happening(at(0), HappeningKind.ISSUED, "a", Ask(at(0), "bills")))
    forecaster.observe(Happening(at(0), HappeningKind.LEFT, "a"))
    assert forecaster.predict(Ask(at(0), "bills")).minutes == pytest.approx(alone)


def test_the_hall_s_own_count_is_believed_where_it_is_to_be_trusted(at: At) -> None:
    trusting = HallForecaster({"bills": 6.0}, trust_people_ahead=True)
    assert trusting.predict(Ask(at(0), "bills", people_ahead=9)).minutes == pytest.approx(57, rel=0.01)


def test_asking_changes_no_answer(busy_week: list[PastTicket], at: At) -> None:
    forecaster = learn_from(busy_week, HallForecaster())
    ask = Ask(at(30, 7), "bills")
    assert forecaster.predict(ask) == forecaster.predict(ask)
    forecaster.readings(ask)
    assert forecaster.predict(ask) == forecaster.predict(ask)


def test_what_was_learned_survives_json(busy_week: list[PastTicket], at: At) -> None:
    forecaster = learn_from(busy_week, HallForecaster())
    again = HallForecaster.from_json(json.loads(json.dumps(forecaster.to_json())))
    ask = Ask(at(0, 7), "plans")
    assert again.predict(ask).minutes == pytest.approx(forecaster.predict(ask).minutes, rel=0.02)
    assert again.predict(ask).high == pytest.approx(forecaster.predict(ask).high, rel=0.02)
    assert again.predict(ask).measured


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        HallForecaster.from_json({"version": 0})


def test_an_issue_needs_its_question(at: At) -> None:
    with pytest.raises(ValueError, match=r"Happening\.ask"):
        HallForecaster().observe(Happening(at(0), HappeningKind.ISSUED, "a"))


def test_a_long_history_is_thinned_for_learning_and_still_learned(
    busy_week: list[PastTicket], at: At
) -> None:
    forecaster = learn_from(busy_week, HallForecaster(), most_lessons=200)
    assert forecaster.predict(Ask(at(0, 7), "bills")).measured


def test_a_call_of_an_unknown_ticket_is_ignored(at: At) -> None:
    forecaster = HallForecaster({"bills": 6.0})
    before = forecaster.predict(Ask(at(0), "bills"))
    forecaster.observe(Happening(at(0), HappeningKind.CALLED, "yesterday's"))
    assert forecaster.predict(Ask(at(0), "bills")) == before
