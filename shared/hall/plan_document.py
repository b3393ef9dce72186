"""A hall's plan as the text that the store keeps: JSON, written the same way every time."""

from __future__ import annotations

import json
from functools import cache

from pydantic import TypeAdapter

from shared.domain.plan import HallPlan


def plan_to_document(plan: HallPlan) -> str:
    """The plan as JSON text; equal plans give equal text."""
    # Sorted, since equal plans may hold a counter's offers in different order.
    return json.dumps(_adapter().dump_python(plan, mode="json"), ensure_ascii=False, sort_keys=True)


def plan_from_document(document: str) -> HallPlan:
    """The plan in a stored text."""
    return _adapter().validate_json(document)


@cache
def _adapter() -> TypeAdapter[HallPlan]:
    return TypeAdapter(HallPlan)
