"""A database that takes everything and answers nothing: no window waits for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from operations.demo.actor import Actor
from operations.hall_commands import example_hall_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from shared.hall import create_hall
from shared.hall.hall_file import load_hall_file
from tools.testing.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from tools.testing.cuttable_line import CuttableLine

TEN_IN_SHANGHAI = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_the_windows_live_while_the_database_hangs(line: CuttableLine, tmp_path: Path) -> None:
    environment = {
        CLOCK_VARIABLE: ScaledClock(datetime.now(UTC), TEN_IN_SHANGHAI, 1.0).spec(),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "JIAOHAO_DATABASE": line.url,
    }
    create_hall(line.url, load_hall_file(example_hall_file())).close()
    terminal = Actor("counter", "counter_terminal", ["--counter", "3"], environment)
    lobby = Actor("lobby", "lobby_display", [], environment)
    try:
        until("the hall on the terminal", lambda: terminal.tell("state")["stale"] is False)
        until("the hall in the lobby", lambda: not lobby.tell("show")["stale"])
        line.freeze()
        terminal.tell("next")
        # A thread that waited for the store could not answer before the line is mended, which it is only below.
        until("the terminal's word", lambda: terminal.tell("state")["stale"] is True)
        until("the lobby's banner", lambda: bool(lobby.tell("show")["stale"]))
        line.mend()
        until("the hall on the terminal again", lambda: terminal.tell("state")["stale"] is False)
        until("the hall in the lobby again", lambda: not lobby.tell("show")["stale"])
    finally:
        ends = [terminal.stop(), lobby.stop()]
    assert ends == [0, 0]
