"""A hall's plan as the text that the store keeps: JSON, written the same way every time."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from shared.domain.plan import HallPlan


def plan_to_document(plan: HallPlan) -> str:
    """The plan as JSON text; equal plans give equal text."""
    return _adapter().dump_json(plan).decode()


def plan_from_document(document: str) -> HallPlan:
    """The plan in a stored text."""
    return _adapter().validate_json(document)


@cache
def _adapter() -> TypeAdapter[HallPlan]:
    return TypeAdapter(HallPlan)
