"""What the kiosk can be told from standard input, for end-to-end tests and the demo: the taps of a customer.

`tap SERVICE`, `help`, `class KEY`, `appointment`, `time HH:MM`, `page N`, `language`, `retry`, `back`, `home`,
`scan CODE`. Each does what the finger or the scanner would do and answers with the page that is shown then; `show`
only answers.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.view_model import KioskViewModel
from shared.qt.remote_control import CommandError


def remote_commands(view: KioskViewModel) -> dict[str, Callable[..., object]]:
    """The commands of a kiosk."""

    def then_show(act: Callable[..., None]) -> Callable[..., object]:
        def act_and_show(*arguments: str) -> dict[str, object]:
            act(*arguments)
            return shown(view)

        return act_and_show

    def tap(service: str) -> None:
        if service not in {card.key for card in view.current.cards}:
            raise CommandError(f"no service {service!r} is shown")
        view.choose_service(service)

    def choose_time(clock: str) -> None:
        for choice in view.current.choices:
            if choice.title == clock:
                view.choose_time(choice.key)
                return
        raise CommandError(f"no time {clock!r} is shown")

    return {
        "tap": then_show(tap),
        "help": then_show(view.choose_help),
        "class": then_show(view.choose_class),
        "appointment": then_show(view.choose_appointment),
        "time": then_show(choose_time),
        "page": then_show(lambda by: view.turn_page(int(by))),
        "language": then_show(view.switch_language),
        "scan": then_show(view.scan),
        "retry": then_show(view.retry),
        "back": then_show(view.back),
        "home": then_show(view.start_over),
        "show": then_show(view.refresh),
    }


def shown(view: KioskViewModel) -> dict[str, object]:
    """The page that is shown, the number on it and what is said of its paper, and how it stands without its store."""
    screen, situation = view.current, view.situation
    return {
        "page": str(screen.page),
        "language": screen.language,
        "number": screen.result.number,
        "paper": screen.result.paper,
        "message": screen.result.message,
        "hint": screen.result.hint,
        "checked": screen.checked.title,
        "standby": situation.standby,
        "outage": None if situation.outage is None else situation.outage.tickets,
    }
