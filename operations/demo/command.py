"""`jiaohao demo`: a hall day with everything at work, on the screen or into a folder of pictures."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from operations.demo.crew import Crew
from operations.demo.office_day import load_visitors
from operations.demo.play import TICK_SECONDS, LivePlay, Photographer, play_at_once
from operations.demo.stage import CREW_TERMINAL, KIOSK, PERSON_TERMINAL, PIN, Stage, programs, set_stage
from operations.demo.summary import DaySummary, summarise, summary_table
from operations.desk import DIFFERENT, ENVIRONMENT, Desk, desk_options
from operations.screen import has_screen
from shared.domain.clock import Clock, ManualClock, ScaledClock
from shared.hall import Hall, open_hall

DAY = timedelta(hours=9)
LIVE_FROM = timedelta(hours=4, minutes=30)
"""About one o'clock: the queue is long, and some of the clerks are at lunch."""

SPEED_WITH_SCREEN = 10.0
SPEED_WITHOUT_SCREEN = 60.0
LIVE_SECONDS_WITHOUT_SCREEN = 50.0
PICTURES_AT = (0.35, 0.8)
"""When pictures are taken, as shares of the live part."""


@click.command()
@click.option(
    "--speed", type=click.FloatRange(1, 1000), help="The live part runs so many times faster than life"
)
@click.option(
    "--minutes", type=click.FloatRange(1, 300), help="How long the live part is, in minutes of the hall's day"
)
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
    *,
    speed: float | None,
    minutes: float | None,
    seed: int,
    output: Path,
    no_programs: bool,
    no_screen: bool,
) -> int | None:
    """Run a hall day: real arrivals, clerks at work, and every program; a person can join in."""
    screen = has_screen() and not no_screen
    try:
        output.mkdir(parents=True, exist_ok=True)
        stage = set_stage(output.resolve(), desk.settings.language)
    except OSError as error:
        return desk.fail(ENVIRONMENT, "output", str(error))
    zone = ZoneInfo(stage.plan.timezone)
    day = _Day(stage, seed)
    with (
        _ended_by_signal(),
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[clock]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        ) as progress,
    ):
        task = progress.add_task(
            desk.words.say("operations-demo-running"), total=DAY.total_seconds(), clock=""
        )

        def show(now: datetime) -> None:
            done = (now - day.stage.opening).total_seconds()
            progress.update(task, completed=done, clock=f"{now.astimezone(zone):%H:%M}")

        if not no_programs:
            factor = speed or (SPEED_WITH_SCREEN if screen else SPEED_WITHOUT_SCREEN)
            day.play_quietly(LIVE_FROM, show)
            length = _live_length(minutes, factor, screen=screen)
            if screen:
                day.play_on_screen(factor, length, desk, show)
            else:
                day.play_for_pictures(factor, length, show)
        day.play_quietly(DAY, show)
    return _report(desk, output, day)


def _live_length(minutes: float | None, factor: float, *, screen: bool) -> timedelta:
    if minutes is not None:
        return timedelta(minutes=minutes)
    return DAY if screen else timedelta(seconds=LIVE_SECONDS_WITHOUT_SCREEN * factor)


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Let SIGTERM end the day as Ctrl+C does: through every block that has a program or a thread to end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@dataclass(slots=True)
class _Day:
    """The day as far as it was played: the crew goes on from one part to the next."""

    stage: Stage
    seed: int
    pictures: list[Path] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    crew: Crew = field(init=False)
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.stage.opening
        self.crew = Crew(
            hall=self._hall(ManualClock(self.now)),
            opening=self.stage.opening,
            visitors=load_visitors(self.stage.plan, self.seed),
            clerks=self.stage.clerks,
            seed=self.seed,
        )

    def play_quietly(self, until: timedelta, show: Callable[[datetime], None]) -> None:
        """Play on without programs until so long after the opening."""
        clock = ManualClock(self.now)
        self._take_over(clock)
        play_at_once(self.crew, clock, max(self.now, self.stage.opening + until), show)
        self.now = clock.now()

    def play_for_pictures(self, factor: float, length: timedelta, show: Callable[[datetime], None]) -> None:
        """Play live with the programs for a while, and take pictures of them."""
        clock = self._live_clock(factor)
        with programs(self.stage, clock, screen=False) as actors:
            moments = [self.now + length * share for share in PICTURES_AT]
            photographer = Photographer(actors, self.stage, moments)
            for counter in (CREW_TERMINAL, PERSON_TERMINAL):
                photographer.tell(f"counter-{counter}", "login", str(1000 + counter), PIN)
            with LivePlay(self.crew, clock, self.now + length) as play:
                while play.running:
                    show(play.now())
                    photographer.look(play.now())
                    time.sleep(TICK_SECONDS)
        self._end_live(clock)
        self.pictures, self.troubles = photographer.pictures, photographer.troubles

    def play_on_screen(
        self, factor: float, length: timedelta, desk: Desk, show: Callable[[datetime], None]
    ) -> None:
        """Play live on the screen until the day is over or the person closes the demo's window."""
        from operations.demo.windows import play_in_windows

        clock = self._live_clock(factor)
        with programs(self.stage, clock, screen=True) as actors:
            actors[f"counter-{CREW_TERMINAL}"].tell("login", str(1000 + CREW_TERMINAL), PIN)
            until = min(self.now + length, self.stage.opening + DAY)
            play_in_windows(self.crew, clock, self.stage, until, desk.words, show)
        self._end_live(clock)

    def _live_clock(self, factor: float) -> ScaledClock:
        clock = ScaledClock(datetime.now(UTC), self.now, factor)
        self._take_over(clock)
        self.crew.resting = frozenset({PERSON_TERMINAL})
        self.crew.print_at = lambda _place: KIOSK
        return clock

    def _end_live(self, clock: Clock) -> None:
        self.now = clock.now()
        self.crew.resting = frozenset()
        self.crew.print_at = lambda _place: None

    def _take_over(self, clock: Clock) -> None:
        self.crew.hall.close()
        self.crew.hall = self._hall(clock)

    def _hall(self, clock: Clock) -> Hall:
        return open_hall(self.stage.database_url, self.stage.plan.id, clock=clock)


def _report(desk: Desk, output: Path, day: _Day) -> int | None:
    hall = day.crew.hall
    summary = summarise(day.stage.plan, hall.tickets(), hall.verify())
    hall.close()
    values = summary.as_values() | {
        "pictures": [str(path.relative_to(output.resolve())) for path in day.pictures],
        "troubles": day.troubles,
    }
    (output / "summary.json").write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
    table = summary_table(summary, day.stage.plan, desk.words)
    lines = _lines(desk, summary, day.troubles)
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
    return ENVIRONMENT if day.troubles else None


def _lines(desk: Desk, summary: DaySummary, troubles: list[str]) -> list[str]:
    result = desk.words.say(
        "operations-demo-result",
        issued=summary.issued,
        served=summary.served,
        missed=summary.no_shows,
        waiting=summary.still_waiting,
    )
    verdict = "operations-demo-verified" if summary.verified else "operations-demo-not-verified"
    return [result, desk.words.say(verdict), *summary.differences, *troubles]
