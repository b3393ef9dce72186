"""An outage in one line, for whoever wants to know what happened."""

from __future__ import annotations

from shared.domain.plan import HallPlan
from shared.domain.standby import Outage
from shared.hall.phrases import COMMA, clock_text, date_and_clock_text
from shared.words import Words


def outage_line(plan: HallPlan, outage: Outage, words: Words, *, with_date: bool = False) -> str:
    """When the store was away, what was kept meanwhile and delivered since, and what a person must look after."""
    since = (date_and_clock_text if with_date else clock_text)(plan, outage.since)
    if outage.until is None:
        return words.say("common-outage-open", since=since, tickets=outage.tickets, finished=outage.finished)
    until = clock_text(plan, outage.until)
    counts = {"tickets": outage.tickets, "finished": outage.finished}
    if outage.set_aside:
        line = words.say("common-outage-part", since=since, until=until, **counts)
    elif outage.tickets or outage.finished:
        line = words.say("common-outage", since=since, until=until, **counts)
    else:
        line = words.say("common-outage-nothing", since=since, until=until)
    comma = COMMA[words.language]
    if outage.trouble:
        line += words.say("common-outage-trouble", numbers=comma.join(outage.trouble))
    if outage.set_aside:
        line += words.say("common-outage-aside", numbers=comma.join(outage.set_aside), machine=outage.machine)
    return line
