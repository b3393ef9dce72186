from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused
from shared.domain.plan import HallPlan
from shared.hall import Hall, create_hall
from shared.hall.plan_document import plan_from_document, plan_to_document
from shared.store.engine import make_engine
from shared.store.plans import hall_ids, plan_document, plan_version, store_plan
from tools.testing.halls import NINE, small_plan
from tools.testing.patience import PATIENCE_S


def changed_plan() -> HallPlan:
    plan = small_plan()
    payment = replace(plan.service("payment"), target_wait=timedelta(minutes=5))
    return replace(plan, services=(plan.services[0], payment, plan.services[2]))


def test_a_plan_survives_being_stored() -> None:
    assert plan_from_document(plan_to_document(small_plan())) == small_plan()
    assert plan_to_document(small_plan()) == plan_to_document(small_plan())


def test_the_same_plan_again_changes_nothing(hall: Hall, database_url: str) -> None:
    hall.issue("payment")
    with create_hall(database_url, small_plan()) as again:
        assert again.snapshot().plan_version == 1
        assert hall.verify().events == 2


def test_a_new_plan_is_a_new_version_and_history_keeps_the_old(hall: Hall, database_url: str) -> None:
    create_hall(database_url, changed_plan()).close()
    engine = make_engine(database_url)
    assert plan_version(engine, "small") == 2
    assert plan_from_document(plan_document(engine, "small", 1)) == small_plan()
    assert plan_from_document(plan_document(engine, "small", 2)) == changed_plan()
    engine.dispose()
    assert hall.plan == changed_plan()


def test_an_open_day_goes_on_under_the_new_plan(hall: Hall, database_url: str, clock: ManualClock) -> None:
    before = hall.issue("payment")
    create_hall(database_url, changed_plan(), clock=clock).close()
    after = hall.issue("payment")
    assert before.due_at - before.issued_at == timedelta(minutes=15)
    assert after.due_at - after.issued_at == timedelta(minutes=5)
    assert after.seq == before.seq + 2
    assert hall.verify().differences == ()


def test_halls_of_one_database_do_not_mix(hall: Hall, database_url: str, clock: ManualClock) -> None:
    with create_hall(database_url, small_plan("other"), clock=clock) as other:
        assert [hall.issue("payment").number, other.issue("payment").number] == ["B001", "B001"]
        called = hall.call_next(1)
        assert called is not None
        assert len(other.waiting()) == 1
        assert other.call_next(1, "same request") is not None
        assert hall.call_next(1, "same request") is None
        assert hall.verify().tickets == other.verify().tickets == 1
    engine = make_engine(database_url)
    assert hall_ids(engine) == ("other", "small")
    engine.dispose()


def test_a_hall_that_is_not_there(hall: Hall, database_url: str) -> None:
    engine = make_engine(database_url)
    with pytest.raises(Refused, match="'large'") as refusal:
        plan_version(engine, "large")
    engine.dispose()
    assert refusal.value.code is RefusalCode.UNKNOWN_HALL


def test_programs_that_load_plans_at_once(new_database: Callable[[], str]) -> None:
    loaders = 4
    engine = make_engine(new_database())
    together = Barrier(loaders)
    documents = ["one", "one", "one", "two"]

    def load(document: str) -> int:
        together.wait(PATIENCE_S)
        return store_plan(engine, "small", document, NINE, services=(), counters=())

    with ThreadPoolExecutor(loaders) as pool:
        versions = list(pool.map(load, documents))
    texts = {version: plan_document(engine, "small", version) for version in range(1, max(versions) + 1)}
    engine.dispose()
    assert [texts[version] for version in versions] == documents
    assert max(versions) in {2, 3}
