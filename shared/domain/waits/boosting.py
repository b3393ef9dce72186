"""Gradient-boosted regression trees in plain Python, small and quick enough for a nightly fit (Friedman 2001, 2002).

Absolute error is minimised: a split looks at the signs of the errors, a leaf takes the median of its errors. Features
are cut into a few bins by rank, and each tree sees rows drawn in proportion to their weight: so a split needs nothing
but counts, which Python does quickly on bytes.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from operator import itemgetter
from statistics import median
from typing import Any, Final, cast

_BINS: Final = 16
_SMALLEST_LEAF: Final = 12
_LEAST_GAIN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class BoostingPlan:
    """How much is learned: number and depth of trees, step, and the shares of rows and features each tree sees."""

    trees: int = 70
    depth: int = 5
    step: float = 0.09
    rows: float = 0.5
    features: float = 0.3


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


def fit_ensemble(
    rows: Sequence[Sequence[float]],
    targets: Sequence[float],
    weights: Sequence[float],
    plan: BoostingPlan,
    seed: int = 1,
) -> Ensemble:
    """Learns targets from rows, which count by their weights. The same input gives the same ensemble.

    Raises:
        ValueError: no rows, or lists of different lengths.
    """
    if not rows or not len(rows) == len(targets) == len(weights):
        raise ValueError("give at least one row, and as many targets and weights as rows")
    chance = random.Random(seed)  # noqa: S311
    reached = list(accumulate(weights))
    draw = partial(
        chance.choices, range(len(rows)), cum_weights=reached, k=max(1, round(plan.rows * len(rows)))
    )
    start = median(targets[row] for row in draw())
    errors = [target - start for target in targets]
    columns = [_Column.of(values) for values in zip(*rows, strict=True)]
    usable = [index for index, column in enumerate(columns) if column.cuts]
    shown = max(1, round(plan.features * len(usable)))
    trees = []
    for _ in range(plan.trees if usable else 0):
        grower = _Grower(columns, sorted(chance.sample(usable, shown)), errors, plan)
        trees.append(grower.grow(draw()))
        grower.take_off(errors)
    return Ensemble(start, tuple(trees))


@dataclass(frozen=True, slots=True)
class _Column:
    """One feature of all rows as bins; `cuts` are the upper ends of all bins but the last."""

    cuts: list[float]
    bins: bytes

    @classmethod
    def of(cls, values: Sequence[float]) -> _Column:
        ranked = sorted(values)
        last = ranked[-1]
        cuts = sorted(
            cut for cut in {ranked[len(ranked) * step // _BINS] for step in range(1, _BINS)} if cut < last
        )
        return cls(cuts, bytes(bisect_left(cuts, value) for value in values))


class _Grower:
    """Grows one tree on the errors that are left."""

    def __init__(
        self, columns: Sequence[_Column], shown: Sequence[int], errors: Sequence[float], plan: BoostingPlan
    ) -> None:
        self._columns = columns
        self._shown = shown
        self._errors = errors
        self._plan = plan
        self._tree = Tree([], [], [], [], [])

    def grow(self, rows: list[int]) -> Tree:
        """The tree learned from these rows."""
        self._node(rows, self._plan.depth)
        return self._tree

    def take_off(self, errors: list[float]) -> None:
        """Takes what the tree has learned off the errors of all rows."""
        tree, parts = self._tree, [(0, list(range(len(errors))))]
        while parts:
            node, rows = parts.pop()
            if tree.feature[node] < 0:
                for row in rows:
                    errors[row] -= tree.value[node]
                continue
            column = self._columns[tree.feature[node]]
            bins, cut = column.bins, bisect_left(column.cuts, tree.threshold[node])
            parts.append((tree.left[node], [row for row in rows if bins[row] <= cut]))
            parts.append((tree.right[node], [row for row in rows if bins[row] > cut]))

    def _node(self, rows: list[int], depth: int) -> int:
        tree, node = self._tree, len(self._tree.feature)
        tree.feature.append(-1)
        tree.threshold.append(0.0)
        tree.left.append(-1)
        tree.right.append(-1)
        tree.value.append(0.0)
        split = self._best_split(rows) if depth and len(rows) >= 2 * _SMALLEST_LEAF else None
        if split is None:
            tree.value[node] = self._plan.step * median(self._errors[row] for row in rows)
            return node
        feature, cut = split
        bins = self._columns[feature].bins
        tree.feature[node], tree.threshold[node] = feature, self._columns[feature].cuts[cut]
        tree.left[node] = self._node([row for row in rows if bins[row] <= cut], depth - 1)
        tree.right[node] = self._node([row for row in rows if bins[row] > cut], depth - 1)
        return node

    def _best_split(self, rows: list[int]) -> tuple[int, int] | None:
        """The feature and bin that part too low from too high forecasts best; None if nothing does."""
        errors = self._errors
        too_low = [row for row in rows if errors[row] > 0]
        too_high = [row for row in rows if errors[row] <= 0]
        if not too_low or not too_high:
            return None
        pick_low, pick_high = _picker(too_low), _picker(too_high)
        count, pull = len(rows), len(too_low) - len(too_high)
        best, found = pull * pull / count + _LEAST_GAIN, None
        for feature in self._shown:
            column = self._columns[feature]
            lows, highs = bytes(pick_low(column.bins)), bytes(pick_high(column.bins))
            left = left_pull = 0
            for cut in range(len(column.cuts)):
                low, high = lows.count(cut), highs.count(cut)
                left += low + high
                left_pull += low - high
                right = count - left
                if right < _SMALLEST_LEAF:
                    break
                if left < _SMALLEST_LEAF:
                    continue
                gain = left_pull * left_pull / left + (pull - left_pull) ** 2 / right
                if gain > best:
                    best, found = gain, (feature, cut)
        return found


def _picker(rows: list[int]) -> Callable[[bytes], tuple[int, ...]]:
    """Picks these rows out of a column."""
    if len(rows) == 1:
        only = rows[0]
        return lambda bins: (bins[only],)
    return cast("Callable[[bytes], tuple[int, ...]]", itemgetter(*rows))
