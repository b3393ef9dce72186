from __future__ import annotations

import pytest

from shared.domain.numbering import ordinal_to_go_on_above, ticket_number


@pytest.mark.parametrize(
    ("ordinal", "number"),
    [(1, "A001"), (10, "A010"), (999, "A999"), (1000, "A1000"), (1001, "A1001"), (12345, "A12345")],
)
def test_numbers_grow_a_digit_and_never_start_again(ordinal: int, number: str) -> None:
    assert ticket_number("A", ordinal) == number


@pytest.mark.parametrize("ordinal", [0, -1])
def test_there_is_no_number_before_the_first(ordinal: int) -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        ticket_number("A", ordinal)


@pytest.mark.parametrize(
    ("last", "busiest", "above"),
    [(0, 0, 500), (1, 1, 600), (100, 333, 600), (101, 334, 700), (40, 1000, 1600), (500, 0, 1000)],
)
def test_numbers_that_may_be_in_somebody_s_hand_are_passed_over(last: int, busiest: int, above: int) -> None:
    assert ordinal_to_go_on_above(last, busiest) == above
