"""What past days taught: by which factor the plain estimate was wrong in which circumstances."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.domain.waits.boosting import BoostingPlan, Ensemble, fit_ensemble

MOST_EXAMPLES: Final = 6000
FEWEST_EXAMPLES: Final = 150
"""Below this nothing is corrected."""

_EXAMPLES_A_TREE: Final = 25
_WIDEST_TARGET: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Lesson:
    features: tuple[float, ...]
    target: float
    weight: float


class Correction:
    """Keeps examples and learns from them. Errors and corrections are logarithms of the ratio of wait and estimate."""

    def __init__(self, plan: BoostingPlan | None = None) -> None:
        self.keeps = True
        """Keeps examples to learn from; who only forecasts has no use for them."""

        self.count = 0
        """Examples seen so far, kept or not."""

        self._plan = plan or BoostingPlan()
        self._lessons: list[_Lesson] = []
        self._ensemble: Ensemble | None = None

    @property
    def has_learned(self) -> bool:
        """Whether there is anything to correct by."""
        return self._ensemble is not None

    def of(self, features: Sequence[float]) -> float:
        """The correction in these circumstances; 0 before anything was learned."""
        return 0.0 if self._ensemble is None else self._ensemble.predict(features)

    def remember(self, features: tuple[float, ...], error: float, weight: float) -> None:
        """In these circumstances the estimate turned out to be wrong by `error`."""
        self.count += 1
        if not self.keeps:
            return
        self._lessons.append(_Lesson(features, error, weight))
        if len(self._lessons) > 4 * MOST_EXAMPLES:
            del self._lessons[:MOST_EXAMPLES:2]

    def learn(self) -> None:
        """Learns anew from all examples kept; a second or so. With too few of them nothing is learned."""
        lessons = self._lessons
        if len(lessons) < FEWEST_EXAMPLES:
            return
        if len(lessons) > MOST_EXAMPLES:
            lessons = random.Random(len(lessons)).sample(lessons, MOST_EXAMPLES)  # noqa: S311
        self._ensemble = fit_ensemble(
            [lesson.features for lesson in lessons],
            [lesson.target for lesson in lessons],
            [lesson.weight for lesson in lessons],
            replace(self._plan, trees=min(self._plan.trees, len(lessons) // _EXAMPLES_A_TREE)),
        )

    def to_json(self) -> dict[str, Any] | None:
        """What was learned, as JSON values; not the examples."""
        return None if self._ensemble is None else self._ensemble.to_json()

    @classmethod
    def from_json(cls, told: dict[str, Any] | None) -> Correction:
        """The correction that told this by `to_json`."""
        correction = cls()
        if told is not None:
            correction._ensemble = Ensemble.from_json(told)
        return correction


def held(error: float) -> float:
    """An error cut at what is believed to be one: beyond lies an accident."""
    return min(max(error, -_WIDEST_TARGET), _WIDEST_TARGET)
