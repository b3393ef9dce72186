"""The supervisor's page of devices: which one, where, how it is, since when, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from counter_terminal.parts import icon_px, label
from shared.domain.device_health import DeviceState
from shared.hall.device_phrases import device_advice, device_name, device_state, device_trouble, moment_text

if TYPE_CHECKING:
    from datetime import datetime

    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from counter_terminal.view_model import CounterViewModel
    from shared.domain.device_health import DeviceHealth
    from shared.domain.plan import HallPlan

COLUMNS = ("device", "state", "since", "trouble", "advice")
STATE = COLUMNS.index("state")
ICONS = {
    DeviceState.OK: ("check-circle", "ok"),
    DeviceState.ATTENTION: ("warning", "warn"),
    DeviceState.DOWN: ("warning", "danger"),
    DeviceState.UNKNOWN: ("question", "text_quiet"),
}
SILENT = ("offline", "danger")
_SIZE = (58, 26)
_ROW = 2.4
"""Sizes in multiples of the body text."""


class DevicesDialog(QDialog):
    """Follows the terminal's state while it is open; those that need somebody come first."""

    def __init__(self, parent: QWidget, look: Look, view_model: CounterViewModel) -> None:
        super().__init__(parent)
        self._look = look
        self._view_model = view_model
        words, body = look.words, look.theme.sizes["body"]
        self.setWindowTitle(words.say("counter-devices-title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(look.style_sheet())
        self.resize(round(body * _SIZE[0]), round(body * _SIZE[1]))
        self.table = self._make_table()
        self._nothing = label(look, words.say("devices-status-none"), role="text_quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space("l"), look.space("l"), look.space("l"), look.space("m"))
        column.setSpacing(look.space("s"))
        column.addWidget(label(look, words.say("counter-devices-title"), step="large", bold=True))
        column.addWidget(self.table, 1)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(label(look, words.say("counter-devices-keys"), role="text_quiet"))
        view_model.changed.connect(self._follow)
        self._shown: object = None
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Another font: the rows' heights follow."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.table.resizeRowsToContents()

    def _make_table(self) -> QTableWidget:
        words = self._look.words
        table = QTableWidget(0, len(COLUMNS))
        table.setHorizontalHeaderLabels([words.say(f"devices-column-{column}") for column in COLUMNS])
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(round(self._look.theme.sizes["body"] * _ROW))
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, _column in enumerate(COLUMNS):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        for place in (COLUMNS.index("trouble"), COLUMNS.index("advice")):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        return table

    def _follow(self) -> None:
        state = self._view_model.state
        if state.snapshot is None:
            return
        plan, now = state.snapshot.plan, state.now
        rows = [self._row(health, plan, now) for health in _sorted(state)]
        if rows != self._shown:
            self._shown = rows
            self._fill(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def _row(self, health: DeviceHealth, plan: HallPlan, now: datetime) -> tuple[tuple[str, str], list[str]]:
        words = self._look.words
        sign = SILENT if health.is_silent(now) else ICONS[health.report.state]
        texts = [
            device_name(words, health),
            device_state(words, health, now),
            moment_text(plan, health.since, now),
            device_trouble(words, health, plan, now),
            device_advice(words, health, now),
        ]
        return sign, texts

    def _fill(self, rows: list[tuple[tuple[str, str], list[str]]]) -> None:
        self.table.setRowCount(len(rows))
        for row, ((icon, role), texts) in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == STATE:
                    item.setIcon(self._look.pixmap(icon, role, icon_px(self._look)))
                    item.setForeground(self._look.colour(role))
                self.table.setItem(row, column, item)
        self.table.resizeRowsToContents()


def _sorted(state: TerminalState) -> list[DeviceHealth]:
    return sorted(state.devices, key=lambda health: not health.needs_somebody(state.now))
