"""The QML itself, drawn without a screen; a QML warning fails the test by the log guard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage

import lobby_display
from lobby_display.lobby_view import LobbyView, Place
from lobby_display.remote_commands import remote_commands, shown
from shared.domain.clock import ManualClock
from shared.qt.fonts import load_fonts
from shared.qt.qml_window import QmlWindow, open_qml
from shared.qt.theme import Mode, make_theme
from shared.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from PySide6.QtQuick import QQuickItem
    from pytestqt.qtbot import QtBot

    from shared.domain.announcement import Announcement
    from shared.domain.snapshot import HallSnapshot

    MakeSnapshot = Callable[..., HallSnapshot]
    OpenLobby = Callable[..., tuple[LobbyView, QmlWindow]]

QML = Path(lobby_display.__file__).with_name("qml")
COLOURS = make_theme(Mode.NIGHT, 40, family="any").colours


@pytest.fixture
def open_lobby(qtbot: QtBot, now: datetime) -> Iterator[OpenLobby]:
    opened: list[QmlWindow] = []

    def open_one(
        width: int, height: int, language: Language = Language.ZH, *, moves: bool = True, seat_m: float = 6
    ) -> tuple[LobbyView, QmlWindow]:
        view = LobbyView(Words(language), Place(55, seat_m, load_fonts(), moves), ManualClock(now))
        window = open_qml(QML / "Hall" / "Lobby" / "LobbyWindow.qml", {"view": view}, import_paths=[QML])
        opened.append(window)
        window.window.resize(width, height)
        window.window.show()
        qtbot.waitUntil(lambda: (view.arrangement.width, view.arrangement.height) == (width, height))
        return view, window

    yield open_one
    for window in opened:
        window.close()


@dataclass(frozen=True)
class Seen:
    """A text on the screen: a copy, for the items go with their window."""

    text: str
    cut: bool
    x: float
    y: float
    width: float


def texts(item: QQuickItem) -> list[Seen]:
    found = [seen for child in item.childItems() if child.isVisible() for seen in texts(child)]
    if item.metaObject().className().startswith(("PlainText", "FittingText")) and item.property("text"):
        middle = item.mapToScene(item.boundingRect().center())
        found.append(
            Seen(item.property("text"), item.property("truncated"), middle.x(), middle.y(), item.width())
        )
    return found


def pulsing(item: QQuickItem) -> int:
    own = item.metaObject().className().startswith("Pulse") and bool(item.property("pulsing"))
    return own + sum(pulsing(child) for child in item.childItems())


def count_of(image: QImage, role: str) -> int:
    wanted = QColor(COLOURS[role]).rgb()
    points = ((x, y) for x in range(0, image.width(), 8) for y in range(0, image.height(), 8))
    return sum(image.pixel(x, y) == wanted for x, y in points)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1280, 720), (3840, 2160), (2160, 3840)])
@pytest.mark.parametrize("seat_m", [6, 7.5])
@pytest.mark.parametrize("language", Language)
def test_every_text_of_a_busy_hall_stays_on_the_screen_uncut(
    open_lobby: OpenLobby,
    make_snapshot: MakeSnapshot,
    size: tuple[int, int],
    language: Language,
    seat_m: float,
) -> None:
    view, window = open_lobby(*size, language, seat_m=seat_m)
    view.take_news(make_snapshot(12, 16))
    seen = texts(window.window.contentItem())
    outside = [each for each in seen if not (0 < each.x < size[0] and 0 < each.y < size[1])]
    assert len(seen) > 40
    assert [each.text for each in seen if each.cut] == []
    assert outside == []
    assert min(each.width for each in seen) > 0


def test_the_newest_call_is_in_the_colour_of_a_call(
    open_lobby: OpenLobby, make_snapshot: MakeSnapshot
) -> None:
    view, window = open_lobby(1920, 1080)
    before = count_of(window.window.grabWindow(), "call")
    view.take_news(make_snapshot())
    assert before == 0
    assert count_of(window.window.grabWindow(), "call") > 100


def test_a_flash_pulses_and_then_rests(
    open_lobby: OpenLobby,
    make_snapshot: MakeSnapshot,
    make_announcement: Callable[..., Announcement],
    qtbot: QtBot,
) -> None:
    view, window = open_lobby(1280, 720)
    view.take_news(make_snapshot())
    rest = count_of(window.window.grabWindow(), "call")
    view.flash(make_announcement())
    qtbot.waitUntil(lambda: count_of(window.window.grabWindow(), "call") > 5 * rest)
    qtbot.waitUntil(lambda: count_of(window.window.grabWindow(), "call") == rest)
    assert view.current.calls[0].flash > 0


@pytest.mark.parametrize("moves", [True, False])
def test_only_with_motion_does_a_flash_pulse(
    open_lobby: OpenLobby,
    make_snapshot: MakeSnapshot,
    make_announcement: Callable[..., Announcement],
    moves: bool,
) -> None:
    view, window = open_lobby(1280, 720, moves=moves)
    view.take_news(make_snapshot())
    before = pulsing(window.window.contentItem())
    view.flash(make_announcement())
    assert before == 0
    assert pulsing(window.window.contentItem()) == (1 if moves else 0)


def test_stale_data_is_said_without_moving_a_number(
    open_lobby: OpenLobby, make_snapshot: MakeSnapshot, now: datetime
) -> None:
    view, window = open_lobby(1920, 1080)
    view.take_news(make_snapshot())
    item = window.window.contentItem()

    def numbers() -> list[Seen]:
        return [seen for seen in texts(item) if seen.text in {"A023", "B107", "A022", "C004"}]

    before = numbers()
    view.lose_touch(now)
    assert len(before) == 4
    assert numbers() == before
    assert "数据暂未更新，最后更新于 09:41" in {seen.text for seen in texts(item)}


def test_a_closed_hall_shows_its_hours_and_dims(
    open_lobby: OpenLobby, make_snapshot: MakeSnapshot, now: datetime
) -> None:
    view, window = open_lobby(1920, 1080)
    view.take_news(make_snapshot(calls=(), waiting=()))
    bright = count_of(window.window.grabWindow(), "surface")
    closed = make_snapshot(calls=(), waiting=())
    view.take_news(replace(closed, plan=replace(closed.plan, closed_on=(closed.day,))))
    shown_texts = {seen.text for seen in texts(window.window.contentItem())}
    assert "今日休息" in shown_texts
    assert bright > 0
    assert count_of(window.window.grabWindow(), "surface") == 0


def test_the_remote_control_tells_what_is_shown(
    open_lobby: OpenLobby,
    make_snapshot: MakeSnapshot,
    make_announcement: Callable[..., Announcement],
    tmp_path: Path,
) -> None:
    view, window = open_lobby(1280, 720)
    view.take_news(make_snapshot())
    view.flash(make_announcement())
    answer = shown(view)
    assert answer["calls"] == [
        {"number": call.number, "counter": int(call.counter)} for call in view.current.calls
    ]
    assert view.current.calls[0].number == "A023"
    assert answer["flashing"] == "A023"
    picture = tmp_path / "lobby.png"
    remote_commands(view, window.window)["grab"](str(picture))
    assert QImage(str(picture)).width() == 1280
