from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shared.qt.store_care import Damage, StoreCare
from shared.settings import Settings
from tools.testing.patience import PATIENCE_S

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Make = Callable[[str], StoreCare]

ANSWER = "import sys, json; sys.stdin.read(); print(json.dumps({}))"
"""What stands in for the process that looks after a store: it takes the task and gives this report."""


@pytest.fixture
def make(qapp: object, tmp_path: Path) -> Iterator[Make]:
    """Makes a carer whose process is a Python script."""
    made: list[StoreCare] = []

    def make_care(script: str) -> StoreCare:
        settings = Settings(database=f"sqlite:///{tmp_path}/hall.db")
        made.append(StoreCare(settings, carer=(sys.executable, "-c", script)))
        return made[-1]

    yield make_care
    for care in made:
        assert care.stop(PATIENCE_S)


def answering(damage: str | None, trouble: str | None = None) -> str:
    report = {
        "damage": damage,
        "last_good": "2026-11-23T01:00:00+00:00",
        "made": None,
        "trouble": trouble,
    }
    return ANSWER.format(repr(report))


@pytest.mark.expects_log("the store is damaged: page 7 is wrong")
def test_damage_is_told_with_the_last_good_backup(make: Make, qtbot: QtBot) -> None:
    care = make(answering("page 7 is wrong"))
    with qtbot.waitSignal(care.damaged) as told:
        care.start(first_look_s=0)
    assert told.args is not None
    damage = told.args[0]
    assert isinstance(damage, Damage)
    assert (damage.message, str(damage.last_good)) == ("page 7 is wrong", "2026-11-23 01:00:00+00:00")


@pytest.mark.expects_log("no backup could be made: disk_full")
def test_trouble_is_logged_once_and_its_end_too(
    make: Make, qtbot: QtBot, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.json"
    care = make(f"import sys, pathlib; sys.stdin.read(); print(pathlib.Path({str(answer)!r}).read_text())")
    for trouble in ('"disk_full"', '"disk_full"', "null"):
        answer.write_text(
            f'{{"damage": null, "last_good": null, "made": null, "trouble": {trouble}}}', encoding="utf-8"
        )
        looks = care.looks
        care.look()
        qtbot.waitUntil(lambda before=looks: care.looks > before)  # type: ignore[misc]
    texts = [record.message for record in caplog.records if record.name == "shared.qt.store_care"]
    assert texts == ["no backup could be made: disk_full; trying again", "backups can be made again"]


@pytest.mark.expects_log("the store could not be looked after: .*ZeroDivisionError")
def test_a_process_that_fails_is_logged(make: Make, qtbot: QtBot) -> None:
    care = make("import sys; sys.stdin.read(); 1 / 0")
    care.look()
    qtbot.waitUntil(lambda: care.looks == 1)


def test_a_process_that_hangs_does_not_hold_up_the_end(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    began = tmp_path / "began"
    care = make(
        f"import sys, threading, pathlib; pathlib.Path({str(began)!r}).touch(); threading.Event().wait()"
    )
    care.look()
    qtbot.waitUntil(began.exists)
    assert care.stop(PATIENCE_S)
