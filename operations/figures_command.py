"""`jiaohao figures`: what was done at each counter today, and what the customers say of it."""

from __future__ import annotations

import click

from operations.desk import Desk, desk_options
from operations.plain_values import plain
from shared.domain.figures import CounterFigures
from shared.domain.rating import Satisfaction
from shared.words import Words


@click.command()
@click.option("--counter", type=int, metavar="N", help="Only this counter; all without it")
@desk_options
def figures(desk: Desk, counter: int | None) -> None:
    """Print today's figures by counter: served, no-shows, mean service time, satisfaction."""
    with desk.open_hall() as hall:
        plan = hall.plan
        chosen = plan.counters if counter is None else (plan.counter(counter),)
        by_counter = {one.number: hall.figures(one.number) for one in chosen}
        said = hall.satisfaction() if counter is None else by_counter[counter].satisfaction
    values = {
        "counters": [{"counter": number, **_values(one)} for number, one in by_counter.items()],
        "satisfaction": _satisfaction(said),
    }
    lines = [_line(desk.words, number, one) for number, one in by_counter.items()]
    desk.answer(values, "\n".join([*lines, _said(desk.words, said)]))


def _values(one: CounterFigures) -> dict[str, object]:
    mean = one.mean_service
    return {
        "served": one.served,
        "no_shows": one.no_shows,
        "mean_service_seconds": None if mean is None else round(mean.total_seconds()),
        "within_limit": one.within_limit,
        "satisfaction": _satisfaction(one.satisfaction),
    }


def _satisfaction(said: Satisfaction) -> dict[str, object]:
    return {**plain(said), "share": said.share}


def _line(words: Words, counter: int, one: CounterFigures) -> str:
    return words.say(
        "operations-figures-counter",
        counter=counter,
        served=one.served,
        missed=one.no_shows,
        satisfaction=_said(words, one.satisfaction),
    )


def _said(words: Words, said: Satisfaction) -> str:
    if said.share is None:
        return words.say("operations-figures-unrated", not_rated=said.not_rated)
    return words.say(
        "operations-figures-satisfaction",
        percent=round(said.share * 100),
        rated=said.rated,
        not_rated=said.not_rated,
    )
