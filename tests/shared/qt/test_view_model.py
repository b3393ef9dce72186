from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.qt.view_model import ViewModel, as_qml

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Row:
    name: str
    colour: Colour | None = None


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...] = ()
    title: str = ""


def test_a_state_becomes_plain_maps_and_lists() -> None:
    page = Page((Row("a", Colour.RED), Row("b")), "t")
    assert as_qml(page) == {
        "rows": [{"name": "a", "colour": "red"}, {"name": "b", "colour": None}],
        "title": "t",
    }
    assert type(as_qml(Colour.RED)) is str


def test_a_new_state_is_told(qtbot: QtBot) -> None:
    view: ViewModel[Page] = ViewModel(Page())
    with qtbot.waitSignal(view.state_changed):
        view.show(Page(title="new"))
    assert view.current.title == "new"
    assert view.property("state") == {"rows": [], "title": "new"}


def test_the_same_state_is_not_told_again(qtbot: QtBot) -> None:
    view: ViewModel[Page] = ViewModel(Page(title="same"))
    with qtbot.assertNotEmitted(view.state_changed):
        view.show(Page(title="same"))
    assert view.current == Page(title="same")
