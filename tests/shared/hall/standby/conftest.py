from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from shared.domain.clock import ManualClock
from shared.hall import Hall
from shared.hall.standby.keeper import Keeper


class KeeperMaker(Protocol):
    def __call__(self, name: str = "kiosk-1", *, prepared: bool = True) -> Keeper: ...


@pytest.fixture
def new_keeper(hall: Hall, clock: ManualClock, tmp_path: Path) -> Iterator[KeeperMaker]:
    """Makes the keepers of ticket machines; one of a name that was there before finds its file again."""
    with ExitStack() as stack:

        def make(name: str = "kiosk-1", *, prepared: bool = True) -> Keeper:
            keeper = Keeper(tmp_path / "standby" / f"{name}.db", name, clock)
            stack.callback(keeper.close)
            if prepared:
                keeper.prepare(hall)
            return keeper

        yield make


@pytest.fixture
def keeper(new_keeper: KeeperMaker) -> Keeper:
    """The keeper of a ticket machine with a leased series."""
    return new_keeper()
