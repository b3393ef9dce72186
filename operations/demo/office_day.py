"""The demo's customers: a real office's day, told in the services of the example hall.

Arrivals are the office's own. Its services are matched with the hall's by how busy they were. How long a service took
is not in the data: with `c` counters at work, the time from a call to the `c`-th call after it is about the time that
one counter took, so the spread of those gaps, scaled to the hall's typical minutes, is the spread of service times.
Who loses patience is drawn from the seed: no ticket of that day says when its customer left.
"""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean

from shared.domain.plan import APPOINTMENT, ORDINARY, HallPlan

OFFICE_DAY = Path(__file__).with_name("data") / "office_day.csv"

BUSIEST_FIRST = (
    "payment",
    "plan-change",
    "new-line",
    "enquiry",
    "broadband",
    "sim-swap",
    "repair",
    "devices",
    "complaint",
    "enterprise",
)
"""The example hall's services as busy as such halls are."""

PRIORITY_SHARES = (("senior", 0.12), ("disabled", 0.03), ("vip", 0.02))
PATIENCE_MEDIAN_MINUTES = 60.0
PATIENCE_SPREAD = 0.6
"""Patience is log-normal: half the customers would wait an hour, one in six leaves before 33 minutes."""

PACE = 0.8
"""The demo's clerks are brisk: at the typical minutes themselves the office's arrivals would swamp the counters."""

_SHORTEST, _LONGEST = 0.3, 2.5
"""Gaps beyond these multiples of the mean tell of an idle counter, not of a service."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer of the demo. `arrives` counts from the opening of the hall."""

    arrives: timedelta
    service: str
    priority: str
    service_time: timedelta
    patience: timedelta


@dataclass(frozen=True, slots=True)
class _Row:
    service: str
    issued_at: datetime
    called_at: datetime
    counters_open: int


def load_visitors(plan: HallPlan, seed: int, path: Path = OFFICE_DAY) -> tuple[Visitor, ...]:
    """The day's customers by arrival; the same seed gives the same customers."""
    rows = _read(path)
    chance = random.Random(seed)  # noqa: S311 - a demo's dice
    match = _matching_services(rows, plan)
    shapes = {service: _service_shapes(rows, service) for service in match}
    opening = rows[0].issued_at.replace(minute=0, second=0)
    return tuple(
        Visitor(
            arrives=row.issued_at - opening,
            service=match[row.service],
            priority=_priority(plan, chance),
            service_time=timedelta(
                minutes=PACE
                * plan.service(match[row.service]).typical_minutes
                * chance.choice(shapes[row.service])
            ),
            patience=timedelta(minutes=PATIENCE_MEDIAN_MINUTES * chance.lognormvariate(0, PATIENCE_SPREAD)),
        )
        for row in rows
    )


def _read(path: Path) -> list[_Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            _Row(
                line["service"],
                datetime.fromisoformat(line["issued_at"]),
                datetime.fromisoformat(line["called_at"]),
                int(line["counters_open"]),
            )
            for line in csv.DictReader(file)
        ]
    return sorted(rows, key=lambda row: row.issued_at)


def _matching_services(rows: Iterable[_Row], plan: HallPlan) -> dict[str, str]:
    own = [service.key for service in plan.services]
    ranked = [key for key in BUSIEST_FIRST if key in own] + [key for key in own if key not in BUSIEST_FIRST]
    busy = [service for service, _count in Counter(row.service for row in rows).most_common()]
    return {service: ranked[place % len(ranked)] for place, service in enumerate(busy)}


def _service_shapes(rows: Iterable[_Row], service: str) -> list[float]:
    """Service times as multiples of their mean."""
    calls = sorted((row.called_at, max(1, row.counters_open)) for row in rows if row.service == service)
    gaps = [
        (calls[place + counters][0] - moment).total_seconds()
        for place, (moment, counters) in enumerate(calls)
        if place + counters < len(calls)
    ]
    positive = [gap for gap in gaps if gap > 0]
    if not positive:
        return [1.0]
    mean = fmean(positive)
    shapes = [min(max(gap / mean, _SHORTEST), _LONGEST) for gap in positive]
    return [shape / fmean(shapes) for shape in shapes]


def _priority(plan: HallPlan, chance: random.Random) -> str:
    known = {priority.key for priority in plan.priorities} - {APPOINTMENT}
    drawn = chance.random()
    for key, share in PRIORITY_SHARES:
        if drawn < share:
            return key if key in known else ORDINARY
        drawn -= share
    return ORDINARY
