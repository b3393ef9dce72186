"""`jiaohao demo`: a hall day with everything at work, on the screen or into a folder of pictures."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from operations.demo.crew import Crew
from operations.demo.office_day import load_visitors
from operations.demo.programme import Programme, closing
from operations.demo.stage import KIOSK, PERSON_TERMINAL, Stage, stage
from operations.demo.summary import DaySummary, summarise, summary_table
from operations.desk import DIFFERENT, ENVIRONMENT, Desk, desk_options

DAY_HOURS = 9.0
SPEED_WITH_SCREEN = 20.0
SECONDS_WITHOUT_SCREEN = 60.0
PAPERS_PER_MINUTE = 30


def has_screen() -> bool:
    """Whether windows can be shown to somebody here."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


@click.command()
@click.option(
    "--speed", type=click.FloatRange(1, 5000), help="How many times faster than life (20 on a screen)"
)
@click.option("--hours", type=click.FloatRange(0.1, DAY_HOURS), default=DAY_HOURS, show_default=True)
@click.option("--seed", type=int, default=8, show_default=True, help="The same seed, the same customers")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    help="Where pictures, papers, the database and the summary go",
)
@click.option("--no-programs", is_flag=True, help="The queue alone: no kiosk, terminals or lobby")
@click.option("--no-screen", is_flag=True, help="Draw into pictures also where there is a screen")
@desk_options
def demo(
    desk: Desk,
    speed: float | None,
    hours: float,
    seed: int,
    output: Path,
    no_programs: bool,  # noqa: FBT001 - click's flags are keywords in fact
    no_screen: bool,  # noqa: FBT001
) -> int | None:
    """Run a hall day: real arrivals, clerks at work, and every program; a person can join in."""
    screen = has_screen() and not no_screen and not no_programs
    factor = speed or (SPEED_WITH_SCREEN if screen else hours * 3600 / SECONDS_WITHOUT_SCREEN)
    output.mkdir(parents=True, exist_ok=True)
    with stage(
        output.resolve(), factor, desk.settings.language, programs=not no_programs, screen=screen
    ) as set_up:
        crew = _crew(set_up, seed, factor, hours, screen=screen)
        programme = Programme(
            set_up, crew, closing(set_up, hours), lambda _share: None, with_pictures=not screen
        )
        if screen:
            from operations.demo.windows import play_on_screen

            play_on_screen(programme, desk.words)
        else:
            _play_with_progress(programme, desk)
        summary = summarise(set_up.hall.plan, set_up.hall.tickets(), set_up.hall.verify())
    return _report(desk, output, summary, programme)


def _crew(set_up: Stage, seed: int, factor: float, hours: float, *, screen: bool) -> Crew:
    plan = set_up.hall.plan
    visitors = load_visitors(plan, seed)
    printed = max(1, round(factor * 60 / hours / 60 / PAPERS_PER_MINUTE)) if not screen else 1
    with_programs = bool(set_up.actors)
    return Crew(
        hall=set_up.hall,
        opening=set_up.opening,
        visitors=visitors,
        clerks=[clerk for clerk in set_up.clerks if clerk.counter != PERSON_TERMINAL or not with_programs],
        seed=seed,
        print_at=lambda place: KIOSK if with_programs and place % printed == 0 else None,
    )


def _play_with_progress(programme: Programme, desk: Desk) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[clock]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(desk.words.say("operations-demo-running"), total=1.0, clock="")

        def show(share: float) -> None:
            now = programme.stage.clock.now().astimezone()
            progress.update(task, completed=share, clock=f"{now:%H:%M}")

        programme.on_progress = show
        programme.run()


def _report(desk: Desk, output: Path, summary: DaySummary, programme: Programme) -> int | None:
    values = summary.as_values() | {
        "pictures": [str(path.relative_to(output.resolve())) for path in programme.pictures],
        "troubles": programme.troubles,
    }
    (output / "summary.json").write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
    table = summary_table(summary, programme.stage.hall.plan, desk.words)
    lines = [
        desk.words.say(
            "operations-demo-result",
            issued=summary.issued,
            served=summary.served,
            missed=summary.no_shows,
            waiting=summary.still_waiting,
        ),
        desk.words.say("operations-demo-verified" if summary.verified else "operations-demo-not-verified"),
        *summary.differences,
        *programme.troubles,
    ]
    with (output / "summary.txt").open("w", encoding="utf-8") as file:
        console = Console(file=file, width=110)
        console.print(table)
        console.print("\n".join(lines))
    if desk.as_json:
        desk.answer(values, "")
    else:
        Console().print(table)
        click.echo("\n".join([*lines, desk.words.say("operations-demo-written", folder=str(output))]))
    if not summary.verified:
        return DIFFERENT
    return ENVIRONMENT if programme.troubles else None
