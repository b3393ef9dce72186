"""`jiaohao staffing`: how many counters the hall needs by half-hour, and what one more would do now."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from operations.desk import Desk, desk_options
from shared.domain.plan import HallPlan
from shared.domain.staffing.half_hours import HalfHour
from shared.domain.staffing.what_if import Change, Outlook
from shared.hall.staffing import DAYS, counter_changes, staffing_table
from shared.words import Words

WEEKDAYS = [name.lower() for name in calendar.day_abbr]


@click.command()
@click.option(
    "--now", is_flag=True, help="What each counter would do now by opening, or by taking nobody more"
)
@click.option(
    "--open", "opened", type=int, multiple=True, metavar="N", help="What opening counter N would do now"
)
@click.option(
    "--close", "closed", type=int, multiple=True, metavar="N", help="What closing counter N would do now"
)
@click.option("--weekday", type=click.Choice(WEEKDAYS), help="Only past days of this name")
@click.option(
    "--days", type=click.IntRange(1, 366), default=DAYS, show_default=True, help="Days back to learn from"
)
@desk_options
def staffing(
    desk: Desk, opened: tuple[int, ...], closed: tuple[int, ...], weekday: str | None, days: int, *, now: bool
) -> None:
    """Print how many counters each half-hour needs; with --now, --open or --close, what a counter would do now."""
    changes = [*((number, True) for number in opened), *((number, False) for number in closed)]
    if now or changes:
        _tell_changes(desk, changes, days)
    else:
        _tell_table(desk, None if weekday is None else WEEKDAYS.index(weekday), days)


def _tell_changes(desk: Desk, changes: list[tuple[int, bool]], days: int) -> None:
    with desk.open_hall() as hall, _progress(desk.words) as progress:
        told = counter_changes(hall, changes, days=days, progress=progress)
    text = "\n".join(change_in_words(desk.words, change) for change in told)
    desk.answer({"changes": [_change_values(change) for change in told]}, text)


def _tell_table(desk: Desk, weekday: int | None, days: int) -> None:
    with desk.open_hall() as hall, _progress(desk.words) as progress:
        table = staffing_table(hall, days=days, weekday=weekday, progress=progress)
        plan = hall.plan
    text = _table_text(desk.words, plan, table) if table else desk.words.say("staffing-no-past")
    desk.answer({"half_hours": [_half_hour_values(one) for one in table]}, text)


def change_in_words(words: Words, change: Change) -> str:
    """What a counter's opening or closing does to the waits, in a sentence or two."""
    before, after = round(change.before.nine_in_ten), round(change.after.nine_in_ten)
    said = words.say(
        "staffing-open" if change.opens else "staffing-close",
        counter=change.counter,
        trend="same" if before == after else "down" if after < before else "up",
        before=before,
        after=after,
        kept_before=round(100 * change.before.within_promise),
        kept_after=round(100 * change.after.within_promise),
    )
    if not change.before.stranded and not change.after.stranded:
        return said
    stranded = words.say("staffing-stranded", before=change.before.stranded, after=change.after.stranded)
    return f"{said}\n  {stranded}"


@contextmanager
def _progress(words: Words) -> Iterator[Callable[[float], None]]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words.say("staffing-working"), total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _table_text(words: Words, plan: HallPlan, half_hours: tuple[HalfHour, ...]) -> str:
    console = Console(width=110)
    with console.capture() as captured:
        for services in dict.fromkeys(one.services for one in half_hours):
            table = Table(title=_pool_name(words, plan, services))
            for column in ("time", "arrivals", "minutes", "needed", "at-work", "expected", "kept", "wait"):
                table.add_column(words.say(f"staffing-column-{column}"), justify="right")
            for one in (one for one in half_hours if one.services == services):
                table.add_row(
                    f"{one.begins:%H:%M}",
                    f"{one.arrivals:.1f}",
                    f"{one.service_minutes:.1f}",
                    str(one.needed),
                    f"{one.at_work:.1f}",
                    _share(one.kept_expected),
                    _share(one.kept),
                    "" if one.mean_wait is None else f"{one.mean_wait:.0f}",
                )
            console.print(table)
    return captured.get().rstrip()


def _pool_name(words: Words, plan: HallPlan, services: tuple[str, ...]) -> str:
    if len(services) == len(plan.services):
        return words.say("staffing-all-services")
    between = "、" if words.language == "zh" else ", "
    return between.join(plan.service(key).name.in_language(words.language) for key in services)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _half_hour_values(one: HalfHour) -> dict[str, object]:
    return {
        "begins": f"{one.begins:%H:%M}",
        "services": list(one.services),
        "days": one.days,
        "arrivals": one.arrivals,
        "service_minutes": one.service_minutes,
        "needed": one.needed,
        "at_work": one.at_work,
        "kept_expected": one.kept_expected,
        "kept": one.kept,
        "mean_wait": one.mean_wait,
    }


def _change_values(change: Change) -> dict[str, object]:
    return {
        "counter": change.counter,
        "opens": change.opens,
        "people": change.people,
        "before": _outlook_values(change.before),
        "after": _outlook_values(change.after),
    }


def _outlook_values(outlook: Outlook) -> dict[str, float | int]:
    return {
        "nine_in_ten_minutes": outlook.nine_in_ten,
        "mean_minutes": outlook.mean,
        "within_promise": outlook.within_promise,
        "stranded": outlook.stranded,
    }
