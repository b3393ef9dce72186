from __future__ import annotations

from datetime import time

import pytest

from shared.domain.volume_hours import VolumeHours


def test_spans_have_their_own_loudness_and_the_rest_of_the_day_the_usual() -> None:
    hours = VolumeHours.parse("12:00-14:00 40, 17:30-18:00 60%", 90)
    moments = [time(11, 59), time(12), time(13, 59), time(14), time(17, 45), time(18)]
    assert [hours.at(moment) for moment in moments] == [90, 40, 40, 90, 60, 90]


def test_a_span_may_go_over_midnight() -> None:
    hours = VolumeHours.parse("22:00-7:00 20", 100)
    moments = [time(21, 59), time(22), time(0), time(6, 59), time(7)]
    assert [hours.at(moment) for moment in moments] == [100, 20, 20, 20, 100]


def test_of_two_spans_that_overlap_the_first_counts() -> None:
    assert VolumeHours.parse("12:00-14:00 40, 13:00-15:00 60", 100).at(time(13, 30)) == 40


def test_without_spans_it_is_always_the_usual() -> None:
    assert VolumeHours.parse("", 70).at(time(3)) == 70


@pytest.mark.parametrize(
    "text", ["noon 40", "12:00-14:00", "12:00-24:00 40", "12:00-13:60 40", "12:00-14:00 101"]
)
def test_a_span_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no span; write it like 12:00-14:00 40"):
        VolumeHours.parse(text, 100)
