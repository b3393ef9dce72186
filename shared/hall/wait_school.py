"""The nightly lesson of the quotes: once a business day, from the hall's own log of the last four weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, Engine

from shared.domain.event import EventKind
from shared.domain.plan import HallPlan
from shared.domain.waits.day_log import DayLog
from shared.domain.waits.forecaster import HallForecaster
from shared.domain.waits.happening import Happening
from shared.domain.waits.learning import learn_from_happenings
from shared.domain.waits.live import fresh_forecaster
from shared.domain.waits.quote_score import QuoteScore, ScoreKeeper
from shared.hall.command_runner import CommandRunner
from shared.store.audit import day_events
from shared.store.backup.copying import unhurried
from shared.store.day_transaction import DayTransaction, NothingToDo
from shared.store.days import latest_open_day
from shared.store.engine import reading
from shared.store.learned_waits import claim_lesson, is_claimed, keep_lesson, past_days, tickets_of

DAYS_LEARNED: Final = 28
"""Business days with tickets that a lesson looks back on."""

DAYS_SCORED: Final = 7
"""The last of them, whose quotes are scored: a week, or what there is of one."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from: business days and tickets; `size` in bytes is what the store keeps of it."""

    days: int
    tickets: int
    size: int


def lesson_due(engine: Engine, runner: CommandRunner) -> date | None:
    """The open business day for which nobody has learned yet though there are earlier days; else None."""
    with reading(engine) as connection:
        day = latest_open_day(connection, runner.hall_id)
        if day is None or day != runner.today(connection):
            return None
        if is_claimed(connection, runner.hall_id, day, runner.clock.now()):
            return None
        return day if past_days(connection, runner.hall_id, day, 1) else None


def learn_waits(engine: Engine, runner: CommandRunner) -> Lesson | None:
    """Learn for the open day, if that is due and no other program is at it.

    Raises:
        StoreUnavailable: the store cannot answer now; another program, or the next try, learns later.
    """
    day = lesson_due(engine, runner)
    if day is None or not claim_lesson(engine, runner.hall_id, day, runner.clock.now()):
        return None
    plan = runner.current_plan()[1]
    with reading(engine) as connection:
        # Between two days' events the forecaster fits its trees, which takes a slow machine longer than a pause may.
        unhurried(connection)
        days = past_days(connection, runner.hall_id, day, DAYS_LEARNED)
        tickets = tickets_of(connection, runner.hall_id, days)
        forecaster, score = taught(connection, runner.hall_id, plan, days, tickets)
    return _keep(runner, day, forecaster, score, len(days), tickets)


def taught(
    connection: Connection, hall_id: str, plan: HallPlan, days: list[date], tickets: int
) -> tuple[HallForecaster, QuoteScore | None]:
    """A forecaster that has lived through these days under the plan of today, and the last week's score."""
    forecaster = fresh_forecaster(plan)
    keeper = ScoreKeeper(days[-DAYS_SCORED:][0], forecaster.simple_readings)
    learn_from_happenings(_happenings(connection, hall_id, plan, days, keeper), tickets, forecaster)
    return forecaster, keeper.score()


def _happenings(
    connection: Connection, hall_id: str, plan: HallPlan, days: list[date], keeper: ScoreKeeper
) -> Iterator[Happening]:
    """What happened on these days, in the order of the log; the keeper of the score sees it first."""
    for day in days:
        log = DayLog(plan)
        for event in day_events(connection, hall_id, day):
            for happening in log.happenings(event):
                keeper.note(event, happening)
                yield happening


def _keep(
    runner: CommandRunner,
    day: date,
    forecaster: HallForecaster,
    score: QuoteScore | None,
    days: int,
    tickets: int,
) -> Lesson | None:
    def work(tx: DayTransaction, _plan: HallPlan) -> Lesson:
        if tx.day != day:
            raise NothingToDo
        size = keep_lesson(tx, forecaster.to_json(), None if score is None else score.to_json())
        tx.note(EventKind.WAITS_LEARNED, {"days": days, "tickets": tickets})
        return Lesson(days, tickets, size)

    try:
        return runner.run("learn waits", None, work, lambda _events, _tickets: Lesson(days, tickets, 0))
    except NothingToDo:
        return None
