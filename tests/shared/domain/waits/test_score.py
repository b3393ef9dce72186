from __future__ import annotations

import math

import pytest

from shared.domain.waits.happening import WaitRange
from shared.domain.waits.score import Tally


def test_a_score_by_hand() -> None:
    tally = Tally()
    for minutes, low, high, wait in ((10, 5, 15, 12), (10, 5, 15, 16), (10, 5, 15, 3), (4, 2, 6, 4)):
        tally.add(WaitRange(minutes, low, high, measured=True), wait)
    score = tally.score()
    assert (score.n, score.coverage, score.late) == (4, 0.5, 0.25)
    assert score.mae == pytest.approx((2 + 6 + 7 + 0) / 4)
    assert score.median_error == 4
    assert score.rmse == pytest.approx(math.sqrt((4 + 36 + 49) / 4))
    assert score.bias == pytest.approx((-2 - 6 + 7) / 4)
    assert score.width == pytest.approx((10 + 10 + 10 + 4) / 4)


def test_nothing_has_no_score() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        Tally().score()
