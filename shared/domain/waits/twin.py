"""A second object to move on alone: a forecast looks at what is to come without touching what it goes by."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")


def twin(thing: Thing) -> Thing:
    """A shallow copy of an object without slots, as `copy.copy` makes one, in a tenth of the time."""
    other = object.__new__(type(thing))
    other.__dict__.update(thing.__dict__)
    return other
