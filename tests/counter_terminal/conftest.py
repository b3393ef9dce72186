from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from shared.domain.clock import ManualClock
from shared.hall import Hall, create_hall, open_hall
from tools.testing.halls import NINE, small_plan
from tools.testing.terminals import BADGE, PIN, Terminal, make_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator


class TerminalMaker(Protocol):
    def __call__(self, hall: Hall, clock: ManualClock, *, counter: int | None = 2) -> Terminal: ...


@pytest.fixture(scope="session")
def opened_hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall with two clerks and no tickets: made once, because hashing a PIN is slow by design."""
    path = tmp_path_factory.mktemp("counter") / "template.db"
    with create_hall(f"sqlite:///{path}", small_plan(), clock=ManualClock(NINE)) as hall:
        hall.add_clerk(BADGE, "李", PIN)
        hall.add_clerk("1002", "王", "4321")
    return path


@pytest.fixture
def hall_url(opened_hall: Path, tmp_path: Path) -> str:
    path = tmp_path / "hall.db"
    shutil.copyfile(opened_hall, path)
    return f"sqlite:///{path}"


@pytest.fixture
def hall(hall_url: str, clock: ManualClock) -> Iterator[Hall]:
    with open_hall(hall_url, clock=clock) as hall:
        yield hall


@pytest.fixture
def new_terminal(qapp: object) -> Iterator[TerminalMaker]:
    with ExitStack() as stack:

        def make(hall: Hall, clock: ManualClock, *, counter: int | None = 2) -> Terminal:
            terminal = make_terminal(hall, clock, counter=counter)
            stack.callback(terminal.view_model.stop)
            return terminal

        yield make


@pytest.fixture
def terminal(hall: Hall, clock: ManualClock, new_terminal: TerminalMaker) -> Terminal:
    """A clerk at counter 2, with five customers waiting."""
    for service in ("payment", "broadband", "enquiry", "payment", "broadband"):
        hall.issue(service)
    made = new_terminal(hall, clock)
    made.log_in()
    return made
