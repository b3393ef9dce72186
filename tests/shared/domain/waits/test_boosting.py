from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from shared.domain.waits.boosting import BoostingPlan, Ensemble, fit_ensemble

PLAN = BoostingPlan(trees=40, depth=3, step=0.2, rows=0.8, features=1.0)


def step_rows(count: int = 400) -> tuple[list[tuple[float, float]], list[float]]:
    chance = random.Random(3)
    rows = [(chance.random(), chance.random()) for _ in range(count)]
    return rows, [5.0 if row[0] > 0.5 else 1.0 for row in rows]


def test_it_learns_a_step() -> None:
    rows, targets = step_rows()
    learned = fit_ensemble(rows, targets, [1.0] * len(rows), PLAN)
    assert learned.predict((0.9, 0.5)) == pytest.approx(5, abs=0.1)
    assert learned.predict((0.1, 0.5)) == pytest.approx(1, abs=0.1)


def test_a_few_wild_values_do_not_move_the_median() -> None:
    rows, targets = step_rows()
    wild = [1000.0 if place % 10 == 0 else target for place, target in enumerate(targets)]
    learned = fit_ensemble(rows, wild, [1.0] * len(rows), PLAN)
    assert learned.predict((0.1, 0.5)) == pytest.approx(1, abs=0.5)


def test_leaves_may_take_the_mean() -> None:
    rows = [(0.0,)] * 100
    plan = replace(PLAN, mean_leaves=True)
    learned = fit_ensemble(rows + [(1.0,)] * 100, [1.0] * 80 + [5.0] * 20 + [9.0] * 100, [1.0] * 200, plan)
    assert learned.predict((0.0,)) == pytest.approx(1.8, abs=0.4)
    assert learned.predict((1.0,)) == pytest.approx(9, abs=0.1)


def test_weights_decide_between_rows_that_look_alike() -> None:
    rows = [(0.0,)] * 100
    learned = fit_ensemble(rows, [1.0] * 50 + [2.0] * 50, [1.0] * 50 + [9.0] * 50, PLAN)
    assert learned.predict((0.0,)) == 2.0


def test_the_same_input_gives_the_same_ensemble() -> None:
    rows, targets = step_rows()
    first, second = (fit_ensemble(rows, targets, [1.0] * len(rows), PLAN) for _ in range(2))
    assert first == second


def test_it_survives_json() -> None:
    rows, targets = step_rows()
    learned = fit_ensemble(rows, targets, [1.0] * len(rows), PLAN)
    assert Ensemble.from_json(json.loads(json.dumps(learned.to_json()))) == learned


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        fit_ensemble([], [], [], PLAN)
