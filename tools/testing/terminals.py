"""A counter terminal on a table: its view model on a real hall, with the time and the worker in the test's hand."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from counter_terminal.one_press import RETRY_FOR
from counter_terminal.view_model import CounterViewModel
from shared.domain.errors import Refused, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.actions import Action
    from shared.domain.clock import ManualClock
    from shared.hall import Hall

T = TypeVar("T")
BADGE, PIN = "1001", "1234"


class HandWorker:
    """Runs work at once, or keeps it until `let_go` while it is held."""

    def __init__(self) -> None:
        self.held = False
        self.ran = 0
        self._pressed: deque[Callable[[], None]] = deque()
        self._jobs: deque[Callable[[], None]] = deque()

    def submit(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        *,
        pressed: bool = False,
    ) -> None:
        """Take a piece of work; what was pressed goes before the other, as on a lane."""

        def run() -> None:
            self.ran += 1
            try:
                result = work()
            except (Refused, StoreUnavailable) as error:
                if on_error is not None:
                    on_error(error)
                return
            if on_done is not None:
                on_done(result)

        if self.held:
            (self._pressed if pressed else self._jobs).append(run)
        else:
            run()

    def let_go(self) -> None:
        """Run what was kept, and hold no longer."""
        self.held = False
        while jobs := self._pressed or self._jobs:
            jobs.popleft()()


class ShakyHall:
    """A hall whose store can be cut off: before a command, or after it, when its answer is lost on the way."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.cut = False
        self.loses_answers = False
        self.requests: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for every method of a hall
        method = getattr(self._hall, name)
        if not callable(method):
            return method

        def through(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - the same
            if self.cut:
                raise StoreUnavailable("unreachable", "cut off")
            result = method(*arguments, **options)
            if name == "call_next":
                self.requests.append(arguments[1])
            if self.loses_answers:
                raise StoreUnavailable("unreachable", "the answer was lost")
            return result

        return through


@dataclass
class Terminal:
    """A view model and the hands that work it."""

    hall: Hall
    clock: ManualClock
    worker: HandWorker
    view_model: CounterViewModel

    def news(self) -> None:
        """Bring what the change feed would bring."""
        self.view_model.take_news(self.hall.snapshot())

    def log_in(self, badge: str = BADGE, pin: str = PIN) -> None:
        """Log the clerk in."""
        self.view_model.session.log_in(badge, pin)
        self.news()

    def press(self, *actions: Action, after_s: float = 1.0) -> None:
        """Press keys, each some time after the one before."""
        for action in actions:
            self.clock.advance(timedelta(seconds=after_s))
            self.view_model.press(action)
        self.news()

    def press_without_news(self, action: Action) -> None:
        """Press a key while the change feed is silent."""
        self.clock.advance(timedelta(seconds=1))
        self.view_model.press(action)

    def wait(self, seconds: float) -> None:
        """Let the time go on."""
        self.clock.advance(timedelta(seconds=seconds))
        self.view_model.tick()

    @property
    def patience(self) -> timedelta:
        """How long a press is tried again."""
        return RETRY_FOR

    @property
    def number(self) -> str | None:
        """The number of the ticket that the terminal shows."""
        ticket = self.view_model.state.ticket
        return None if ticket is None else ticket.number

    @property
    def said(self) -> str | None:
        """The id of the quiet line."""
        line = self.view_model.state.line
        return None if line is None else line.word


def make_terminal(
    hall: Hall | ShakyHall,
    clock: ManualClock,
    *,
    counter: int | None = 2,
    **options: Any,  # noqa: ANN401
) -> Terminal:
    """A terminal at a counter; the caller stops its view model."""
    typed, worker = cast("Hall", hall), HandWorker()
    view_model = CounterViewModel(lambda: typed, worker, clock, counter=counter, **options)
    terminal = Terminal(typed, clock, worker, view_model)
    terminal.news()
    return terminal
