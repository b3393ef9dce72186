"""`jiaohao bench …`: how a hall stands up to many programs at once."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from operations.bench_contention import Outcome, contend
from operations.desk import DIFFERENT, Desk, desk_options

TROUBLES_TOLD = 10


@click.group()
def bench() -> None:
    """Measure a hall under load."""


@bench.command()
@click.option("--processes", type=click.IntRange(1, 200), default=8, show_default=True)
@click.option("--issues", type=click.IntRange(1), default=800, show_default=True, help="By all together")
@click.option("--calls", type=click.IntRange(1), default=400, show_default=True, help="By all together")
@click.option(
    "--burst", "rounds", type=click.IntRange(0), default=0, help="So many times all press Next at once"
)
@click.option(
    "--store", metavar="URL", help="A database for tests, which keeps a new hall; else a SQLite file for now"
)
@desk_options
def contention(
    desk: Desk, *, processes: int, issues: int, calls: int, rounds: int, store: str | None
) -> int | None:
    """Issue and call from many processes; exit code 1 when anything was given or called twice, or failed."""
    with tempfile.TemporaryDirectory(prefix="jiaohao-bench-") as folder:
        url = store or f"sqlite:///{Path(folder) / 'hall.db'}"
        outcome = contend(url, processes, issues, calls, rounds)
    values = asdict(outcome) | {"processes": processes, "burst_rounds": rounds, "sound": outcome.sound}
    desk.answer(values, _told(desk, outcome, processes))
    return None if outcome.sound else DIFFERENT


def _told(desk: Desk, outcome: Outcome, processes: int) -> str:
    say = desk.words.say
    lines = [
        say("bench-done", issued=outcome.issued, called=outcome.called, processes=processes),
        say(
            "bench-rates",
            issues=round(outcome.issues_per_second),
            calls=round(outcome.calls_per_second),
        ),
        say(
            "bench-faults",
            numbers=outcome.duplicate_numbers,
            called=outcome.called_twice,
            errors=len(outcome.errors),
        ),
        say("bench-log-clean" if not outcome.differences else "bench-log-differs"),
    ]
    return "\n".join([*lines, *outcome.differences[:TROUBLES_TOLD], *outcome.errors[:TROUBLES_TOLD]])
