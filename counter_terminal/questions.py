"""What a clerk is asked: where to transfer, why to pause, which ticket to print again, whether a paper is out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from counter_terminal import wording
from counter_terminal.choice_dialog import Choice, ChoiceDialog, ChoiceWords
from counter_terminal.desk_work import PAUSE_REASONS
from shared.domain.counter import CounterStatus
from shared.domain.dispatch import may_take
from shared.domain.snapshot import PrintState
from shared.domain.ticket import AT_COUNTER, OPEN, Command, TicketState, allows

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.plan import CounterPlan
    from shared.domain.snapshot import CounterLine, HallSnapshot, PrintJob, ServiceLine
    from shared.domain.ticket import Ticket


T = TypeVar("T")

_SCANNED = {
    Command.START: "play",
    Command.CALL: "bell",
    Command.RETURN: "return",
    Command.RESUME: "return",
    Command.HOLD: "hold",
    Command.CANCEL: "close",
}
"""What a clerk does with a ticket in a customer's hand, and the icon of each; the likeliest first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a ticket is sent: to a service, or to a counter."""

    service: str | None = None
    counter: int | None = None


def ask_target(
    parent: QWidget,
    look: Look,
    ticket: Ticket,
    snapshot: HallSnapshot,
    on_chosen: Callable[[Target], None],
) -> ChoiceDialog[Target]:
    """Ask where the current ticket goes: a service, or another counter at which somebody sits."""
    words = look.words
    around = ChoiceWords(
        words.say("counter-transfer-title", number=ticket.number),
        words.say("counter-transfer-hint"),
        words.say("counter-dialog-keys"),
        words.say("counter-transfer-search"),
        words.say("counter-transfer-none"),
    )
    services = (_service(look, line) for line in snapshot.services if line.service.key != ticket.service)
    counters = (_counter(look, line) for line in snapshot.counters if _can_take(line, ticket))
    return _open(ChoiceDialog(parent, look, around, (*services, *counters), on_chosen))


def ask_pause_reason(parent: QWidget, look: Look, on_chosen: Callable[[str], None]) -> ChoiceDialog[str]:
    """Ask why the counter pauses."""
    words = look.words
    around = ChoiceWords(
        words.say("counter-pause-title"), words.say("counter-pause-hint"), words.say("counter-dialog-keys")
    )
    choices = tuple(
        Choice(reason, words.say(f"counter-pause-{reason}"), digit=str(digit))
        for digit, reason in enumerate(PAUSE_REASONS, start=1)
    )
    return _open(ChoiceDialog(parent, look, around, choices, on_chosen))


def ask_reprint(
    parent: QWidget, look: Look, state: TerminalState, on_chosen: Callable[[PrintJob], None]
) -> ChoiceDialog[PrintJob]:
    """Ask which ticket to print again."""
    words = look.words
    around = ChoiceWords(
        words.say("counter-unprinted-title"),
        words.say("counter-unprinted-hint"),
        words.say("counter-dialog-keys"),
    )
    choices = tuple(Choice(job, _job_text(look, job, state), "printer") for job in state.unprinted)
    return _open(ChoiceDialog(parent, look, around, choices, on_chosen))


def scanned_choices(ticket: Ticket, counter: CounterPlan | None) -> tuple[Command | None, ...]:
    """What can be done at a counter with a ticket whose code was scanned; None stands for a new paper.

    What becomes of a ticket at a counter is the business of that counter: it begins the service of who was called.
    """
    if ticket.state in AT_COUNTER:
        is_here = counter is not None and ticket.counter == counter.number
        return (Command.START, None) if is_here and allows(Command.START, ticket) else (None,)
    if ticket.state not in OPEN | {TicketState.NO_SHOW}:
        return ()
    allowed = [command for command in _SCANNED if allows(command, ticket)]
    if Command.CALL in allowed and (counter is None or not may_take(counter, ticket)):
        allowed.remove(Command.CALL)
    return (*allowed, None)


def ask_about_scanned(
    parent: QWidget,
    look: Look,
    ticket: Ticket,
    counter: CounterPlan | None,
    on_chosen: Callable[[Command | None], None],
) -> ChoiceDialog[Command | None]:
    """Ask what to do with a ticket whose code was scanned."""
    words = look.words
    around = ChoiceWords(
        words.say("counter-scan-title", number=ticket.number, state=words.say(f"state-{ticket.state.value}")),
        words.say("counter-pause-hint"),
        words.say("counter-dialog-keys"),
    )
    choices = tuple(
        Choice(
            command,
            words.say("counter-scan-reprint" if command is None else f"counter-action-{command}"),
            "printer" if command is None else _SCANNED[command],
            digit=str(digit),
        )
        for digit, command in enumerate(scanned_choices(ticket, counter), start=1)
    )
    return _open(ChoiceDialog(parent, look, around, choices, on_chosen))


def ask_if_out(
    parent: QWidget, look: Look, job: PrintJob, on_chosen: Callable[[bool], None]
) -> ChoiceDialog[bool]:
    """Ask whether a paper that nobody confirmed lies in the printer's tray: printing it again is not to be guessed."""
    words = look.words
    around = ChoiceWords(
        words.say("counter-out-title", number=job.number),
        words.say("counter-out-hint", printer=job.printer),
        words.say("counter-dialog-keys"),
    )
    choices = (
        Choice(True, words.say("counter-out-yes"), "check", digit="1"),
        Choice(False, words.say("counter-out-no"), "printer", digit="2"),
    )
    return _open(ChoiceDialog(parent, look, around, choices, on_chosen))


def _open(dialog: ChoiceDialog[T]) -> ChoiceDialog[T]:
    dialog.open()
    return dialog


def _service(look: Look, line: ServiceLine) -> Choice[Target]:
    words, service = look.words, line.service
    name = words.say(
        "counter-transfer-service", prefix=service.prefix, name=service.name.in_language(words.language)
    )
    waiting = words.say("counter-transfer-to-service", people=line.people_waiting)
    finds = (service.key, service.name.zh, service.name.en)
    return Choice(Target(service=service.key), f"{name}  ·  {waiting}", service.icon, finds)


def _can_take(line: CounterLine, ticket: Ticket) -> bool:
    return line.plan.number != ticket.counter and line.state.status is not CounterStatus.CLOSED


def _counter(look: Look, line: CounterLine) -> Choice[Target]:
    words, plan = look.words, line.plan
    status = words.say(f"counter-state-{line.state.status}")
    if line.state.clerk is not None:
        status = f"{status}  ·  {words.say('common-badge', badge=line.state.clerk)}"
    text = f"{words.say('counter-transfer-counter', counter=plan.number)}  ·  {status}"
    return Choice(Target(counter=plan.number), text, "counter", (plan.name.zh, plan.name.en))


def _job_text(look: Look, job: PrintJob, state: TerminalState) -> str:
    words = look.words
    known = f"counter-cause-{job.cause}"
    cause = words.say(known) if words.has(known) else words.say("counter-unprinted-unknown")
    when = "" if state.snapshot is None else wording.clock_time(state.snapshot.plan, job.changed_at)
    text = words.say("counter-unprinted-cause", printer=job.printer, cause=cause)
    if job.state is PrintState.SENT:
        text = f"{text}  ·  {words.say('counter-unprinted-may-be-out')}"
    return f"{job.number}  ·  {when}  ·  {text}"
