"""Tickets as the rows of a table; hundreds of them cost no more than the ones in sight."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from counter_terminal import wording
from counter_terminal.look import PACE_ICONS, PACE_ROLES, PRIORITY_ICONS
from counter_terminal.pace import waited
from counter_terminal.parts import icon_px
from shared.domain.plan import ORDINARY

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPixmap

    from counter_terminal.look import Look
    from counter_terminal.pace import Elapsed
    from shared.domain.plan import HallPlan
    from shared.domain.ticket import Ticket

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class Column(StrEnum):
    """The columns; each value is also its name in the words."""

    NUMBER = "number"
    SERVICE = "service"
    PRIORITY = "priority"
    WAITED = "waited"


class TicketTable(QAbstractTableModel):
    """Shows tickets in the order they come in."""

    def __init__(self, look: Look, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = columns
        self._tickets: tuple[Ticket, ...] = ()
        self._plan: HallPlan | None = None
        self._now = datetime.min.replace(tzinfo=UTC)
        self._icons: dict[tuple[str, str], QPixmap] = {}
        self._strong = look.font("body", bold=True)

    def show_tickets(self, tickets: tuple[Ticket, ...], plan: HallPlan, now: datetime) -> None:
        """Show these tickets; the rows stay where they are when only the time went on."""
        same_rows = [ticket.id for ticket in tickets] == [ticket.id for ticket in self._tickets]
        if not same_rows:
            self.beginResetModel()
        self._tickets, self._plan, self._now = tickets, plan, now
        if not same_rows:
            self.endResetModel()
        elif tickets:
            self.dataChanged.emit(self.index(0, 0), self.index(len(tickets) - 1, len(self._columns) - 1))

    def ticket(self, row: int) -> Ticket | None:
        """The ticket of a row; None when there is no such row."""
        return self._tickets[row] if 0 <= row < len(self._tickets) else None

    def row_of(self, ticket_id: str) -> int | None:
        """The row of a ticket; None when it is not there."""
        return next((row for row, ticket in enumerate(self._tickets) if ticket.id == ticket_id), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's own name
        """How many tickets there are."""
        return 0 if parent.isValid() else len(self._tickets)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's own name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802, ANN401 - Qt's own
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.words.say(f"counter-column-{self._columns[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | _VERTICAL
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        """What a cell shows."""
        if not index.isValid() or self._plan is None:
            return None
        ticket, column = self._tickets[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.FontRole:
            return self._strong if column is Column.NUMBER else None
        show = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.DecorationRole: self._icon,
            Qt.ItemDataRole.ForegroundRole: self._ink,
            Qt.ItemDataRole.ToolTipRole: self._tip,
        }.get(Qt.ItemDataRole(role))
        return None if show is None else show(ticket, column, self._plan)

    def _text(self, ticket: Ticket, column: Column, plan: HallPlan) -> str:
        words = self._look.words
        match column:
            case Column.NUMBER:
                return ticket.number
            case Column.SERVICE:
                return wording.service_name(words, plan, ticket.service)
            case Column.PRIORITY:
                return wording.priority_name(words, plan, ticket.priority)
            case Column.WAITED:
                return wording.of_promise(words, self._wait(ticket, plan))

    def _icon(self, ticket: Ticket, column: Column, plan: HallPlan) -> QPixmap | None:
        if column is Column.WAITED:
            pace = self._wait(ticket, plan).pace
            return self._drawn(PACE_ICONS[pace], PACE_ROLES[pace])
        if column is Column.PRIORITY and ticket.priority != ORDINARY:
            return self._drawn(PRIORITY_ICONS.get(ticket.priority, "star"), "action")
        return None

    def _ink(self, ticket: Ticket, column: Column, plan: HallPlan) -> QColor:
        if column is Column.WAITED:
            return self._look.colour(PACE_ROLES[self._wait(ticket, plan).pace])
        if column is Column.PRIORITY:
            return self._look.colour("text_quiet" if ticket.priority == ORDINARY else "action")
        return self._look.colour("text")

    def _tip(self, ticket: Ticket, _column: Column, plan: HallPlan) -> str:
        return wording.due_reason(self._look.words, plan, ticket)

    def _wait(self, ticket: Ticket, plan: HallPlan) -> Elapsed:
        return waited(plan, ticket, self._now)

    def _drawn(self, icon: str, role: str) -> QPixmap:
        key = (icon, role)
        if key not in self._icons:
            self._icons[key] = self._look.pixmap(icon, role, icon_px(self._look))
        return self._icons[key]
