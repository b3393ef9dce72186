"""Gradient-boosted regression trees in plain Python, small and quick enough for a nightly fit (Friedman 2001, 2002).

A split looks at the signs of the errors, as if their absolute size were to be minimised; a leaf takes the median or the
mean of its errors, and two ensembles that differ in this err less together than either. Features are cut into a few
bins by rank, and each tree sees rows drawn in proportion to their weight: so a split needs nothing but counts, which
Python does quickly on bytes.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain
from operator import itemgetter, sub
from statistics import fmean, median
from typing import Any, Final, cast

_BINS: Final = 16
_SMALLEST_LEAF: Final = 12
_LEAST_GAIN: Final = 1e-9
_UP_TO: Final = [bytes(place <= cut for place in range(256)) for cut in range(_BINS)]
"""Tables that make 1 of bins up to a cut and 0 of others."""


@dataclass(frozen=True, slots=True)
class BoostingPlan:
    """How much is learned: number and depth of trees, step, and the shares of rows and features each tree sees.

    A tree may be 8 splits deep: its leaves are counted in a byte. A leaf takes the median of its errors, or their mean
    with `mean_leaves`.
    """

    trees: int = 45
    depth: int = 5
    step: float = 0.13
    rows: float = 0.5
    features: float = 0.3
    mean_leaves: bool = False


_Nested = float | tuple[int, float, Any, Any]
"""A leaf's value, or feature, threshold, and what lies on both sides."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree as parallel lists; `feature` is -1 at a leaf, whose `value` counts."""

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]

    def nested(self, node: int = 0) -> _Nested:
        """The same from this node down as tuples in tuples, which are quickest to walk."""
        if self.feature[node] < 0:
            return self.value[node]
        below = self.nested(self.left[node]), self.nested(self.right[node])
        return (self.feature[node], self.threshold[node], *below)


@dataclass
class Ensemble:
    """The sum of a start value and many small trees."""

    start: float
    trees: tuple[Tree, ...]

    def __post_init__(self) -> None:
        self._roots = [tree.nested() for tree in self.trees]

    def predict(self, row: Sequence[float]) -> float:
        """The learned value for a row of features."""
        total = self.start
        for root in self._roots:
            node: Any = root
            while type(node) is tuple:
                feature, threshold, left, right = node
                node = left if row[feature] <= threshold else right
            total += node
        return total

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
        errors = list(map(sub, errors, grower.leaf_values()))
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
        return cls(cuts, bytes(map(partial(bisect_left, cuts), values)))


_Sides = tuple[list[int], list[int]]
"""Rows forecast too low, and the others."""

_Counts = tuple[list[int], list[int]]
"""Rows of a node by bin of one feature: those forecast too low, and the others."""


class _Grower:
    """Grows one tree on the errors that are left.

    A node's rows come in two lists, those forecast too low and the others, and are counted by bin. Of two children
    only the smaller one is counted; the larger one has what is left of its parent's counts.
    """

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
        errors = self._errors
        low, high = [row for row in rows if errors[row] > 0], [row for row in rows if errors[row] <= 0]
        self._node(low, high, self._counted(low, high), self._plan.depth)
        return self._tree

    def leaf_values(self) -> list[float]:
        """What the tree says of every row.

        All rows walk the tree at once: who is at a node is one large number with a byte a row, 1 or 0.
        """
        tree, count = self._tree, len(self._errors)
        parts = [(0, int.from_bytes(b"\1" * count, "little"))]
        values: list[float] = []
        leaves = 0
        while parts:
            node, rows = parts.pop()
            if tree.feature[node] < 0:
                leaves += len(values) * rows
                values.append(tree.value[node])
                continue
            column = self._columns[tree.feature[node]]
            cut = bisect_left(column.cuts, tree.threshold[node])
            left = rows & int.from_bytes(column.bins.translate(_UP_TO[cut]), "little")
            parts.append((tree.left[node], left))
            parts.append((tree.right[node], rows ^ left))
        return [values[leaf] for leaf in leaves.to_bytes(count, "little")]

    def _node(self, low: list[int], high: list[int], counts: list[_Counts] | None, depth: int) -> int:
        tree, node = self._tree, len(self._tree.feature)
        tree.feature.append(-1)
        tree.threshold.append(0.0)
        tree.left.append(-1)
        tree.right.append(-1)
        tree.value.append(0.0)
        split = None if counts is None else self._best_split(counts, len(low), len(high))
        if split is None or counts is None:
            middle = fmean if self._plan.mean_leaves else median
            tree.value[node] = self._plan.step * middle([self._errors[row] for row in chain(low, high)])
            return node
        feature, cut = split
        bins = self._columns[feature].bins
        tree.feature[node], tree.threshold[node] = feature, self._columns[feature].cuts[cut]
        left = [row for row in low if bins[row] <= cut], [row for row in high if bins[row] <= cut]
        right = [row for row in low if bins[row] > cut], [row for row in high if bins[row] > cut]
        left_counts, right_counts = self._counts_of(left, right, counts, depth - 1)
        tree.left[node] = self._node(*left, left_counts, depth - 1)
        tree.right[node] = self._node(*right, right_counts, depth - 1)
        return node

    def _counts_of(
        self, left: _Sides, right: _Sides, counts: list[_Counts], depth: int
    ) -> tuple[list[_Counts] | None, list[_Counts] | None]:
        """The counts of two children; None for one that is not split again."""
        sizes = len(left[0]) + len(left[1]), len(right[0]) + len(right[1])
        if not depth or max(sizes) < 2 * _SMALLEST_LEAF:
            return None, None
        smaller = self._counted(*(left if sizes[0] <= sizes[1] else right))
        larger = [
            ([*map(sub, low, low_less)], [*map(sub, high, high_less)])
            for (low, high), (low_less, high_less) in zip(counts, smaller, strict=True)
        ]
        return (smaller, larger) if sizes[0] <= sizes[1] else (larger, smaller)

    def _counted(self, low: list[int], high: list[int]) -> list[_Counts]:
        pick_low, pick_high = _picker(low), _picker(high)
        counts = []
        for feature in self._shown:
            column = self._columns[feature]
            lows, highs = bytes(pick_low(column.bins)), bytes(pick_high(column.bins))
            places = range(len(column.cuts))
            counts.append(([lows.count(place) for place in places], [highs.count(place) for place in places]))
        return counts

    def _best_split(self, counts: list[_Counts], low: int, high: int) -> tuple[int, int] | None:
        """The feature and bin that part too low from too high forecasts best; None if nothing does."""
        count, pull = low + high, low - high
        if not low or not high or count < 2 * _SMALLEST_LEAF:
            return None
        best, found = pull * pull / count + _LEAST_GAIN, None
        most = count - _SMALLEST_LEAF
        for feature, (lows, highs) in zip(self._shown, counts, strict=True):
            left_low = left_high = 0
            for cut, (more_low, more_high) in enumerate(zip(lows, highs, strict=True)):
                left_low += more_low
                left_high += more_high
                left = left_low + left_high
                if left > most:
                    break
                if left < _SMALLEST_LEAF:
                    continue
                left_pull = left_low - left_high
                right_pull = pull - left_pull
                gain = left_pull * left_pull / left + right_pull * right_pull / (count - left)
                if gain > best:
                    best, found = gain, (feature, cut)
        return found


def _picker(rows: list[int]) -> Callable[[bytes], tuple[int, ...]]:
    """Picks these rows out of a column."""
    if len(rows) < 2:
        return lambda bins: tuple(bins[row] for row in rows)
    return cast("Callable[[bytes], tuple[int, ...]]", itemgetter(*rows))
