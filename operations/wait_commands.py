"""`jiaohao learn` and `jiaohao score`: what the wait quotes of a hall learn, and how good they were."""

from __future__ import annotations

import click

from operations.desk import Desk, desk_options
from shared.hall.phrases import score_lines


@click.command()
@desk_options
def learn(desk: Desk) -> None:
    """Let today's wait quotes learn from the past days now.

    The programs do it by themselves after the first command of a day; a hall without them runs this once a day. Does
    nothing before the day has begun, and once it is done.
    """
    with desk.open_hall() as hall:
        lesson = hall.learn_waits()
    if lesson is None:
        desk.answer({"learned": False}, desk.words.say("operations-learn-nothing"))
        return
    values = {"learned": True, "days": lesson.days, "tickets": lesson.tickets, "bytes": lesson.size}
    desk.answer(values, desk.words.say("operations-learned", days=lesson.days, tickets=lesson.tickets))


@click.command()
@desk_options
def score(desk: Desk) -> None:
    """Tell how good last week's wait quotes were, beside two classic predictors on the same tickets.

    Computed from the quotes as they were stored with the tickets, whenever the quotes learn: so up to the day before.
    """
    with desk.open_hall() as hall:
        found = hall.quote_score()
    desk.answer(None if found is None else found.to_json(), "\n".join(score_lines(found, desk.words)))
