"""How the state is worded: times, lines, and why a ticket came now. Knows no widgets."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shared.domain.counter import CounterStatus
from shared.domain.dispatch import OvertakingReason, why_overtaken
from shared.domain.quote import quote_of
from shared.domain.ticket import split_ticket_id
from shared.hall.device_phrases import device_advice, device_name, device_trouble
from shared.hall.phrases import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from counter_terminal.pace import Elapsed
    from counter_terminal.state import QuietLine, TerminalState
    from shared.domain.dispatch import Overtaking
    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket
    from shared.words import Words

_MINUTE = timedelta(minutes=1)


def span(length: timedelta) -> str:
    """A length of time as `08:31`, from an hour on as `1:08:31`."""
    seconds = max(0, int(length.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def of_promise(words: Words, elapsed: Elapsed) -> str:
    """A span and its promise: `04:12 / 20:00`."""
    return words.say("counter-elapsed-of", spent=span(elapsed.spent), promised=span(elapsed.promised))


def clock_time(plan: HallPlan, moment: datetime) -> str:
    """A moment as the hall's clocks show it: `09:41`."""
    return f"{moment.astimezone(ZoneInfo(plan.timezone)):%H:%M}"


def service_name(words: Words, plan: HallPlan, key: str) -> str:
    """A service's name in the screen's language."""
    return plan.service(key).name.in_language(words.language)


def priority_name(words: Words, plan: HallPlan, key: str) -> str:
    """A priority class's name in the screen's language."""
    return plan.priority(key).name.in_language(words.language)


def quiet_line(words: Words, line: QuietLine, plan: HallPlan | None) -> str:
    """A quiet line as text."""
    values = dict(line.values)
    if plan is not None and "service" in values:
        values["service"] = service_name(words, plan, str(values["service"]))
    if "level" in values:
        values["level"] = words.say(f"rating-{values['level']}")
    if "state" in values:
        values["state"] = words.say(f"state-{values['state']}")
    return words.say(line.word, **values)


def quote(words: Words, ticket: Ticket) -> str:
    """What the customer was told at the kiosk."""
    told = quote_text(quote_of(ticket), words, "common")
    if not ticket.people_ahead:
        return told or words.say("common-quote-none")
    people = words.say("counter-fact-ahead", people=ticket.people_ahead)
    return f"{told} · {people}" if told else people


def due_reason(words: Words, plan: HallPlan, ticket: Ticket) -> str:
    """By when the hall had promised to call a ticket, and what that follows from."""
    if ticket.appointed_for is not None:
        return words.say("counter-due-appointment", time=clock_time(plan, ticket.appointed_for))
    promise = plan.service(ticket.service).target_wait
    head_start = plan.priority(ticket.priority).head_start
    due = ticket.issued_at + promise - head_start
    if not head_start:
        return words.say("counter-due", minutes=_minutes(promise), time=clock_time(plan, due))
    priority, ahead = priority_name(words, plan, ticket.priority), _minutes(head_start)
    if due <= ticket.issued_at:
        return words.say("counter-due-at-once", minutes=_minutes(promise), priority=priority, ahead=ahead)
    return words.say(
        "counter-due-head-start",
        minutes=_minutes(promise),
        priority=priority,
        ahead=ahead,
        time=clock_time(plan, due),
    )


def reasons_now(words: Words, state: TerminalState) -> tuple[str, ...]:
    """Why the current ticket came now: its promise, whom it went before, who went before it."""
    ticket, snapshot = state.ticket, state.snapshot
    if ticket is None or snapshot is None:
        return ()
    reasons = [due_reason(words, snapshot.plan, ticket)]
    if ticket.target_counter == state.counter:
        reasons.append(words.say("counter-due-sent-here"))
    if ticket.returns:
        reasons.append(words.say("counter-due-returned"))
    reasons.extend(_went_before(words, state, ticket))
    reasons.extend(_overtaken(words, "counter-overtaken", state.overtaken_by))
    return tuple(reasons)


def idle_title(words: Words, state: TerminalState) -> str:
    """What stands in place of a ticket when there is none."""
    status = state.counter_status
    if status is CounterStatus.OPEN:
        return words.say("counter-free")
    if status is CounterStatus.PAUSED:
        return words.say("counter-paused")
    return words.say("counter-closed")


def idle_hint(words: Words, state: TerminalState) -> str:
    """What the clerk can do when there is no ticket."""
    if state.stale:
        return words.say("counter-why-stale")
    if state.counter_status is CounterStatus.PAUSED:
        hint = words.say("counter-paused-hint")
        return hint if pause_reason(words, state) is None else f"{pause_reason(words, state)} · {hint}"
    return words.say("counter-free-next" if state.waiting else "counter-free-nobody")


def pause_reason(words: Words, state: TerminalState) -> str | None:
    """Why the counter is paused; a reason that this program does not offer is shown as it was given."""
    reason = None if state.counter_state is None else state.counter_state.reason
    if reason is None:
        return None
    known = f"counter-pause-{reason}"
    return words.say(known) if words.has(known) else reason


def banner(words: Words, state: TerminalState) -> str | None:
    """What is wrong with the hall's data; None when nothing is."""
    if state.damaged:
        return _damage(words, state)
    if not state.stale:
        return None
    if state.stale_since is None or state.snapshot is None:
        return words.say("counter-stale")
    if state.kept is not None:
        return words.say("counter-stale-kept", number=split_ticket_id(state.kept)[1])
    if state.standby and state.ticket is not None:
        time = clock_time(state.snapshot.plan, state.stale_since)
        return words.say("counter-stale-standby", time=time, number=state.ticket.number)
    return words.say("counter-stale-since", time=clock_time(state.snapshot.plan, state.stale_since))


def device_note(words: Words, state: TerminalState) -> str | None:
    """Which device needs somebody and what to do, and how many more; None when none does."""
    if not state.troubled or state.snapshot is None:
        return None
    first, more = state.troubled[0], len(state.troubled) - 1
    trouble = device_trouble(words, first, state.snapshot.plan, state.now)
    advice = device_advice(words, first, state.now)
    word = "counter-device-note-more" if more else "counter-device-note"
    return words.say(word, device=device_name(words, first), trouble=trouble, advice=advice, more=more)


def short_banner(words: Words, state: TerminalState) -> str | None:
    """The same for the bar, where room is short."""
    if state.damaged:
        return words.say("counter-damaged")
    if not state.stale:
        return None
    if state.stale_since is None or state.snapshot is None:
        return words.say("common-stale")
    return words.say("common-stale-since", time=clock_time(state.snapshot.plan, state.stale_since))


def longest_wait(state: TerminalState) -> timedelta | None:
    """How long the ticket that has waited longest for this counter has waited."""
    if not state.waiting:
        return None
    return max(timedelta(0), state.now - min(ticket.issued_at for ticket in state.waiting))


def _damage(words: Words, state: TerminalState) -> str:
    if state.last_backup is None:
        return words.say("store-damaged")
    zone = None if state.snapshot is None else ZoneInfo(state.snapshot.plan.timezone)
    return words.say("counter-damaged-backup", taken=f"{state.last_backup.astimezone(zone):%m-%d %H:%M}")


def _minutes(length: timedelta) -> int:
    return math.ceil(length / _MINUTE)


def _went_before(words: Words, state: TerminalState, ticket: Ticket) -> tuple[str, ...]:
    snapshot = state.snapshot
    if snapshot is None:
        return ()
    waiting = sorted(state.waiting, key=lambda other: other.seq)
    passed = [
        (other.number, overtaking.reason)
        for other in waiting
        if (overtaking := why_overtaken(snapshot.plan, other, ticket, chosen=state.chosen))
    ]
    by_choice = [each for each in passed if each[1] is OvertakingReason.CHOSEN]
    shown, word = (by_choice, "counter-chosen-before") if by_choice else (passed, "counter-went-before")
    if not shown:
        return ()
    number, reason = shown[0]
    said = words.say(f"counter-overtaking-{reason}")
    which = word if len(shown) == 1 else f"{word}-more"
    return (words.say(which, number=number, people=len(shown), reason=said),)


def _overtaken(words: Words, word: str, overtakings: Iterable[Overtaking]) -> tuple[str, ...]:
    found = tuple(overtakings)
    if not found:
        return ()
    first = found[0]
    reason = words.say(f"counter-overtaking-{first.reason}")
    chosen = word if len(found) == 1 else f"{word}-more"
    return (words.say(chosen, number=first.number, people=len(found), reason=reason),)
