"""`python -m benchmarks [NAME…] [--quick] [--presses N] [--minutes N] [--json FILE]`: measure, and print one table."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks import city, devices, history, long_run, programs, queue_speed, reaction
from benchmarks.measurement import FULL, QUICK, Measurement

BENCHMARKS = {
    "queue": queue_speed.measure,
    "history": history.measure,
    "city": city.measure,
    "reaction": reaction.measure,
    "programs": programs.measure,
    "devices": devices.measure,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--quick", is_flag=True, help="Tiny sizes: proves that it runs, measures nothing")
@click.option("--past", type=click.IntRange(2), help="history: so many past tickets, instead of 10 million")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(history.ENGINES),
    help="history: this engine alone",
)
@click.option("--taps", type=click.IntRange(1), help="reaction: so many taps at the kiosk, instead of 50")
@click.option(
    "--presses", type=click.IntRange(2), help="reaction, devices: so many presses of Next, instead of 500"
)
@click.option("--minutes", default=0.0, help="devices: afterwards flood for so long, and see what grows")
@click.option(
    "--two-days",
    type=click.FloatRange(0.1),
    help="Only this: two days of the hall within so many minutes (25 is a good length), and see what grows",
)
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write JSON")
def main(
    names: tuple[str, ...],
    *,
    quick: bool,
    past: int | None,
    engines: tuple[str, ...],
    taps: int | None,
    presses: int | None,
    minutes: float,
    two_days: float | None,
    json_file: Path | None,
) -> None:
    """Measure the queue, a long past, a city, the programs' reaction and needs, and what bad devices cost."""
    effort = QUICK if quick else FULL
    effort = replace(
        effort,
        past=past or effort.past,
        taps=taps or effort.taps,
        presses=presses or effort.presses,
    )
    found: list[Measurement] = []
    if two_days is not None:
        with tempfile.TemporaryDirectory(prefix="jiaohao-bench-", ignore_cleanup_errors=True) as folder:
            found.extend(long_run.measure(two_days, Path(folder)))
    for name in () if two_days is not None else names or BENCHMARKS:
        with tempfile.TemporaryDirectory(prefix="jiaohao-bench-", ignore_cleanup_errors=True) as folder:
            if name == "devices":
                found.extend(devices.measure(effort, Path(folder), minutes))
            elif name == "history":
                found.extend(history.measure(effort, Path(folder), engines or history.ENGINES))
            else:
                found.extend(BENCHMARKS[name](effort, Path(folder)))
    Console(width=110).print(_table(found))
    if json_file is not None:
        values = [asdict(one) | {"ratio": one.ratio} for one in found]
        json_file.write_text(json.dumps(values, indent=2), encoding="utf-8")


def _table(found: list[Measurement]) -> Table:
    table = Table()
    for title in ("benchmark", "what", "measured", "compared with", "ratio"):
        table.add_column(title, justify="left" if title in ("benchmark", "what") else "right")
    for one in found:
        baseline = "" if one.baseline is None else f"{one.baseline:,.1f} {one.unit}"
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        table.add_row(one.benchmark, one.what, f"{one.value:,.1f} {one.unit}", baseline, ratio)
    return table


if __name__ == "__main__":
    main()
