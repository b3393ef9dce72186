"""What a hall remembers of its devices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.device_health import SILENT_AFTER, DeviceKind, DeviceReport, DeviceState, heard

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FINE = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "escpos+tcp://10.0.0.9", DeviceState.OK)
EMPTY = replace(FINE, state=DeviceState.DOWN, cause="paper_out")


def test_since_is_when_the_state_began_and_seen_at_when_it_was_told_last() -> None:
    first = heard(None, FINE, TEN)
    later = heard(first, FINE, TEN + MINUTE)
    assert (later.since, later.seen_at) == (TEN, TEN + MINUTE)
    down = heard(later, EMPTY, TEN + 2 * MINUTE)
    assert down.since == TEN + 2 * MINUTE


def test_the_last_error_and_its_beginning_outlive_it() -> None:
    down = heard(heard(None, FINE, TEN), EMPTY, TEN + MINUTE)
    still = heard(down, EMPTY, TEN + 5 * MINUTE)
    well = heard(still, FINE, TEN + 9 * MINUTE)
    assert (well.last_error, well.last_error_at) == ("paper_out", TEN + MINUTE)
    assert (well.report.state, well.since) == (DeviceState.OK, TEN + 9 * MINUTE)


def test_another_cause_is_another_error() -> None:
    down = heard(None, EMPTY, TEN)
    other = heard(down, replace(EMPTY, cause="cover_open"), TEN + MINUTE)
    assert (other.last_error, other.last_error_at, other.since) == ("cover_open", TEN + MINUTE, TEN + MINUTE)


def test_a_device_whose_program_is_silent_needs_somebody_even_if_it_was_fine() -> None:
    health = heard(None, FINE, TEN)
    assert not health.needs_somebody(TEN + SILENT_AFTER)
    assert health.is_silent(TEN + SILENT_AFTER + MINUTE)
    assert health.needs_somebody(TEN + SILENT_AFTER + MINUTE)


@pytest.mark.parametrize(
    ("state", "needs"),
    [
        (DeviceState.OK, False),
        (DeviceState.UNKNOWN, False),
        (DeviceState.ATTENTION, True),
        (DeviceState.DOWN, True),
    ],
)
def test_who_is_down_or_low_needs_somebody(state: DeviceState, needs: bool) -> None:
    assert heard(None, replace(FINE, state=state), TEN).needs_somebody(TEN) is needs


def test_the_count_of_paper_is_news_only_while_it_runs_low() -> None:
    plenty = replace(FINE, tickets_left=300)
    assert not replace(FINE, tickets_left=299).is_news_after(plenty)
    low = replace(FINE, state=DeviceState.ATTENTION, cause="paper_low", tickets_left=30)
    assert low.is_news_after(plenty)
    assert replace(low, tickets_left=29).is_news_after(low)
