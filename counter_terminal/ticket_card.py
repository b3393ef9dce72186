"""The current ticket: its number, whose it is, why it came now, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from counter_terminal import wording
from counter_terminal.look import PACE_ICONS, PACE_ROLES, PRIORITY_ICONS
from counter_terminal.number_plate import NumberPlate
from counter_terminal.pace import at_counter, waited
from counter_terminal.pace_bar import PaceBar
from counter_terminal.parts import ElidedLabel, SignedText, label, recolour
from shared.domain.counter import CounterStatus
from shared.domain.plan import ORDINARY
from shared.domain.ticket import TicketState

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket

_HERO_SHARE = 0.19
_HERO_LEAST, _HERO_MOST = 1.8, 4.0
"""The hero's size as a part of the card's height, within multiples of the largest step of the scale."""


class TicketCard(QFrame):
    """The left side of the desk."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._pages = QStackedLayout(self)
        self._idle = _Idle(look)
        self._ticket = _TicketPage(look)
        self._pages.addWidget(self._idle)
        self._pages.addWidget(self._ticket)

    def show_state(self, state: TerminalState) -> None:
        """Show the current ticket, or that there is none."""
        if state.ticket is None or state.snapshot is None:
            self._idle.show_state(state)
            self._pages.setCurrentWidget(self._idle)
            return
        self._ticket.show_ticket(state, state.ticket, state.snapshot.plan)
        self._pages.setCurrentWidget(self._ticket)


class _Idle(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = QLabel()
        self._title = label(look, step="title", bold=True)
        self._hint = label(look, step="large", role="text_quiet")
        self._paused: bool | None = None
        column = QVBoxLayout(self)
        column.setSpacing(look.space("m"))
        column.addStretch(2)
        for widget in (self._icon, self._title, self._hint):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_state(self, state: TerminalState) -> None:
        paused = state.counter_status is CounterStatus.PAUSED
        if paused is not self._paused:
            self._paused = paused
            role = "warn" if paused else "text_quiet"
            pixels = round(self._look.theme.sizes["number"] * 1.4)
            self._icon.setPixmap(self._look.pixmap("pause" if paused else "counter", role, pixels))
        self._title.setText(wording.idle_title(self._look.words, state))
        self._hint.setText(wording.idle_hint(self._look.words, state))


class _TicketPage(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._state = SignedText(look, bold=True)
        self._then = SignedText(look)
        self._number = NumberPlate(look, look.theme.sizes["number"] * _HERO_LEAST)
        self._service = label(look, step="title", bold=True)
        self._service.setWordWrap(True)
        self._priority = SignedText(look, step="large")
        self._facts = _Facts(look)
        self._reasons = [ElidedLabel(look, role="text_quiet") for _ in range(3)]
        self._elapsed = _ElapsedRow(look)
        self._lay_out()

    def show_ticket(self, state: TerminalState, ticket: Ticket, plan: HallPlan) -> None:
        words = self._look.words
        called = ticket.state is TicketState.CALLED
        self._state.show_status(
            words.say(f"state-{ticket.state}"), "bell" if called else "play", "text" if called else "action"
        )
        pausing = state.counter_status is CounterStatus.PAUSED
        self._then.setVisible(pausing)
        self._then.show_status(words.say("counter-paused-after"), "pause", "warn")
        self._number.show_number(ticket.number, called=called)
        self._service.setText(wording.service_name(words, plan, ticket.service))
        special = ticket.priority != ORDINARY
        self._priority.show_status(
            wording.priority_name(words, plan, ticket.priority),
            PRIORITY_ICONS.get(ticket.priority, "star") if special else "person",
            "action" if special else "text_quiet",
        )
        self._facts.show_ticket(ticket, plan)
        self._show_reasons(wording.reasons_now(words, state))
        self._elapsed.show_ticket(state, ticket, plan)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the number take what a higher card leaves."""
        super().resizeEvent(event)
        step = self._look.theme.sizes["number"]
        pixels = min(max(self.height() * _HERO_SHARE, step * _HERO_LEAST), step * _HERO_MOST)
        self._number.set_pixels(pixels)

    def _show_reasons(self, reasons: tuple[str, ...]) -> None:
        for index, shown in enumerate(self._reasons):
            shown.show_text(reasons[index] if index < len(reasons) else "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        space = self._look.space
        column.setContentsMargins(space("l"), space("m"), space("l"), space("m"))
        column.setSpacing(space("xs"))
        top = QHBoxLayout()
        top.addWidget(self._state)
        top.addStretch(1)
        top.addWidget(self._then)
        column.addLayout(top)
        column.addSpacing(space("s"))
        column.addWidget(self._number, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(space("s"))
        column.addWidget(self._service)
        column.addWidget(self._priority, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(space("s"))
        column.addWidget(self._facts)
        column.addSpacing(space("s"))
        for reason in self._reasons:
            column.addWidget(reason)
        column.addStretch(1)
        column.addWidget(self._elapsed)


class _Facts(QWidget):
    """What is known of the wait, in one row: small words above, values beneath."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._values: list[QLabel] = []
        self._waited = SignedText(look, step="large", bold=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space("l"))
        grid.setVerticalSpacing(0)
        names = ("waited", "quoted", "issued", "calls")
        for column, name in enumerate(names):
            grid.addWidget(label(look, look.words.say(f"counter-fact-{name}"), role="text_quiet"), 0, column)
        grid.addWidget(self._waited, 1, 0)
        for column in range(1, len(names)):
            value = label(look, step="body", bold=True)
            grid.addWidget(value, 1, column)
            self._values.append(value)
        grid.setColumnStretch(len(names), 1)

    def show_ticket(self, ticket: Ticket, plan: HallPlan) -> None:
        words = self._look.words
        wait = waited(plan, ticket, ticket.called_at or ticket.issued_at)
        self._waited.show_status(wording.span(wait.spent), PACE_ICONS[wait.pace], PACE_ROLES[wait.pace])
        texts = (
            wording.quote(words, ticket),
            wording.clock_time(plan, ticket.issued_at),
            words.say("counter-fact-calls-value", calls=ticket.calls),
        )
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)


class _ElapsedRow(QWidget):
    """The time at the counter against the promise of service."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = label(look, role="text_quiet")
        self._time = label(look, step="title", bold=True)
        self._pace = SignedText(look, bold=True)
        self._bar = PaceBar(look, look.space("s"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(look.space("xs"))
        grid.addWidget(self._time, 0, 0, 2, 1)
        grid.addWidget(self._title, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._pace, 1, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._bar, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def show_ticket(self, state: TerminalState, ticket: Ticket, plan: HallPlan) -> None:
        words = self._look.words
        elapsed = at_counter(plan, ticket, state.now)
        serving = ticket.state is TicketState.SERVING
        role = PACE_ROLES[elapsed.pace]
        self._title.setText(words.say(f"counter-elapsed-{'serving' if serving else 'called'}"))
        self._time.setText(wording.of_promise(words, elapsed))
        recolour(self._time, self._look, "danger" if role == "danger" else "text", step="title", bold=True)
        self._pace.show_status(words.say(f"counter-pace-{elapsed.pace}"), PACE_ICONS[elapsed.pace], role)
        self._bar.show_elapsed(elapsed)
