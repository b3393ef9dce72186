"""The lobby's board as tables for a terminal."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rich.table import Table

from shared.domain.snapshot import HallSnapshot
from shared.words import Words


def board_tables(snapshot: HallSnapshot, words: Words) -> list[Table]:
    """Calls, who waits and counters, in the language of the words and the hall's local time."""
    language = words.language
    zone = ZoneInfo(snapshot.plan.timezone)
    names = {service.key: service.name.in_language(language) for service in snapshot.plan.services}
    calls = Table(title=words.say("operations-board-calls"))
    for column in ("number", "counter", "service", "time"):
        calls.add_column(words.say(f"operations-column-{column}"))
    for call in snapshot.calls:
        # A new plan may lack a service of which tickets were called earlier in the day.
        service = names.get(call.service, call.service)
        calls.add_row(call.number, str(call.counter), service, f"{call.at.astimezone(zone):%H:%M:%S}")
    waiting = Table(title=words.say("operations-board-waiting"))
    for column in ("service", "people", "quote"):
        waiting.add_column(words.say(f"operations-column-{column}"))
    for line in snapshot.services:
        quote = "" if line.quote.minutes is None else f"{line.quote.low_minutes}-{line.quote.high_minutes}"
        waiting.add_row(names[line.service.key], str(line.people_waiting), quote)
    counters = Table(title=words.say("operations-board-counters"))
    for column in ("counter", "state", "clerk", "number"):
        counters.add_column(words.say(f"operations-column-{column}"))
    for counter in snapshot.counters:
        status = words.say(f"counter-state-{counter.state.status.value}")
        number = "" if counter.ticket is None else counter.ticket.number
        counters.add_row(str(counter.plan.number), status, counter.state.clerk or "", number)
    return [calls, waiting, counters]
