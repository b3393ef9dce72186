from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from tools.testing.halls import small_plan


def test_the_only_hall_needs_no_name(hall: Hall, database_url: str) -> None:
    with open_hall(database_url) as opened:
        assert opened.hall_id == "small"
        assert opened.plan == small_plan()


def test_of_several_halls_one_must_be_named(hall: Hall, database_url: str) -> None:
    create_hall(database_url, small_plan("other")).close()
    with pytest.raises(Refused, match="other, small") as refusal:
        open_hall(database_url)
    assert refusal.value.code is RefusalCode.UNKNOWN_HALL
    with open_hall(database_url, "other") as opened:
        assert opened.plan.id == "other"


def test_a_hall_that_is_not_there(hall: Hall, database_url: str) -> None:
    with pytest.raises(Refused, match="'large'") as refusal:
        open_hall(database_url, "large")
    assert refusal.value.code is RefusalCode.UNKNOWN_HALL


def test_a_database_without_a_hall(database_url: str) -> None:
    with pytest.raises(Refused, match="holds: none") as refusal:
        open_hall(database_url)
    assert refusal.value.code is RefusalCode.UNKNOWN_HALL


def test_an_empty_database(empty_database_url: str) -> None:
    with pytest.raises(StoreUnavailable, match="jiaohao init") as fault:
        open_hall(empty_database_url, "small")
    assert fault.value.cause == "no_schema"


def test_a_plan_that_would_strand_customers_is_refused_until_they_are_done(
    hall: Hall, database_url: str
) -> None:
    hall.issue("broadband")
    smaller = replace(
        hall.plan,
        services=tuple(service for service in hall.plan.services if service.key != "broadband"),
        counters=tuple(
            replace(counter, offers={key: span for key, span in counter.offers.items() if key != "broadband"})
            for counter in hall.plan.counters
        ),
    )
    with pytest.raises(Refused, match="broadband") as refused:
        create_hall(database_url, smaller, clock=hall.clock)
    assert refused.value.code is RefusalCode.PLAN_IN_USE
    assert hall.plan_version == 1
    hall.call_next(2)
    hall.finish(2)
    create_hall(database_url, smaller, clock=hall.clock).close()
    assert hall.plan_version == 2
