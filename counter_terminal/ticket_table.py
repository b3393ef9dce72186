"""Tickets as the rows of a table; hundreds of them cost no more than the ones in sight.

A table asks eight things of each cell whenever it is drawn. So what a cell shows is put together once, when it is first
asked for, and a new list of tickets touches only the rows that came, went or changed.
"""

from __future__ import annotations

from dataclasses import dataclass
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
_DRAWN = [Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole]


class Column(StrEnum):
    """The columns; each value is also its name in the words."""

    NUMBER = "number"
    SERVICE = "service"
    PRIORITY = "priority"
    WAITED = "waited"


@dataclass(slots=True)
class _Row:
    """A ticket and what its cells show, by role, as far as they were asked for; `as_of` is the moment of its wait."""

    ticket: Ticket
    cells: dict[Column, dict[int, Any]]
    as_of: datetime | None = None


class TicketTable(QAbstractTableModel):
    """Shows tickets in the order they come in. Waits go on by whole seconds."""

    def __init__(self, look: Look, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._columns = columns
        self._rows: list[_Row] = []
        self._plan: HallPlan | None = None
        self._now = datetime.min.replace(tzinfo=UTC)
        self._icons: dict[tuple[str, str], QPixmap] = {}
        self._strong = look.font("body", bold=True)

    def show_tickets(self, tickets: tuple[Ticket, ...], plan: HallPlan, now: datetime) -> None:
        """Show these tickets; what is not new stays where it is, and so does what is chosen."""
        second = now.replace(microsecond=0)
        time_went_on, self._now = second != self._now, second
        new_plan, self._plan = plan is not self._plan, plan
        self._drop(frozenset(ticket.id for ticket in tickets))
        self._reorder(tickets)
        self._insert(tickets)
        self._renew(tickets, whole=new_plan)
        if time_went_on and Column.WAITED in self._columns and self._rows:
            column = self._columns.index(Column.WAITED)
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column), _DRAWN)

    def ticket(self, row: int) -> Ticket | None:
        """The ticket of a row; None when there is no such row."""
        return self._rows[row].ticket if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's own name
        """How many tickets there are."""
        return 0 if parent.isValid() else len(self._rows)

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
        place, plan = index.row(), self._plan
        if place < 0 or plan is None:
            return None
        row, column = self._rows[place], self._columns[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.due_reason(self._look.words, plan, row.ticket)
        if column is Column.WAITED and row.as_of != self._now:
            row.as_of = self._now
            row.cells.pop(column, None)
        cell = row.cells.get(column)
        if cell is None:
            cell = row.cells[column] = self._cell(row.ticket, column, plan)
        return cell.get(role)

    def _drop(self, staying: frozenset[str]) -> None:
        gone = [row for row, shown in enumerate(self._rows) if shown.ticket.id not in staying]
        for run in reversed(_runs(gone)):
            self.beginRemoveRows(_ROOT, run.start, run.stop - 1)
            del self._rows[run.start : run.stop]
            self.endRemoveRows()

    def _reorder(self, tickets: tuple[Ticket, ...]) -> None:
        """Put the rows that stay in the order of these tickets."""
        rows = {row.ticket.id: row for row in self._rows}
        ordered = [rows[ticket.id] for ticket in tickets if ticket.id in rows]
        if ordered == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        places = {row.ticket.id: place for place, row in enumerate(ordered)}
        before = self.persistentIndexList()
        after = [self.index(places[self._rows[index.row()].ticket.id], index.column()) for index in before]
        self._rows = ordered
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, tickets: tuple[Ticket, ...]) -> None:
        known = {row.ticket.id for row in self._rows}
        for run in _runs([place for place, ticket in enumerate(tickets) if ticket.id not in known]):
            self.beginInsertRows(_ROOT, run.start, run.stop - 1)
            self._rows[run.start : run.start] = [_Row(ticket, {}) for ticket in tickets[run.start : run.stop]]
            self.endInsertRows()

    def _renew(self, tickets: tuple[Ticket, ...], *, whole: bool) -> None:
        """Show what changed of tickets that stayed; all of them when `whole`."""
        last = len(self._columns) - 1
        for place, (row, ticket) in enumerate(zip(self._rows, tickets, strict=True)):
            if whole or row.ticket != ticket:
                row.ticket = ticket
                row.cells.clear()
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def _cell(self, ticket: Ticket, column: Column, plan: HallPlan) -> dict[int, Any]:
        return {
            Qt.ItemDataRole.DisplayRole: self._text(ticket, column, plan),
            Qt.ItemDataRole.DecorationRole: self._icon(ticket, column, plan),
            Qt.ItemDataRole.ForegroundRole: self._ink(ticket, column, plan),
            Qt.ItemDataRole.FontRole: self._strong if column is Column.NUMBER else None,
        }

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

    def _wait(self, ticket: Ticket, plan: HallPlan) -> Elapsed:
        return waited(plan, ticket, self._now)

    def _drawn(self, icon: str, role: str) -> QPixmap:
        key = (icon, role)
        if key not in self._icons:
            self._icons[key] = self._look.pixmap(icon, role, icon_px(self._look))
        return self._icons[key]


def _runs(places: list[int]) -> list[range]:
    """Growing numbers as runs of neighbours."""
    runs: list[range] = []
    for place in places:
        if runs and runs[-1].stop == place:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return runs
