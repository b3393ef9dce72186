from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from counter_terminal.look import make_look
from counter_terminal.state import TerminalState
from counter_terminal.ticket_list import WAITING, TicketList
from counter_terminal.ticket_table import TicketTable
from shared.domain.ticket import Ticket, TicketState
from shared.qt.fonts import load_fonts
from shared.qt.theme import Mode
from shared.words import Language, Words
from tools.testing.halls import NINE, small_plan

if TYPE_CHECKING:
    from shared.hall import Hall

WAITED = 3
PLAN = small_plan()


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
    table.show_tickets(tickets, PLAN, NINE + timedelta(minutes=4, seconds=5))
    texts = [shown(table, 0, column, Qt.ItemDataRole.DisplayRole) for column in range(4)]
    assert texts == ["B000", "缴费充值", "长者", "04:05 / 15:00"]


@pytest.mark.parametrize(("minutes", "role"), [(1, "ok"), (12, "warn"), (16, "danger")])
def test_the_wait_is_told_by_colour_and_by_sign(
    table: TicketTable, tickets: tuple[Ticket, ...], minutes: int, role: str
) -> None:
    table.show_tickets(tickets, PLAN, NINE + timedelta(minutes=minutes))
    look = make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT)
    assert shown(table, 0, WAITED, Qt.ItemDataRole.ForegroundRole) == look.colour(role)
    assert isinstance(shown(table, 0, WAITED, Qt.ItemDataRole.DecorationRole), QPixmap)


def ticket(number: int, priority: str = "ordinary") -> Ticket:
    return Ticket(
        id=f"20261123-A{number:03}",
        number=f"A{number:03}",
        service="payment",
        priority=priority,
        state=TicketState.WAITING,
        issued_at=NINE,
        called_at=None,
        counter=None,
        day=date(2026, 11, 23),
        seq=number,
        prefix="A",
        ordinal=number,
        due_at=NINE,
        rank_seq=number,
    )


TICKETS = st.builds(ticket, st.integers(1, 12), st.sampled_from(["ordinary", "senior"]))
LISTS = st.lists(TICKETS, max_size=12, unique_by=lambda made: made.id).map(tuple)
MOMENTS = st.integers(0, 3000).map(lambda tenths: NINE + timedelta(seconds=tenths / 10))


def texts(table: TicketTable) -> list[list[object]]:
    return [
        [shown(table, row, column, Qt.ItemDataRole.DisplayRole) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_as_the_time_goes_on_only_the_waits_are_drawn_anew(
    table: TicketTable, tickets: tuple[Ticket, ...]
) -> None:
    table.show_tickets(tickets, PLAN, NINE)
    changes = QSignalSpy(table.dataChanged)
    table.show_tickets(tickets, PLAN, NINE + timedelta(milliseconds=900))
    assert changes.count() == 0
    table.show_tickets(tickets, PLAN, NINE + timedelta(seconds=1))
    assert changes.count() == 1
    first, last = changes.at(0)[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, WAITED, 299, WAITED)
    assert shown(table, 0, WAITED, Qt.ItemDataRole.DisplayRole) == "00:01 / 15:00"


def test_a_ticket_that_goes_or_changes_leaves_the_others_alone(
    table: TicketTable, tickets: tuple[Ticket, ...]
) -> None:
    table.show_tickets(tickets, PLAN, NINE)
    resets, removals = QSignalSpy(table.modelReset), QSignalSpy(table.rowsRemoved)
    changes = QSignalSpy(table.dataChanged)
    table.show_tickets(tickets[1:], PLAN, NINE)
    assert [removals.at(0)[1:], removals.count()] == [[0, 0], 1]
    table.show_tickets((replace(tickets[1], priority="senior"), *tickets[2:]), PLAN, NINE)
    assert [(changes.at(0)[0].row(), changes.at(0)[1].row()), changes.count()] == [(0, 0), 1]
    assert shown(table, 0, 2, Qt.ItemDataRole.DisplayRole) == "长者"
    assert resets.count() == 0


def test_another_plan_words_every_row_anew(table: TicketTable, tickets: tuple[Ticket, ...]) -> None:
    table.show_tickets(tickets[:2], PLAN, NINE)
    assert shown(table, 1, 1, Qt.ItemDataRole.DisplayRole) == "缴费充值"
    services = tuple(
        replace(service, name=replace(service.name, zh="交费")) if service.key == "payment" else service
        for service in PLAN.services
    )
    table.show_tickets(tickets[:2], replace(PLAN, services=services), NINE)
    assert [row[1] for row in texts(table)] == ["交费", "交费"]


@given(st.lists(st.tuples(LISTS, MOMENTS), min_size=2, max_size=3))
def test_whatever_was_shown_before_the_table_shows_the_new_list(
    qapp: object, pictures: list[tuple[tuple[Ticket, ...], datetime]]
) -> None:
    look = make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT)
    table = TicketTable(look, WAITING.columns)
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning, table)
    for tickets, now in pictures:
        table.show_tickets(tickets, PLAN, now)
        fresh = TicketTable(look, WAITING.columns)
        fresh.show_tickets(tickets, PLAN, now)
        assert [table.ticket(row) for row in range(table.rowCount())] == list(tickets)
        assert texts(table) == texts(fresh)


@given(LISTS, LISTS, st.integers(0, 11))
def test_the_chosen_ticket_stays_chosen_as_long_as_it_is_there(
    qapp: object, before: tuple[Ticket, ...], after: tuple[Ticket, ...], place: int
) -> None:
    shown_list = TicketList(make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT), WAITING)
    state = TerminalState(NINE.astimezone(UTC))
    shown_list.show_tickets(before, PLAN, state, "")
    shown_list.view.selectRow(place)
    chosen = shown_list.chosen
    shown_list.show_tickets(after, PLAN, state, "")
    by_id = {shown.id: shown for shown in after}
    assert shown_list.chosen == (None if chosen is None else by_id.get(chosen.id))
    current = shown_list.view.currentIndex().row()
    assert current == (-1 if shown_list.chosen is None else after.index(shown_list.chosen))
    shown_list.deleteLater()


def test_what_nobody_chose_is_not_chosen_in_place_of_a_ticket_that_goes(
    qapp: object, tickets: tuple[Ticket, ...]
) -> None:
    """A list that gets the focus makes its first row the current one, and Qt then selects the next when that goes."""
    shown_list = TicketList(make_look(load_fonts(), Words(Language.ZH), Mode.LIGHT), WAITING)
    state = TerminalState(NINE.astimezone(UTC))
    shown_list.show_tickets(tickets[:3], PLAN, state, "")
    first = shown_list.model.index(0, 0)
    shown_list.view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
    shown_list.show_tickets(tickets[1:3], PLAN, state, "")
    assert shown_list.chosen is None
    assert not shown_list.view.currentIndex().isValid()
    shown_list.deleteLater()
