"""The QML itself, drawn without a screen and worked by a finger; a QML warning fails the test by the log guard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from PySide6.QtCore import Property, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

import kiosk as kiosk_package
from kiosk.qr_provider import PROVIDER, QrProvider
from kiosk.screen_state import Page
from kiosk.view_model import KioskViewModel, Pace
from kiosk.visit import Paper, PaperNews
from shared.domain.errors import StoreUnavailable
from shared.qt.fonts import load_fonts
from shared.qt.qml_window import QmlWindow, open_qml
from shared.qt.sizes import Screen
from tools.testing.sample_hall import make_plan, make_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tools.testing.kiosks import Kiosk, MakeKiosk

    OpenWindow = Callable[[Kiosk], "Touch"]

QML = Path(kiosk_package.__file__).with_name("qml")
READINGS_A_CHANGE = 2
"""QML asks twice for a map that changed; the page has more than a hundred texts, sizes and colours from it."""

SCREENS = [Screen(1080, 1920, 32.0), Screen(1280, 1024, 19.0), Screen(1920, 1080, 21.5)]


class Touch:
    """A finger on the kiosk's window."""

    def __init__(self, window: QmlWindow) -> None:
        self.window = window.window

    def items(self) -> list[QQuickItem]:
        """All items that are shown."""
        return [item for item in _below(self.window.contentItem()) if item.isVisible()]

    def find(self, name: str) -> QQuickItem:
        """The shown item of this name."""
        found = [item for item in self.items() if item.objectName() == name]
        assert len(found) == 1, f"{name}: {[item.objectName() for item in self.items() if item.objectName()]}"
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether an item of this name is shown."""
        return any(item.objectName() == name for item in self.items())

    def tap(self, name: str) -> None:
        """Tap the middle of an item."""
        QTest.mouseClick(
            self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.middle(name)
        )

    def middle(self, name: str) -> QPoint:
        """The middle of an item, in the window."""
        item = self.find(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def texts(self) -> list[QQuickItem]:
        """The texts that are shown."""
        return [
            item for item in self.items() if item.property("lineCount") is not None and item.property("text")
        ]


class CountedView(KioskViewModel):
    """Notes what QML reads of it."""

    readings: ClassVar[list[str]] = []

    def _tell_state(self) -> dict[str, Any]:
        self.readings.append("state")
        return self._read_state()

    def _tell_looks(self) -> dict[str, Any]:
        self.readings.append("looks")
        return self._read_looks()

    state = Property("QVariantMap", _tell_state, notify=KioskViewModel.state_changed)  # type: ignore[arg-type]
    looks = Property("QVariantMap", _tell_looks, notify=KioskViewModel.looks_changed)  # type: ignore[arg-type]


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _below(child)


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens the window of a kiosk."""
    opened: list[QmlWindow] = []
    load_fonts()

    def open_it(kiosk: Kiosk) -> Touch:
        window = open_qml(QML / "Hall" / "Kiosk" / "Main.qml", {"view": kiosk.view}, import_paths=[QML])
        window.engine.addImageProvider(PROVIDER, QrProvider())
        opened.append(window)
        screen = kiosk.view._look.screen
        window.window.resize(screen.width_px, screen.height_px)
        with qtbot.waitExposed(window.window):
            window.window.show()
        return Touch(window)

    yield open_it
    for window in opened:
        window.close()


def test_a_tap_on_a_card_takes_a_number_and_back_returns(
    kiosk: Kiosk, open_window: OpenWindow, qtbot: QtBot
) -> None:
    touch = open_window(kiosk)
    touch.tap("service-payment")
    assert [intent.service for intent in kiosk.tickets.intents] == ["payment"]
    kiosk.tickets.answer()
    qtbot.waitUntil(lambda: touch.shows("number"))
    assert touch.find("number").property("text") == "B023"
    kiosk.pause()
    touch.tap("back-area")
    assert kiosk.view.current.page is Page.SERVICES


def test_one_customers_page_serves_the_next_too(kiosk: Kiosk, open_window: OpenWindow, qtbot: QtBot) -> None:
    touch = open_window(kiosk)
    card = touch.find("service-payment")
    touch.tap("service-payment")
    kiosk.tickets.answer()
    number = touch.find("number")
    kiosk.pause()
    touch.tap("back-area")
    assert touch.find("service-payment") == card
    assert not touch.shows("number")
    assert number.property("text") == "", "the next customer must not see this one's number"
    kiosk.pause()
    touch.tap("service-repair")
    kiosk.tickets.answer()
    assert touch.find("number") == number
    assert number.property("text") == "B023"
    assert touch.find("qr").property("progress") == 1.0


def test_qml_fetches_the_state_for_each_change_and_not_for_each_text(
    open_window: OpenWindow, make_kiosk: MakeKiosk
) -> None:
    kiosk = make_kiosk(view_model=CountedView)
    open_window(kiosk)
    readings = CountedView.readings
    readings.clear()
    kiosk.view.receive(make_snapshot(open_counters=2))
    assert set(readings) == {"state"}, "what the kiosk looks like has not changed"
    assert len(readings) <= READINGS_A_CHANGE
    readings.clear()
    kiosk.view.switch_language()
    assert set(readings) == {"state", "looks"}
    assert len(readings) <= 2 * READINGS_A_CHANGE


def test_ten_quick_taps_take_one_number(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    place = touch.middle("service-payment")
    for tap in range(10):
        QTest.mouseClick(touch.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        if tap == 2:
            kiosk.tickets.answer()
        kiosk.pause(0.1)
    assert len(kiosk.tickets.intents) == 1
    assert kiosk.view.current.page is Page.RESULT


def test_a_real_touch_counts_like_a_click(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    device = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    place = touch.middle("service-repair")
    QTest.touchEvent(touch.window, device).press(0, place, touch.window)
    QTest.touchEvent(touch.window, device).release(0, place, touch.window)
    assert [intent.service for intent in kiosk.tickets.intents] == ["repair"]


def test_news_between_press_and_release_does_not_lose_the_tap(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    place = touch.middle("service-payment")
    QTest.mousePress(touch.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    kiosk.view.receive(make_snapshot(open_counters=2))
    QTest.mouseRelease(touch.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert len(kiosk.tickets.intents) == 1


def test_language_help_and_appointment_are_one_tap_away(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    touch.tap("language-area")
    assert kiosk.view.current.language == "en"
    touch.tap("help-area")
    assert kiosk.view.current.page is Page.CLASSES
    kiosk.pause()
    touch.tap("class-senior")
    assert kiosk.view.current.senior
    kiosk.pause()
    touch.tap("back-area")
    kiosk.pause()
    touch.tap("appointment-area")
    kiosk.pause()
    touch.tap("service-broadband")
    kiosk.pause()
    touch.tap("time-10:00")
    assert kiosk.tickets.intents[0].priority == "appointment"


def test_pages_are_turned_by_large_buttons(make_kiosk: MakeKiosk, open_window: OpenWindow) -> None:
    kiosk = make_kiosk(screen=SCREENS[1])
    kiosk.view.receive(make_snapshot(make_plan(20)))
    touch = open_window(kiosk)
    touch.tap("page-next-area")
    assert kiosk.view.current.pager.page == 1
    assert not touch.shows("service-payment")
    touch.tap("page-before-area")
    assert touch.shows("service-payment")


def test_after_a_failure_the_same_request_is_sent_again(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    touch.tap("service-payment")
    kiosk.tickets.fail(StoreUnavailable("unreachable", "no answer"))
    assert touch.find("title").property("text") == "暂时没有取到号"
    kiosk.pause()
    touch.tap("retry-area")
    kiosk.tickets.answer()
    assert touch.find("number").property("text") == "B023"
    assert len({intent.request_id for intent in kiosk.tickets.intents}) == 1


def test_without_paper_the_page_asks_for_a_photograph(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    touch.tap("service-payment")
    ticket = kiosk.tickets.answer()
    kiosk.view.hear_of_paper(PaperNews(ticket.id, Paper.FAILED, "paper_out"))
    assert touch.find("message").property("text") == "打印机缺纸，您的号码已生效：B023，请拍照留存"
    assert touch.find("qr").property("progress") == 1.0


def test_the_kiosk_goes_out_of_service_and_comes_back(
    make_kiosk: MakeKiosk, open_window: OpenWindow, qtbot: QtBot
) -> None:
    kiosk = make_kiosk(pace=Pace(patience_ms=20))
    touch = open_window(kiosk)
    kiosk.view.lose_link()
    qtbot.waitUntil(lambda: touch.shows("title"))
    assert touch.find("title").property("text") == "取号机暂停使用"
    kiosk.view.receive(make_snapshot())
    assert touch.shows("service-payment")


def _services(_kiosk: Kiosk) -> None:
    """The start page as it is."""


def _twenty(kiosk: Kiosk) -> None:
    kiosk.view.receive(make_snapshot(make_plan(20)))


def _senior(kiosk: Kiosk) -> None:
    kiosk.view.choose_help()
    kiosk.pause()
    kiosk.view.choose_class("senior")
    kiosk.pause()


def _classes(kiosk: Kiosk) -> None:
    kiosk.view.choose_help()


def _times(kiosk: Kiosk) -> None:
    kiosk.view.choose_appointment()
    kiosk.pause()
    kiosk.view.choose_service("broadband")


def _result(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("sim-swap")
    kiosk.tickets.answer()


def _paper_out(kiosk: Kiosk) -> None:
    _result(kiosk)
    kiosk.view.hear_of_paper(PaperNews("20261123-B023", Paper.FAILED, "paper_out"))


def _senior_paper_out(kiosk: Kiosk) -> None:
    _senior(kiosk)
    _paper_out(kiosk)


def _failed(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("payment")
    kiosk.tickets.fail(StoreUnavailable("unreachable", "no answer"))


def _closed(kiosk: Kiosk) -> None:
    kiosk.clock.set(kiosk.clock.now().replace(hour=14))
    kiosk.view.refresh()


SCENES = [
    _services,
    _twenty,
    _senior,
    _classes,
    _times,
    _result,
    _paper_out,
    _senior_paper_out,
    _failed,
    _closed,
]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen.width_px}x{screen.height_px}")
@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_no_text_is_cut_off_and_no_target_is_too_small(
    make_kiosk: MakeKiosk,
    open_window: OpenWindow,
    scene: Callable[[Kiosk], None],
    screen: Screen,
    english: bool,
) -> None:
    kiosk = make_kiosk(screen=screen)
    touch = open_window(kiosk)
    if english:
        kiosk.view.switch_language()
    scene(kiosk)
    page = touch.window.grabWindow().rect()
    for text in touch.texts():
        assert not text.property("truncated"), text.property("text")
        assert text.property("contentWidth") <= text.width() + 1, text.property("text")
        drawn = text.mapRectToScene(text.boundingRect()).toRect()
        assert page.contains(drawn), f"{text.property('text')} at {drawn}"
    areas = [item for item in touch.items() if item.inherits("QQuickMouseArea")]
    assert areas
    for area in areas:
        least = 28.0 if area.objectName().startswith("service-") else 20.0
        height = screen.pixels_per_mm * least - 0.5
        assert min(area.width(), area.height()) >= min(height, screen.pixels_per_mm * 20 - 0.5)
        assert area.height() >= height, area.objectName()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen.width_px}x{screen.height_px}")
def test_no_two_targets_lie_on_each_other(
    make_kiosk: MakeKiosk, open_window: OpenWindow, screen: Screen
) -> None:
    kiosk = make_kiosk(screen=screen)
    _twenty(kiosk)
    touch = open_window(kiosk)
    areas = [item for item in touch.items() if item.inherits("QQuickMouseArea")]
    places = [item.mapRectToScene(item.boundingRect()) for item in areas]
    assert len(places) > 8
    for index, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[index + 1 :])


def test_a_name_that_is_a_little_too_long_leaves_no_empty_line(kiosk: Kiosk, open_window: OpenWindow) -> None:
    touch = open_window(kiosk)
    kiosk.view.switch_language()
    touch.window.grabWindow()
    names = [text for text in touch.texts() if text.property("tallest") is not None]
    assert "New mobile line" in [name.property("text") for name in names]
    for name in names:
        assert name.height() < 1.2 * name.property("contentHeight"), name.property("text")
