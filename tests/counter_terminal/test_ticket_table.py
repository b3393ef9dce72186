from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from counter_terminal.look import make_look
from counter_terminal.ticket_list import WAITING
from counter_terminal.ticket_table import TicketTable
from shared.qt.fonts import load_fonts
from shared.qt.theme import Mode
from shared.words import Language, Words
from tools.testing.halls import NINE, small_plan

if TYPE_CHECKING:
    from shared.domain.ticket import Ticket
    from shared.hall import Hall

WAITED = 3


@pytest.fixture
def table(qapp: object) -> TicketTable:
    return TicketTable(make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT), WAITING.columns)


@pytest.fixture
def tickets(hall: Hall) -> tuple[Ticket, ...]:
    first = hall.issue("payment", "senior")
    return tuple(
        replace(first, id=f"{index}", number=f"B{index:03}", priority="senior" if index == 0 else "ordinary")
        for index in range(300)
    )


def shown(table: TicketTable, row: int, column: int, role: Qt.ItemDataRole) -> object:
    return table.data(table.index(row, column), role)


def test_a_row_tells_number_service_class_and_the_wait_against_its_promise(
    table: TicketTable, tickets: tuple[Ticket, ...]
) -> None:
    table.show_tickets(tickets, small_plan(), NINE + timedelta(minutes=4, seconds=5))
    texts = [shown(table, 0, column, Qt.ItemDataRole.DisplayRole) for column in range(4)]
    assert texts == ["B000", "缴费充值", "长者", "04:05 / 15:00"]


@pytest.mark.parametrize(("minutes", "role"), [(1, "ok"), (12, "warn"), (16, "danger")])
def test_the_wait_is_told_by_colour_and_by_sign(
    table: TicketTable, tickets: tuple[Ticket, ...], minutes: int, role: str
) -> None:
    table.show_tickets(tickets, small_plan(), NINE + timedelta(minutes=minutes))
    look = make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT)
    assert shown(table, 0, WAITED, Qt.ItemDataRole.ForegroundRole) == look.colour(role)
    assert isinstance(shown(table, 0, WAITED, Qt.ItemDataRole.DecorationRole), QPixmap)


def test_as_the_time_goes_on_rows_stay_where_they_are(
    table: TicketTable, tickets: tuple[Ticket, ...]
) -> None:
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning, table)
    table.show_tickets(tickets, small_plan(), NINE)
    resets, changes = QSignalSpy(table.modelReset), QSignalSpy(table.dataChanged)
    table.show_tickets(tickets, small_plan(), NINE + timedelta(seconds=1))
    assert (resets.count(), changes.count()) == (0, 1)
    table.show_tickets(tickets[1:], small_plan(), NINE + timedelta(seconds=2))
    assert resets.count() == 1
    assert table.rowCount() == len(tickets) - 1
    assert table.row_of("0") is None
