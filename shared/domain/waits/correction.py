"""What past days taught: by which factor the plain estimate was wrong in which circumstances."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
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
        self._ensembles: list[Ensemble] = []

    @property
    def has_learned(self) -> bool:
        """Whether there is anything to correct by."""
        return bool(self._ensembles)

    def of(self, features: Sequence[float]) -> float:
        """The correction in these circumstances; 0 before anything was learned."""
        ensembles = self._ensembles
        return sum(one.predict(features) for one in ensembles) / len(ensembles) if ensembles else 0.0

    def remember(self, features: tuple[float, ...] | None, error: float, weight: float) -> None:
        """In these circumstances the estimate turned out to be wrong by `error`; None where nobody looked at them."""
        self.count += 1
        if not self.keeps or features is None:
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
        rows = [lesson.features for lesson in lessons]
        targets = [lesson.target for lesson in lessons]
        weights = [lesson.weight for lesson in lessons]
        plan = replace(self._plan, trees=min(self._plan.trees, len(lessons) // _EXAMPLES_A_TREE))
        self._ensembles = [
            fit_ensemble(rows, targets, weights, replace(plan, mean_leaves=mean_leaves), seed)
            for seed, mean_leaves in enumerate((False, True), start=1)
        ]

    def to_json(self) -> list[dict[str, Any]]:
        """What was learned, as JSON values; not the examples."""
        return [ensemble.to_json() for ensemble in self._ensembles]

    @classmethod
    def from_json(cls, told: Iterable[dict[str, Any]]) -> Correction:
        """The correction that told this by `to_json`."""
        correction = cls()
        correction._ensembles = [Ensemble.from_json(ensemble) for ensemble in told]
        return correction


def held(error: float) -> float:
    """An error cut at what is believed to be one: beyond lies an accident."""
    return min(max(error, -_WIDEST_TARGET), _WIDEST_TARGET)
