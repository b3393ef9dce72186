from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printing.escpos_status import causes_in, status_from, status_from_auto
from hardware.status import Cause, Health

QUESTION = st.integers(min_value=1, max_value=4)
BYTE = st.integers(min_value=0, max_value=255)


def test_the_answers_of_known_printers_are_understood(vectors: dict[str, Any]) -> None:
    for vector in vectors["escpos_status"]:
        answers = {n: int(answer, 16) for n, answer in enumerate(vector["answers"], start=1)}
        status = status_from(answers)
        assert (status.health, list(status.causes)) == (vector["health"], vector["causes"])


def test_the_automatic_status_of_known_printers_is_understood(vectors: dict[str, Any]) -> None:
    for vector in vectors["escpos_status"]:
        status = status_from_auto(bytes.fromhex(vector["auto"]))
        assert (status.health, list(status.causes)) == (vector["health"], vector["causes"])


def test_silence_is_unknown_and_never_fine() -> None:
    assert status_from({}).health is Health.UNKNOWN
    assert status_from({1: 0x12, 2: 0x12, 3: 0x12}).causes == (Cause.NO_ANSWER,)


def test_garbage_is_unknown() -> None:
    status = status_from({1: 0xFF})
    assert (status.health, status.causes) == (Health.UNKNOWN, (Cause.GARBAGE,))


def test_a_fault_counts_although_the_rest_is_missing() -> None:
    assert status_from({1: 0x1A, 2: 0x16}).causes == (Cause.COVER_OPEN,)


def test_an_error_that_the_printer_does_not_name_is_a_fault_all_the_same() -> None:
    status = status_from({1: 0x12, 2: 0x52, 3: 0x12, 4: 0x12})
    assert (status.health, status.causes) == (Health.DOWN, (Cause.MECHANICAL_ERROR,))


def test_no_byte_with_wrong_fixed_bits_is_read() -> None:
    with pytest.raises(ValueError, match="FF is no answer"):
        causes_in(4, 0xFF)


@given(st.dictionaries(QUESTION, BYTE))
def test_fine_is_only_said_of_four_sound_answers_without_fault(answers: dict[int, int]) -> None:
    status = status_from(answers)
    sound = len(answers) == 4 and all(answer & 0x93 == 0x12 for answer in answers.values())
    if status.health in {Health.OK, Health.ATTENTION}:
        assert sound
    if status.health is not Health.OK:
        assert status.causes
