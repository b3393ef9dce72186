"""A store is checked at the start, backed up once a day, and a damaged one is told with its last good backup."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain.clock import ManualClock
from shared.hall import Hall
from shared.hall.store_care import Task, look_after
from shared.store.backup import no_progress
from shared.store.backup.files import backups_in
from shared.store.backup.proof import prove
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def task(hall: Hall, database_url: str, tmp_path: Path) -> Task:
    hall.issue("payment")
    return Task(database_url, None, str(tmp_path / "kept"), keep=2, check=True)


def test_a_sound_store_is_backed_up_once(task: Task, clock: ManualClock) -> None:
    first = look_after(task, clock)
    assert (first.damage, first.trouble) == (None, None)
    assert first.made is not None
    assert prove(Path(first.made), no_progress).tickets == 1
    again = look_after(task, clock)
    assert (again.made, again.trouble, again.last_good) == (None, None, first.last_good)


def test_none_is_made_where_none_is_wanted(task: Task, clock: ManualClock) -> None:
    assert look_after(replace(task, keep=0), clock).made is None
    assert not Path(task.folder).exists()


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_only_so_many_daily_ones_are_kept(task: Task, clock: ManualClock) -> None:
    made = []
    for _ in range(4):
        made.append(look_after(task, clock).made)
        clock.advance(timedelta(days=1))
    assert [str(one.path) for one in backups_in(Path(task.folder))] == [made[3], made[2]]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_damaged_file_is_told_with_the_last_good_backup_which_stays(
    task: Task, hall: Hall, clock: ManualClock
) -> None:
    good = look_after(task, clock)
    hall.close()
    file = Path(task.database.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[4096 : 8 * 4096] = b"\xff" * (7 * 4096)
    file.write_bytes(content)
    clock.advance(timedelta(days=1))
    found = look_after(task, clock)
    assert found.damage
    assert (found.made, found.last_good) == (None, good.last_good)
    assert len(backups_in(Path(task.folder))) == 1


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_log_that_its_tables_contradict_is_told(task: Task, clock: ManualClock) -> None:
    with closing(sqlite3.connect(task.database.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE ticket SET priority = 'vip'")
        connection.commit()
    found = look_after(task, clock)
    assert found.damage is not None
    assert "B001" in found.damage
    assert found.made is None


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_folder_that_cannot_be_written_is_told_and_tried_again(
    task: Task, clock: ManualClock, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "kept"
    in_the_way.write_text("a file where the folder should be", encoding="utf-8")
    assert look_after(task, clock).trouble == "unreachable"
    in_the_way.unlink()
    clock.advance(timedelta(hours=2))
    assert look_after(task, clock).made is not None


def test_a_store_out_of_reach_is_no_damage(tmp_path: Path, clock: ManualClock) -> None:
    nowhere = Task(f"sqlite:///{tmp_path}/no/hall.db", None, str(tmp_path), keep=2, check=True)
    found = look_after(nowhere, clock)
    assert (found.damage, found.trouble) == (None, "unreachable")


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_as_a_process_it_answers_with_one_document(task: Task) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shared.hall.store_care"],
        input=json.dumps(asdict(task)),
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        timeout=PATIENCE_S,
        check=True,
    )
    report = json.loads(done.stdout)
    assert (report["damage"], report["trouble"]) == (None, None)
    assert Path(report["made"]).is_file()
