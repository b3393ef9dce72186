"""The bar: 48 pixels along an edge of the screen, so that the billing system keeps the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from counter_terminal import wording
from counter_terminal.action_button import BAR_HEIGHT
from counter_terminal.actions import Action
from counter_terminal.look import PACE_ICONS, PACE_ROLES
from counter_terminal.number_plate import NumberPlate
from counter_terminal.pace import at_counter
from counter_terminal.pace_bar import PaceBar
from counter_terminal.parts import ElidedLabel, SignedText, give_tip, icon_px, label
from counter_terminal.quiet_line_row import QuietLineRow
from counter_terminal.state import SignHealth, Tone
from shared.domain.counter import CounterStatus
from shared.domain.ticket import TicketState

if TYPE_CHECKING:
    from counter_terminal.action_set import ActionSet
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket

LINE_FOR = {
    Tone.DONE: timedelta(seconds=3),
    Tone.NOTE: timedelta(seconds=3),
    Tone.REFUSED: timedelta(seconds=5),
    Tone.TROUBLE: timedelta(seconds=10),
}
"""How long a quiet line covers the figures in the bar: long enough to read it."""

_ROW = (Action.NEXT, Action.RECALL, Action.NO_SHOW, Action.HOLD, Action.TRANSFER)
_TAIL = (Action.PAUSE, Action.UNDO, Action.BAR)


class BarPage(QFrame):
    """The slim shape of the window. `dragged_to` carries a height on the screen while the bar is moved."""

    dragged_to = Signal(int)

    def __init__(self, look: Look, actions: ActionSet) -> None:
        super().__init__()
        self.setProperty("strip", True)
        self.setObjectName("bar")
        self.setStyleSheet(f"#bar {{ border: 1px solid {look.theme.colour('line')}; }}")
        self.setFixedHeight(BAR_HEIGHT)
        self._look = look
        self._counter = label(look, bold=True)
        self._number = NumberPlate(look, look.theme.sizes["title"])
        self._top = ElidedLabel(look)
        self._bottom = ElidedLabel(look, role="text_quiet")
        self._time = _TimeCell(look)
        self._waiting = _WaitingCell(look)
        self.troubles = _Troubles(look)
        self._line = QuietLineRow(look)
        self._middle = QStackedLayout()
        self._begin = actions.button(Action.START, look, slim=True)
        self._end = actions.button(Action.FINISH, look, slim=True)
        self._lay_out(actions)

    def sizeHint(self) -> QSize:
        """As wide as it is given, always as high as a bar."""
        return QSize(super().sizeHint().width(), BAR_HEIGHT)

    def show_state(self, state: TerminalState) -> None:
        """Show the state."""
        self._counter.setText(self._look.words.say("common-counter", counter=state.counter or 0))
        self._show_ticket(state)
        self._waiting.show_state(state)
        self.troubles.show_state(state)
        self._line.show_state(state)
        self._middle.setCurrentIndex(1 if _line_is_fresh(state) else 0)
        serving = state.ticket is not None and state.ticket.state is TicketState.SERVING
        self._begin.setVisible(not serving)
        self._end.setVisible(serving)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the bar to where it is dragged."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged_to.emit(round(event.globalPosition().y()))

    def _show_ticket(self, state: TerminalState) -> None:
        words, ticket = self._look.words, state.ticket
        plan = None if state.snapshot is None else state.snapshot.plan
        self._number.setVisible(ticket is not None)
        self._time.show_ticket(state, ticket, plan)
        stale = wording.short_banner(words, state)
        if ticket is None or plan is None:
            paused = state.counter_status is CounterStatus.PAUSED
            self._top.show_text(wording.idle_title(words, state), "warn" if paused else "text")
            self._bottom.show_text(
                stale or wording.idle_hint(words, state), "danger" if stale else "text_quiet"
            )
            return
        self._number.show_number(ticket.number, called=ticket.state is TicketState.CALLED)
        self._top.show_text(wording.service_name(words, plan, ticket.service), "text")
        kind = f"{words.say(f'state-{ticket.state}')} · {wording.priority_name(words, plan, ticket.priority)}"
        self._bottom.show_text(stale or kind, "danger" if stale else "text_quiet")

    def _lay_out(self, actions: ActionSet) -> None:
        space = self._look.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space("s"), 0, space("xs"), 0)
        row.setSpacing(space("xs"))
        row.addWidget(self._counter)
        row.addSpacing(space("xs"))
        row.addWidget(self._number)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.setContentsMargins(0, 0, 0, 0)
        text.addStretch(1)
        text.addWidget(self._top)
        text.addWidget(self._bottom)
        text.addStretch(1)
        row.addLayout(text, 4)
        row.addWidget(self._middle_widget(), 5)
        for action in _ROW:
            row.addWidget(actions.button(action, self._look, slim=True), 1)
        row.addWidget(self._begin, 1)
        row.addWidget(self._end, 1)
        for action in _TAIL:
            row.addWidget(actions.button(action, self._look, slim=True), 1)

    def _middle_widget(self) -> QWidget:
        figures = QWidget()
        row = QHBoxLayout(figures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._look.space("m"))
        row.addWidget(self._time)
        row.addWidget(self._waiting)
        row.addWidget(self.troubles)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(self._middle)
        self._middle.addWidget(figures)
        self._middle.addWidget(self._line)
        return holder


class _TimeCell(QWidget):
    """The time at the counter against the promise, over a thin bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._time = SignedText(look, bold=True)
        self._bar = PaceBar(look, look.space("xs"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(self._time)
        column.addWidget(self._bar)
        column.addStretch(1)

    def show_ticket(self, state: TerminalState, ticket: Ticket | None, plan: HallPlan | None) -> None:
        self.setVisible(ticket is not None)
        if ticket is not None and plan is not None:
            elapsed = at_counter(plan, ticket, state.now)
            text = wording.of_promise(self._look.words, elapsed)
            self._time.show_status(text, PACE_ICONS[elapsed.pace], PACE_ROLES[elapsed.pace])
            self._bar.show_elapsed(elapsed)


class _WaitingCell(QWidget):
    """How many wait, and who has waited longest."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._people = label(look, bold=True)
        self._longest = label(look, role="text_quiet")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setRowStretch(0, 1)
        grid.addWidget(self._people, 1, 0)
        grid.addWidget(self._longest, 2, 0)
        grid.setRowStretch(3, 1)

    def show_state(self, state: TerminalState) -> None:
        words = self._look.words
        self._people.setText(f"{words.say('counter-waiting-title')} {len(state.waiting)}")
        longest = wording.longest_wait(state)
        self._longest.setVisible(longest is not None)
        if longest is not None:
            self._longest.setText(words.say("counter-waiting-longest", time=wording.span(longest)))


class _Troubles(QWidget):
    """Icons of what needs a look: unprinted tickets, devices, a dead sign. The tool tip says it in words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icons = {name: QLabel() for name in ("printer", "warning")}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space("xs"))
        for name, icon in self._icons.items():
            icon.setPixmap(look.pixmap(name, "danger", icon_px(look)))
            row.addWidget(icon)

    def show_state(self, state: TerminalState) -> None:
        words = self._look.words
        texts = []
        if state.unprinted:
            texts.append(words.say("counter-unprinted-count", count=len(state.unprinted)))
        if (note := wording.device_note(words, state)) is not None:
            texts.append(note)
        elif state.sign is SignHealth.DOWN:
            texts.append(words.say("counter-sign-down"))
        self._icons["printer"].setVisible(bool(state.unprinted))
        self._icons["warning"].setVisible(state.sign is SignHealth.DOWN or bool(state.troubled))
        give_tip(self, " · ".join(texts))
        self.setAccessibleName(self.toolTip())


def _line_is_fresh(state: TerminalState) -> bool:
    line = state.line
    return line is not None and timedelta(0) <= state.now - line.at < LINE_FOR[line.tone]
