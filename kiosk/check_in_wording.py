"""How the kiosk words what became of a scanned ticket."""

from __future__ import annotations

from kiosk.screen_state import Checked as CheckedScreen
from kiosk.visit import Checked
from shared.domain.plan import HallPlan
from shared.domain.ticket import Ticket
from shared.hall.check_in import CheckIn, CheckInOutcome
from shared.hall.phrases import clock_text
from shared.words import Words


def checked_words(checked: Checked, plan: HallPlan, words: Words) -> CheckedScreen:
    """Title, detail and hint of the page after a scan."""
    if checked.found is not None:
        return _found(checked.found, plan, words)
    if checked.refusal is not None:
        return CheckedScreen(
            words.say("kiosk-scan-refused"),
            words.say(f"refusal-{checked.refusal}"),
            words.say("kiosk-scan-hint"),
            "question",
            alarm=True,
        )
    title, detail = words.say("kiosk-scan-unknown"), words.say("kiosk-scan-unknown-detail")
    return CheckedScreen(title, detail, icon="offline", alarm=True)


def _found(found: CheckIn, plan: HallPlan, words: Words) -> CheckedScreen:
    ticket = found.ticket
    match found.outcome:
        case CheckInOutcome.CALLED:
            return CheckedScreen(
                words.say("kiosk-scan-called", counter=ticket.counter or 0),
                words.say("kiosk-scan-called-detail", number=ticket.number),
                icon="arrow",
            )
        case CheckInOutcome.OVER:
            state = words.say(f"state-{ticket.state.value}")
            return CheckedScreen(
                words.say("kiosk-scan-over", number=ticket.number, state=state),
                words.say("kiosk-scan-over-detail"),
                icon="ticket",
            )
        case CheckInOutcome.WAITING | CheckInOutcome.RETURNED | CheckInOutcome.RESUMED:
            waits = found.outcome is CheckInOutcome.WAITING
            title = words.say("kiosk-scan-waiting" if waits else "kiosk-scan-returned", number=ticket.number)
            return CheckedScreen(title, _place(found, ticket, plan, words), words.say("kiosk-printed-hint"))


def _place(found: CheckIn, ticket: Ticket, plan: HallPlan, words: Words) -> str:
    ahead = found.people_ahead
    people = words.say("kiosk-result-people", people=ahead) if ahead else words.say("kiosk-result-nobody")
    if ticket.appointed_for is None:
        return people
    return f"{words.say('kiosk-result-appointed', time=clock_text(plan, ticket.appointed_for))}\n{people}"
