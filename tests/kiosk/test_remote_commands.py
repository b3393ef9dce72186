"""The kiosk can be worked from a pipe, as a finger works it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.remote_commands import remote_commands
from shared.qt.remote_control import CommandError

if TYPE_CHECKING:
    from tools.testing.kiosks import Kiosk


def test_a_tap_takes_a_ticket_and_show_tells_its_number(kiosk: Kiosk) -> None:
    commands = remote_commands(kiosk.view)
    commands["tap"]("payment")
    kiosk.tickets.answer()
    assert commands["show"]() == {
        "page": "result",
        "language": "zh",
        "number": "B023",
        "paper": "printing",
        "message": "正在打印号票…",
        "hint": "叫到您时，请到大屏和广播提示的窗口",
        "checked": "",
        "standby": False,
        "outage": None,
    }


def test_an_appointment_is_made_by_the_clock(kiosk: Kiosk) -> None:
    commands = remote_commands(kiosk.view)
    for name, arguments in (("appointment", ()), ("tap", ("repair",)), ("time", ("10:00",))):
        kiosk.pause()
        commands[name](*arguments)
    assert kiosk.tickets.intents[0].appointed_for is not None


@pytest.mark.parametrize(("name", "argument"), [("tap", "nothing"), ("time", "03:00")])
def test_what_is_not_shown_cannot_be_tapped(kiosk: Kiosk, name: str, argument: str) -> None:
    with pytest.raises(CommandError, match=argument):
        remote_commands(kiosk.view)[name](argument)


def test_help_class_language_and_home(kiosk: Kiosk) -> None:
    commands = remote_commands(kiosk.view)
    commands["help"]()
    kiosk.pause()
    commands["class"]("senior")
    commands["language"]()
    assert kiosk.view.current.senior
    assert commands["home"]() == {
        "page": "services",
        "language": "zh",
        "number": "",
        "paper": "none",
        "message": "",
        "hint": "",
        "checked": "",
        "standby": False,
        "outage": None,
    }
