"""Every kind of command with a request id: how to come to where it makes sense, and how everything goes on after it."""

from __future__ import annotations

from collections.abc import Callable

from shared.hall import Hall

ONCE = "tap-1"

Command = Callable[[Hall], object]


def called(hall: Hall) -> None:
    """Two customers, the first called to counter 1."""
    hall.issue("payment")
    hall.issue("payment")
    hall.call_next(1)


def called_and_staffed(hall: Hall) -> None:
    """A customer at counter 1, and somebody at counter 2 to send the customer to."""
    called(hall)
    hall.open_counter(2)


def called_and_another(hall: Hall) -> None:
    """A customer at counter 1, and two who wait."""
    called(hall)
    hall.issue("payment")


def called_twice(hall: Hall) -> None:
    """The first customer was served, the second is at the counter."""
    called(hall)
    hall.call_next(1)


def served(hall: Hall) -> None:
    """A customer whose service has begun."""
    called(hall)
    hall.start(1)


def missed(hall: Hall) -> None:
    """A customer who did not come."""
    called(hall)
    hall.no_show(1)


def held(hall: Hall) -> None:
    """A customer who stepped aside."""
    called(hall)
    hall.hold(1)


def seated(hall: Hall) -> None:
    """A clerk at counter 1."""
    hall.add_clerk("1001", "王芳", "2468")
    hall.log_in(1, "1001", "2468")


def first_id(hall: Hall) -> str:
    """The id of the day's first ticket."""
    return f"{hall.snapshot().day:%Y%m%d}-B001"


def nothing(_hall: Hall) -> None:
    """No preparation."""


def moved_on(hall: Hall) -> None:
    """Everything goes on: the counter's ticket leaves it, and the next is called."""
    for counter in (1, 2):
        for _ in range(2):
            hall.call_next(counter)
    hall.issue("enquiry")


CASES: dict[str, tuple[Command, Command, Command]] = {
    "issue": (nothing, lambda hall: hall.issue("payment", "senior", ONCE), moved_on),
    "call": (lambda hall: hall.issue("payment"), lambda hall: hall.call_next(1, ONCE), moved_on),
    "call next": (called, lambda hall: hall.call_next(1, ONCE), moved_on),
    "call a chosen one": (
        called_and_another,
        lambda hall: hall.call_ticket(1, f"{hall.snapshot().day:%Y%m%d}-B003", ONCE),
        moved_on,
    ),
    "recall": (called, lambda hall: hall.recall(1, ONCE), moved_on),
    "start": (called, lambda hall: hall.start(1, ONCE), moved_on),
    "finish": (served, lambda hall: hall.finish(1, ONCE), moved_on),
    "no_show": (called, lambda hall: hall.no_show(1, ONCE), lambda hall: hall.return_ticket(first_id(hall))),
    "return": (missed, lambda hall: hall.return_ticket(first_id(hall), ONCE), moved_on),
    "hold": (called, lambda hall: hall.hold(1, ONCE), lambda hall: hall.resume(first_id(hall))),
    "resume": (held, lambda hall: hall.resume(first_id(hall), ONCE), moved_on),
    "transfer": (called_and_staffed, lambda hall: hall.transfer(1, "broadband", 2, ONCE), moved_on),
    "cancel": (held, lambda hall: hall.cancel(first_id(hall), ONCE), moved_on),
    "undo": (called, lambda hall: hall.undo(1, ONCE), moved_on),
    "undo both": (called_twice, lambda hall: hall.undo(1, ONCE), moved_on),
    "pause": (nothing, lambda hall: hall.pause_counter(1, "lunch", ONCE), lambda hall: hall.open_counter(1)),
    "open": (nothing, lambda hall: hall.open_counter(1, ONCE), lambda hall: hall.pause_counter(1, "lunch")),
    "log in": (
        lambda hall: hall.add_clerk("1001", "王芳", "2468"),
        lambda hall: hall.log_in(1, "1001", "2468", request_id=ONCE),
        lambda hall: hall.log_out(1),
    ),
    "log out": (seated, lambda hall: hall.log_out(1, ONCE), lambda hall: hall.log_in(1, "1001", "2468")),
    "close": (
        lambda hall: hall.open_counter(1),
        lambda hall: hall.close_counter(1, None, ONCE),
        lambda hall: hall.open_counter(1),
    ),
}
"""Name: what comes before, the command itself, and what happens before it is repeated much later."""
