"""A list of tickets with what can be done with the chosen one, by key and by mouse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from counter_terminal.actions import why_not_in_list
from counter_terminal.parts import ElidedLabel, give_tip, icon_px, label
from counter_terminal.ticket_table import Column, TicketTable
from shared.domain.ticket import Command

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket

_ROW = 2.0
"""A row's height in multiples of the body text."""


@dataclass(frozen=True, slots=True)
class ListCommand:
    """What can be done with a ticket of a list: the key works while the list has the focus."""

    command: Command
    key: str
    word: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """What a list shows: `shortcut` moves the focus to it, `words` are ids for title and for nothing there."""

    name: str
    title: str
    empty: str
    shortcut: str
    columns: tuple[Column, ...]
    commands: tuple[ListCommand, ...]


_CANCEL = ListCommand(Command.CANCEL, "Del", "counter-action-cancel")
WAITING = ListKind(
    "waiting",
    "counter-waiting-title",
    "counter-waiting-none",
    "Ctrl+1",
    (Column.NUMBER, Column.SERVICE, Column.PRIORITY, Column.WAITED),
    (
        ListCommand(Command.CALL, "Return", "counter-action-call"),
        ListCommand(Command.HOLD, "H", "counter-action-hold"),
        _CANCEL,
    ),
)
HELD = ListKind(
    "held",
    "counter-held-title",
    "counter-held-none",
    "Ctrl+2",
    (Column.NUMBER, Column.SERVICE),
    (ListCommand(Command.RESUME, "Return", "counter-action-resume"), _CANCEL),
)
NO_SHOWS = ListKind(
    "no-shows",
    "counter-no-show-title",
    "counter-no-show-none",
    "Ctrl+3",
    (Column.NUMBER, Column.SERVICE),
    (ListCommand(Command.RETURN, "Return", "counter-action-return"),),
)


class TicketList(QFrame):
    """One list. `asked` carries a command and the ticket it is for."""

    asked = Signal(object, object)

    def __init__(self, look: Look, kind: ListKind) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setObjectName(kind.name)
        self._look = look
        self._kind = kind
        self._state: TerminalState | None = None
        self._title = label(look, bold=True)
        self._note = ElidedLabel(look, role="text_quiet")
        self.model = TicketTable(look, kind.columns, self)
        self.view = _Table(look, self.model, kind)
        self.view.key_pressed.connect(self._by_key)
        self.view.selectionModel().selectionChanged.connect(self._grey_out)
        self.buttons = {entry.command: self._button(entry) for entry in kind.commands}
        self._pages = QStackedLayout()
        self._lay_out()
        shortcut = QShortcut(QKeySequence(kind.shortcut), self)
        shortcut.activated.connect(self.take_focus)

    def show_tickets(
        self, tickets: tuple[Ticket, ...], plan: HallPlan, state: TerminalState, note: str
    ) -> None:
        """Show these tickets and keep the chosen one chosen."""
        self._state = state
        before = self.chosen
        self.model.show_tickets(tickets, plan, state.now)
        after = self.chosen
        if after is not None and (before is None or after.id != before.id):
            # Qt chose a neighbour of a row that went: the next key would call somebody whom nobody chose.
            self.view.selectionModel().clear()
        self._title.setText(f"{self._look.words.say(self._kind.title)} {len(tickets) or ''}".strip())
        self._note.show_text(f"{note}  {self._kind.shortcut}".strip())
        self._pages.setCurrentIndex(0 if tickets else 1)
        self._grey_out()

    def take_focus(self) -> None:
        """Move the focus here and choose the first ticket."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.chosen is None and self.model.rowCount():
            self._choose(0)

    @property
    def chosen(self) -> Ticket | None:
        """The chosen ticket."""
        rows = self.view.selectionModel().selectedRows()
        return self.model.ticket(rows[0].row()) if rows else None

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def _ask(self, command: Command, _checked: object = None) -> None:
        if self.chosen is not None:
            self.asked.emit(command, self.chosen)

    def _by_key(self, pressed: str) -> None:
        for entry in self._kind.commands:
            if entry.key == pressed:
                self._ask(entry.command)

    def _grey_out(self) -> None:
        chosen, state = self.chosen, self._state
        for command, button in self.buttons.items():
            reason = None if chosen is None or state is None else why_not_in_list(command, chosen, state)
            button.setVisible(self.model.rowCount() > 0)
            button.setEnabled(chosen is not None and reason is None)
            give_tip(button, "" if reason is None else self._look.words.say(reason))

    def _button(self, entry: ListCommand) -> QPushButton:
        key = "Enter" if entry.key == "Return" else entry.key
        made = QPushButton(f"{self._look.words.say(entry.word)}  {key}")
        made.setObjectName(f"{self._kind.name}-{entry.command}")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setProperty("flat", True)
        made.clicked.connect(partial(self._ask, entry.command))
        return made

    def _lay_out(self) -> None:
        space = self._look.space
        column = QVBoxLayout(self)
        column.setContentsMargins(1, space("xs"), 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(space("m"), 0, space("xs"), 0)
        head.setSpacing(space("s"))
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        column.addLayout(head)
        empty = label(self._look, self._look.words.say(self._kind.empty), role="text_quiet")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder = QWidget()
        holder.setLayout(self._pages)
        self._pages.addWidget(self.view)
        self._pages.addWidget(empty)
        column.addWidget(holder, 1)


class _Table(QTableView):
    """A table without grid, chosen row by row, that tells which key was pressed in it."""

    key_pressed = Signal(str)

    def __init__(self, look: Look, model: TicketTable, kind: ListKind) -> None:
        super().__init__()
        self.setModel(model)
        self._keys = frozenset(entry.key for entry in kind.commands)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(icon_px(look), icon_px(look)))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(look.theme.sizes["body"] * _ROW))
        self._size_columns(look, kind)
        self.setAccessibleName(look.words.say(kind.title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the list's own keys, leave the rest to Qt."""
        pressed = QKeySequence(event.key()).toString()
        pressed = "Return" if pressed == "Enter" else pressed
        if pressed in self._keys and event.modifiers() in _PLAIN:
            self.key_pressed.emit(pressed)
            return
        super().keyPressEvent(event)

    def _size_columns(self, look: Look, kind: ListKind) -> None:
        body = look.theme.sizes["body"]
        head = self.horizontalHeader()
        head.setVisible(kind is WAITING)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for index, column in enumerate(kind.columns):
            mode = (
                QHeaderView.ResizeMode.Stretch if column is Column.SERVICE else QHeaderView.ResizeMode.Fixed
            )
            head.setSectionResizeMode(index, mode)
            if column is not Column.SERVICE:
                head.resizeSection(index, round(body * _WIDTHS[column]))


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_WIDTHS = {Column.NUMBER: 5.5, Column.PRIORITY: 9.0, Column.WAITED: 12.0}
"""Column widths in multiples of the body text; the service takes the rest."""
