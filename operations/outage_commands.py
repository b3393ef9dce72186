"""`jiaohao outages`: when the hall was without its database, and what was kept and delivered since."""

from __future__ import annotations

from datetime import timedelta

import click

from operations.desk import Desk, desk_options
from operations.plain_values import plain
from shared.domain.standby import merged
from shared.hall.standby.telling import outage_line


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 3650), default=7, show_default=True, help="How far to look back"
)
@desk_options
def outages(desk: Desk, days: int) -> None:
    """Tell when the hall was without its database, and what was kept and delivered since."""
    with desk.open_hall() as hall:
        plan = hall.plan
        found = hall.standby.outages(hall.clock.now() - timedelta(days=days))
    lines = [outage_line(plan, outage, desk.words, with_date=True) for outage in merged(found)]
    text = "\n".join(lines) or desk.words.say("operations-no-outages", days=days)
    desk.answer({"outages": [plain(outage) for outage in found]}, text)
