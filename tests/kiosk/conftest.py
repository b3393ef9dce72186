"""A kiosk without a store and without a screen, driven by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.presenter import Look
from kiosk.view_model import KioskViewModel, Pace
from shared.domain.clock import ManualClock
from tools.testing.kiosks import PORTRAIT, FakeTickets, Kiosk, MakeKiosk
from tools.testing.sample_hall import MORNING, make_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from shared.qt.sizes import Screen


@pytest.fixture
def make_kiosk(qtbot: QtBot) -> Iterator[MakeKiosk]:
    """Makes kiosks that already know a busy hall."""
    made: list[Kiosk] = []

    def make(
        *,
        prints: bool = True,
        pace: Pace | None = None,
        screen: Screen = PORTRAIT,
        view_model: type[KioskViewModel] = KioskViewModel,
    ) -> Kiosk:
        tickets, clock, seconds = FakeTickets(), ManualClock(MORNING), [100.0]
        view = view_model(
            tickets,
            Look(screen, "Noto Sans SC", moves=False),
            clock,
            prints=prints,
            pace=pace,
            check_in=tickets,
            monotonic=lambda: seconds[0],
        )
        view.receive(make_snapshot())
        made.append(Kiosk(view, tickets, clock, seconds))
        return made[-1]

    yield make
    for kiosk in made:
        kiosk.view.stop()


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Kiosk:
    """A kiosk with a printer in a busy hall."""
    return make_kiosk()
