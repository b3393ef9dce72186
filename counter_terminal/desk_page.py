"""The desk: everything a clerk needs, with the common path on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter_terminal import wording
from counter_terminal.actions import Action
from counter_terminal.banner import Banner
from counter_terminal.desk_header import DeskHeader
from counter_terminal.figures_strip import FiguresStrip
from counter_terminal.quiet_line_row import QuietLineRow
from counter_terminal.ticket_card import TicketCard
from counter_terminal.ticket_list import HELD, NO_SHOWS, WAITING, TicketList

if TYPE_CHECKING:
    from counter_terminal.action_set import ActionSet
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState

ROW = (
    Action.NEXT,
    Action.RECALL,
    Action.NO_SHOW,
    Action.HOLD,
    Action.TRANSFER,
    Action.START,
    Action.FINISH,
    Action.PAUSE,
    Action.UNDO,
)
"""The actions in the order of their keys."""

_LEFT, _RIGHT = 43, 57
_MESSAGE = 2.2
"""The height of the quiet line in multiples of the body text."""


class DeskPage(QWidget):
    """The large shape of the window. `list_asked` carries a command and a ticket of one of the lists."""

    list_asked = Signal(object, object)

    def __init__(self, look: Look, actions: ActionSet) -> None:
        super().__init__()
        self._look = look
        self._header = DeskHeader(look, actions)
        self.banner = Banner(look)
        self.quiet_line = QuietLineRow(look)
        self._message = QStackedLayout()
        self._card = TicketCard(look)
        self._figures = FiguresStrip(look)
        self.lists = {kind.name: TicketList(look, kind) for kind in (WAITING, HELD, NO_SHOWS)}
        for shown in self.lists.values():
            shown.asked.connect(self.list_asked)
        self._lay_out(actions)

    def show_state(self, state: TerminalState) -> None:
        """Show the state."""
        self._header.show_state(state)
        stale = wording.banner(self._look.words, state)
        # What the clerk's last press did goes first; it is gone after half a minute.
        device = wording.device_note(self._look.words, state) if state.line is None else None
        self.banner.show_text(stale or device, "offline" if state.stale else "warning")
        self._message.setCurrentIndex(0 if stale is None and device is None else 1)
        self.quiet_line.show_state(state)
        self._card.show_state(state)
        self._figures.show_state(state)
        if state.snapshot is not None:
            self._show_lists(state)

    def _show_lists(self, state: TerminalState) -> None:
        snapshot = state.snapshot
        if snapshot is None:
            return
        note = self._look.words.say("counter-waiting-count", people=len(snapshot.waiting))
        self.lists[WAITING.name].show_tickets(state.waiting, snapshot.plan, state, note)
        self.lists[HELD.name].show_tickets(snapshot.held, snapshot.plan, state, "")
        self.lists[NO_SHOWS.name].show_tickets(snapshot.no_shows, snapshot.plan, state, "")

    def _lay_out(self, actions: ActionSet) -> None:
        space = self._look.space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._action_row(actions))
        body = QVBoxLayout()
        body.setContentsMargins(space("m"), space("s"), space("m"), space("m"))
        body.setSpacing(space("s"))
        body.addWidget(self._message_row())
        panes = QHBoxLayout()
        panes.setSpacing(space("m"))
        panes.addLayout(self._left(), _LEFT)
        panes.addLayout(self._right(), _RIGHT)
        body.addLayout(panes, 1)
        column.addLayout(body, 1)

    def _action_row(self, actions: ActionSet) -> QFrame:
        strip = QFrame()
        strip.setProperty("strip", True)
        row = QHBoxLayout(strip)
        row.setContentsMargins(self._look.space("m"), 0, self._look.space("m"), self._look.space("s"))
        row.setSpacing(self._look.space("s"))
        for action in ROW:
            row.addWidget(actions.button(action, self._look), 3 if action is Action.NEXT else 2)
        return strip

    def _message_row(self) -> QWidget:
        """The quiet line, or the banner in its place, so that no button moves under the mouse."""
        holder = QWidget()
        holder.setLayout(self._message)
        self._message.addWidget(self.quiet_line)
        self._message.addWidget(self.banner)
        holder.setFixedHeight(round(self._look.theme.sizes["body"] * _MESSAGE))
        return holder

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.space("s"))
        column.addWidget(self._card, 1)
        column.addWidget(self._figures)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._look.space("s"))
        column.addWidget(self.lists[WAITING.name], 7)
        below = QHBoxLayout()
        below.setSpacing(self._look.space("s"))
        below.addWidget(self.lists[HELD.name], 1)
        below.addWidget(self.lists[NO_SHOWS.name], 1)
        column.addLayout(below, 3)
        return column
