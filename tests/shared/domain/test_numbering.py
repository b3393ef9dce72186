from __future__ import annotations

import pytest

from shared.domain.numbering import ticket_number


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
