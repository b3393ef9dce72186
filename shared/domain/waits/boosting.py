"""Gradient-boosted regression trees in plain Python, small and quick enough for a nightly fit (Friedman 2001).

Absolute error is minimised: a split looks at the signs of the errors, a leaf takes the weighted median of its
errors. Features are cut into a few bins by rank, so a split costs one pass over the rows.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_BINS: Final = 16
_SMALLEST_LEAF: Final = 12


@dataclass(frozen=True, slots=True)
class BoostingPlan:
    """How much is learned: number and depth of trees, step, and the shares of rows and features each tree sees."""

    trees: int = 48
    depth: int = 4
    step: float = 0.13
    rows: float = 0.6
    features: float = 0.4


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as parallel lists; `feature` is -1 at a leaf, whose `value` counts."""

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]

    def predict(self, row: Sequence[float]) -> float:
        """The value of the leaf into which a row falls."""
        node = 0
        feature, threshold = self.feature, self.threshold
        while (index := feature[node]) >= 0:
            node = self.left[node] if row[index] <= threshold[node] else self.right[node]
        return self.value[node]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The sum of a start value and many small trees."""

    start: float
    trees: tuple[Tree, ...]

    def predict(self, row: Sequence[float]) -> float:
        """The learned value for a row of features."""
        return self.start + sum(tree.predict(row) for tree in self.trees)

    def to_json(self) -> dict[str, Any]:
        """The ensemble as JSON values."""
        trees = [[t.feature, t.threshold, t.left, t.right, t.value] for t in self.trees]
        return {"start": self.start, "trees": trees}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Ensemble:
        """The ensemble that told this by `to_json`."""
        return cls(told["start"], tuple(Tree(*lists) for lists in told["trees"]))


def weighted_median(pairs: list[tuple[float, float]]) -> float:
    """The value at which half of the weight is reached, of (value, weight) pairs; 0 for none."""
    pairs.sort()
    half = sum(weight for _, weight in pairs) / 2
    reached = 0.0
    for value, weight in pairs:
        reached += weight
        if reached >= half:
            return value
    return 0.0


def fit_ensemble(
    rows: Sequence[Sequence[float]],
    targets: Sequence[float],
    weights: Sequence[float],
    plan: BoostingPlan,
    seed: int = 1,
) -> Ensemble:
    """Learns targets from rows, errors weighted. The same input gives the same ensemble.

    Raises:
        ValueError: no rows.
    """
    if not rows:
        raise ValueError("nothing to learn from: give at least one row")
    start = weighted_median(list(zip(targets, weights, strict=True)))
    learner = _Learner(rows, weights, plan, random.Random(seed))  # noqa: S311
    errors = [target - start for target in targets]
    trees = tuple(learner.grow(errors) for _ in range(plan.trees))
    return Ensemble(start, trees)


class _Learner:
    """The binned rows, and the growing of one tree at a time."""

    def __init__(
        self,
        rows: Sequence[Sequence[float]],
        weights: Sequence[float],
        plan: BoostingPlan,
        chance: random.Random,
    ) -> None:
        self._rows = rows
        self._weights = weights
        self._plan = plan
        self._chance = chance
        self._cuts: list[list[float]] = []
        self._bins: list[list[int]] = []
        for column in zip(*rows, strict=True):
            cuts = _cuts(column)
            self._cuts.append(cuts)
            self._bins.append([bisect_left(cuts, value) for value in column])

    def grow(self, errors: list[float]) -> Tree:
        """One tree for the errors that are left; takes its share off them."""
        plan, chance = self._plan, self._chance
        usable = [index for index, cuts in enumerate(self._cuts) if cuts]
        features = sorted(chance.sample(usable, max(1, round(plan.features * len(usable))))) if usable else []
        sample = [row for row in range(len(errors)) if chance.random() < plan.rows]
        weights = self._weights
        pulls = [weight if error > 0 else -weight for error, weight in zip(errors, weights, strict=True)]
        tree = Tree([], [], [], [], [])
        self._node(tree, sample, pulls, errors, features, plan.depth)
        for row, values in enumerate(self._rows):
            errors[row] -= tree.predict(values)
        return tree

    def _node(
        self,
        tree: Tree,
        rows: list[int],
        pulls: Sequence[float],
        errors: Sequence[float],
        features: Sequence[int],
        depth: int,
    ) -> int:
        node = len(tree.feature)
        for column in (tree.left, tree.right):
            column.append(-1)
        tree.feature.append(-1)
        tree.threshold.append(0.0)
        tree.value.append(0.0)
        split = self._best_split(rows, pulls, features) if depth and len(rows) >= 2 * _SMALLEST_LEAF else None
        if split is None:
            median = weighted_median([(errors[row], self._weights[row]) for row in rows])
            tree.value[node] = self._plan.step * median
            return node
        feature, cut = split
        bins = self._bins[feature]
        tree.feature[node], tree.threshold[node] = feature, self._cuts[feature][cut]
        low = [row for row in rows if bins[row] <= cut]
        high = [row for row in rows if bins[row] > cut]
        tree.left[node] = self._node(tree, low, pulls, errors, features, depth - 1)
        tree.right[node] = self._node(tree, high, pulls, errors, features, depth - 1)
        return node

    def _best_split(
        self, rows: list[int], pulls: Sequence[float], features: Sequence[int]
    ) -> tuple[int, int] | None:
        weights = self._weights
        row_pulls = [pulls[row] for row in rows]
        row_weights = [weights[row] for row in rows]
        all_pull, all_weight = sum(row_pulls), sum(row_weights)
        best, found = all_pull * all_pull / all_weight * (1 + 1e-9) + 1e-12, None
        least = all_weight * _SMALLEST_LEAF / len(rows)
        for feature in features:
            bins = self._bins[feature]
            pull = [0.0] * (_BINS + 1)
            weight = [0.0] * (_BINS + 1)
            for row, row_pull, row_weight in zip(rows, row_pulls, row_weights, strict=True):
                place = bins[row]
                pull[place] += row_pull
                weight[place] += row_weight
            low_pull = low_weight = 0.0
            for cut in range(len(self._cuts[feature])):
                low_pull += pull[cut]
                low_weight += weight[cut]
                high_weight = all_weight - low_weight
                if low_weight < least or high_weight < least:
                    continue
                high_pull = all_pull - low_pull
                gain = low_pull * low_pull / low_weight + high_pull * high_pull / high_weight
                if gain > best:
                    best, found = gain, (feature, cut)
        return found


def _cuts(column: Sequence[float]) -> list[float]:
    """Values that cut a column into bins of about equal size; none when the column never changes."""
    ranked = sorted(column)
    last = ranked[-1]
    cuts = {ranked[len(ranked) * step // _BINS] for step in range(1, _BINS)}
    return sorted(cut for cut in cuts if cut < last)
