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
    text_id = "common-outage" if outage.tickets or outage.finished else "common-outage-nothing"
    values = counts if outage.tickets or outage.finished else {}
    line = words.say(text_id, since=since, until=until, **values)
    if not outage.trouble:
        return line
    return line + words.say("common-outage-trouble", numbers=COMMA[words.language].join(outage.trouble))
