from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks import city, devices, history, long_run, programs, queue_speed, reaction
from benchmarks.measurement import QUICK, Effort, Measurement, percentile

Benchmark = Callable[[Effort, Path], Iterator[Measurement]]


@pytest.mark.parametrize(
    ("benchmark_of", "lines"),
    [
        (queue_speed.measure, 8),
        (history.measure, 23),
        (city.measure, 18),
        (reaction.measure, 28),
        (programs.measure, 9),
        (devices.measure, 8),
    ],
)
def test_a_benchmark_runs_and_yields_numbers(benchmark_of: Benchmark, lines: int) -> None:
    # Not in pytest's folder: that is root's alone, and a server runs under another name where the tests run as root.
    with tempfile.TemporaryDirectory(prefix="jiaohao-bench-", ignore_cleanup_errors=True) as folder:
        found = list(benchmark_of(QUICK, Path(folder)))
    assert len({one.what for one in found}) == len(found) == lines
    # A program may use no measurable time in an instant of idleness, nor a server for a handful of commands: the system
    # counts its time in hundredths of a second. Everything else takes some.
    too_short = ("idle", "stall", "server's processor time")
    assert [
        one for one in found if one.value <= 0 and not any(short in one.what for short in too_short)
    ] == []
    assert all(one.ratio is None or one.ratio > 0 for one in found)


def test_percentiles() -> None:
    values = [float(value) for value in range(101)]
    assert [percentile(values, share) for share in (50, 99)] == [50.0, 99.0]
    assert percentile([7.0], 99) == 7.0


def test_a_long_run_works_and_tells_what_has_grown(tmp_path: Path) -> None:
    found = {
        one.what: one for one in long_run.measure(0.15, tmp_path, timedelta(minutes=3), timedelta(minutes=9))
    }
    assert found["tickets"].value > 0
    assert found["differences between log and tables"].value == 0
    assert [what for what in found if "24 hours later" in what] == [
        f"{name}: {what} 24 hours later"
        for name in ("kiosk", "counter", "lobby")
        for what in ("memory", "threads", "descriptors")
    ]
    assert all(one.ratio for one in found.values() if "24 hours later" in one.what)
