from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain.plan import HallPlan
from shared.hall.hall_file import load_hall_file
from shared.hall.plan_document import plan_from_document, plan_to_document
from tools.testing.halls import small_plan
from tools.testing.sample_hall import make_plan

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs" / "hall.example.toml"
WRITE_EXAMPLE = """
import sys
from pathlib import Path
from shared.hall.hall_file import load_hall_file
from shared.hall.plan_document import plan_to_document
sys.stdout.buffer.write(plan_to_document(load_hall_file(Path(sys.argv[1]))).encode())
"""


@pytest.mark.parametrize(
    "plan", [small_plan(), make_plan(), load_hall_file(EXAMPLE)], ids=["small", "sample", "example"]
)
def test_a_plan_comes_back_as_it_was(plan: HallPlan) -> None:
    document = plan_to_document(plan)
    assert plan_from_document(document) == plan
    assert plan_to_document(plan_from_document(document)) == document


def test_plans_that_differ_give_texts_that_differ() -> None:
    plan = small_plan()
    slower = replace(plan, service_limit=plan.service_limit + timedelta(seconds=1))
    assert plan_to_document(slower) != plan_to_document(plan)


def test_offers_in_another_order_are_the_same_plan() -> None:
    plan = small_plan()
    turned = tuple(
        replace(counter, offers=dict(reversed(list(counter.offers.items())))) for counter in plan.counters
    )
    same = replace(plan, counters=turned)
    assert same == plan
    assert plan_to_document(same) == plan_to_document(plan)


def test_equal_plans_give_equal_text_in_every_process() -> None:
    def written_with(seed: str) -> str:
        command = [sys.executable, "-c", WRITE_EXAMPLE, str(EXAMPLE)]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60)
        return done.stdout.decode()

    assert written_with("1") == written_with("2") == plan_to_document(load_hall_file(EXAMPLE))
