from __future__ import annotations

import pytest

from shared.domain.rating import LEVELS, NOT_RATED, Satisfaction, require_level, satisfaction


def test_good_and_very_good_are_satisfied_and_neutral_is_not() -> None:
    found = satisfaction([5, 4, 4, 3, 2, 1, NOT_RATED, NOT_RATED, None])
    assert found == Satisfaction(rated=6, satisfied=3, not_rated=2)
    assert found.share == 0.5


def test_nobody_rated_is_no_share_at_all() -> None:
    assert satisfaction([NOT_RATED, None]).share is None
    assert satisfaction([]) == Satisfaction(0, 0, 0)


@pytest.mark.parametrize("level", [0, 6, -1, 50])
def test_there_are_five_levels(level: int) -> None:
    assert [require_level(each) for each in LEVELS] == [1, 2, 3, 4, 5]
    with pytest.raises(ValueError, match="levels 1 to 5"):
        require_level(level)
