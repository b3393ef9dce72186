"""`jiaohao backtest`: how good wait forecasts would have been on a hall's history, without look-ahead."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from operations.backtest_plot import draw_scores
from operations.backtest_replay import replayed
from operations.backtest_tallies import SIZE_EDGES, Tallies, size_text
from operations.history_file import History, HistoryFileError, read_history
from shared.domain.waits.replay import Forecast
from shared.domain.waits.score import Tally
from shared.settings import load_settings
from shared.words import Language, Words

_FILE_WIDTH = 160
"""Characters of a line where the tables go into a file or a pipe."""

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("history_file", metavar="HISTORY.csv[.gz]", type=_FILE)
@click.option("--test-from", type=click.DateTime(["%Y-%m-%d"]), help="First day scored (default: half-way)")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document")
@click.option("--plot", type=_FILE, help="Draw the scores into this PNG file")
@click.option("--forecasts", type=_FILE, help="Write every scored forecast into this CSV file")
@click.option("--language", type=click.Choice([str(language) for language in Language]), help="zh or en")
def backtest(
    history_file: Path,
    test_from: datetime | None,
    as_json: bool,  # noqa: FBT001 - click hands options over by name
    plot: Path | None,
    forecasts: Path | None,
    language: str | None,
) -> None:
    """Replay a hall's history event by event and score our forecasts beside the classic ones.

    Every forecast sees the past alone. HISTORY.csv has a row a ticket; columns: hall, service, issued_at, called_at,
    and where known priority, finished_at, left_at, counter, people_ahead, counters_open. Local ISO times.
    """
    words, notes = Words(load_settings(language=language).language), Console(stderr=True)
    history = _read(history_file)
    if history.impossible:
        notes.print(words.say("backtest-impossible", count=history.impossible))
    first_scored = test_from.date() if test_from else _half_way(history)
    tallies = Tallies()
    with _forecast_file(forecasts) as write:
        for forecast in _scored(history, first_scored, words, notes):
            tallies.add(forecast)
            write(forecast)
    if tallies.is_empty:
        raise click.ClickException(_nothing_to_score(history, first_scored, words))
    if plot is not None:
        draw_scores(tallies, plot, words)
        notes.print(words.say("backtest-plot-written", path=str(plot)))
    if as_json:
        click.echo(json.dumps(as_values(tallies), ensure_ascii=False))
    else:
        _print_tables(tallies, first_scored, words)


def as_values(tallies: Tallies) -> dict[str, object]:
    """The scores as JSON values: `overall` and `halls`, each by predictor; minutes and shares of 1."""
    halls = {hall: _scores(by_name) for hall, by_name in tallies.halls.items()}
    return {"overall": _scores(tallies.overall), "halls": halls}


def _scores(by_name: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 4) for key, value in asdict(tally.score()).items()}
        for name, tally in by_name.items()
    }


def _read(path: Path) -> History:
    try:
        return read_history(path)
    except HistoryFileError as error:
        raise click.ClickException(str(error)) from None


def _days(history: History) -> list[date]:
    return sorted({ticket.issued_at.date() for tickets in history.halls.values() for ticket in tickets})


def _half_way(history: History) -> date:
    """The first day of the later half, so that there are days to learn from."""
    days = _days(history)
    return days[len(days) // 2]


def _nothing_to_score(history: History, first_scored: date, words: Words) -> str:
    days = _days(history)
    return words.say(
        "backtest-nothing-to-score", day=str(first_scored), first=str(days[0]), last=str(days[-1])
    )


def _scored(history: History, first_scored: date, words: Words, notes: Console) -> Iterator[Forecast]:
    """The forecasts of the scored days, hall by hall, under a progress bar."""
    with Progress(console=notes, transient=True) as progress:
        task = progress.add_task("", total=history.count)

        def told(hall: str, done: int) -> None:
            progress.update(task, description=words.say("backtest-working", hall=hall), advance=done)

        yield from replayed(history, first_scored, told)


@contextmanager
def _forecast_file(path: Path | None) -> Iterator[Callable[[Forecast], None]]:
    """Writes a row a forecast and predictor; nothing without a path."""
    if path is None:
        yield lambda _: None
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["hall", "service", "issued_at", "line", "wait", "predictor", "minutes", "low", "high"])

        def write(forecast: Forecast) -> None:
            ticket = forecast.ticket
            about = (
                ticket.hall,
                ticket.service,
                ticket.issued_at.isoformat(),
                ticket.id,
                forecast.wait_minutes,
            )
            for name, said in forecast.said.items():
                rows.writerow(
                    [*about, name, *(f"{value:.3f}" for value in (said.minutes, said.low, said.high))]
                )

        yield write


def _print_tables(tallies: Tallies, first_scored: date, words: Words) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    table = _table(words, words.say("backtest-title", day=str(first_scored)), "hall", "predictor")
    for hall, by_name in (*tallies.halls.items(), (words.say("backtest-overall"), tallies.overall)):
        for place, (name, tally) in enumerate(by_name.items()):
            table.add_row("" if place else hall, name, *_cells(tally))
        table.add_section()
    console.print(table)
    sizes = _table(words, words.say("backtest-by-size-title"), "size")
    for place, low in enumerate(SIZE_EDGES):
        if low in tallies.sizes:
            sizes.add_row(size_text(place, words), *_cells(tallies.sizes[low]))
    console.print(sizes)
    days = _table(words, words.say("backtest-by-day-title"), "day")
    for day, tally in sorted(tallies.days.items()):
        days.add_row(str(day), *_cells(tally))
    console.print(days)


def _table(words: Words, title: str, *first_columns: str) -> Table:
    table = Table(title=title)
    for name in first_columns:
        table.add_column(words.say(f"backtest-column-{name}"))
    for name in ("tickets", "mae", "median", "rmse", "bias", "coverage", "late", "width"):
        table.add_column(words.say(f"backtest-column-{name}"), justify="right")
    return table


def _cells(tally: Tally) -> list[str]:
    score = tally.score()
    minutes = (score.mae, score.median_error, score.rmse, score.bias)
    return [
        str(score.n),
        *(f"{value:.2f}" for value in minutes),
        f"{score.coverage:.1%}",
        f"{score.late:.1%}",
        f"{score.width:.1f}",
    ]


if __name__ == "__main__":
    backtest()
