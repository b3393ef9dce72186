"""The real programs as processes on one example hall, drawing offscreen, at ten in the morning of a working Monday."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import Hall, create_hall
from shared.hall.hall_file import load_hall_file

TEN_IN_SHANGHAI: Final = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BADGE: Final = "1003"
PIN: Final = "2468"


@dataclass(frozen=True, slots=True)
class Programs:
    """A hall with one clerk, and what starts its programs; `stack` ends with them."""

    hall: Hall
    clock: ScaledClock
    stack: ExitStack
    environment: dict[str, str]

    def start(self, name: str, module: str, *arguments: str) -> Actor:
        """Start a program, which is ended with the others."""
        actor = Actor(name, module, arguments, self.environment)
        self.stack.callback(actor.stop)
        return actor


@contextmanager
def programs_of(database_url: str, folder: Path, *, reached_at: str | None = None) -> Iterator[Programs]:
    """Make the hall in this database; its programs reach it there, or at an address of their own."""
    clock = ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0)
    environment = {
        CLOCK_VARIABLE: clock.spec(),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_DATA_HOME": str(folder / "data"),
        "JIAOHAO_DATABASE": reached_at or database_url,
    }
    with ExitStack() as stack:
        hall = stack.enter_context(
            create_hall(database_url, load_hall_file(example_hall_file()), clock=clock)
        )
        hall.add_clerk(BADGE, "李", PIN)
        yield Programs(hall, clock, stack, environment)
