from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from shared.store import write_turn as write_turn_module
from shared.store.write_turn import TURN_SUFFIX, write_turn
from tools.testing.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks, and so no turns")

HOLD = """
import sys
from pathlib import Path
from shared.store.write_turn import write_turn

with write_turn(Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set as soon as somebody has to wait for a turn."""
    waited = Event()
    pause = write_turn_module._pause

    def noted(seconds: float) -> None:
        waited.set()
        pause(seconds)

    monkeypatch.setattr(write_turn_module, "_pause", noted)
    # The limit is another test's; a machine that is busy for seconds must not end the waiting here.
    monkeypatch.setattr(write_turn_module, "TURN_SECONDS", 2 * PATIENCE_S)
    return waited


def test_threads_of_one_program_take_turns(tmp_path: Path, waits: Event) -> None:
    database = tmp_path / "hall.db"
    order: list[str] = []

    def second() -> None:
        with write_turn(database):
            order.append("second")

    with write_turn(database):
        thread = Thread(target=second)
        thread.start()
        assert waits.wait(PATIENCE_S)
        order.append("first")
    thread.join(PATIENCE_S)
    assert order == ["first", "second"]


def test_a_program_that_is_killed_gives_its_turn_back(tmp_path: Path, waits: Event) -> None:
    database = tmp_path / "hall.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(write_turn_module.__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        taken = Event()

        def take() -> None:
            with write_turn(database):
                taken.set()

        thread = Thread(target=take)
        thread.start()
        assert waits.wait(PATIENCE_S)
        assert not taken.is_set()
        holder.kill()
        assert taken.wait(PATIENCE_S)
        thread.join(PATIENCE_S)


def test_a_turn_that_never_comes_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_turn_module, "TURN_SECONDS", 0.01)
    database = tmp_path / "hall.db"
    with write_turn(database), write_turn(database):
        assert database.with_name(f"hall.db{TURN_SUFFIX}").exists()


def test_where_no_file_can_be_made_there_are_no_turns(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "hall.db"
    with write_turn(nowhere), write_turn(nowhere):
        assert not nowhere.parent.exists()
