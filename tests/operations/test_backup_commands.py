"""`jiaohao backup`, `backups` and `restore`, as a person at a terminal and a script use them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from operations import desk
from operations.cli import jiaohao
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock
from tools.testing.halls import NINE

Run = Callable[..., tuple[int, Any]]


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without settings, whose data folder is its own."""
    for name in [name for name in os.environ if name.startswith("JIAOHAO_") and name != "JIAOHAO_TEST_RUN"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("JIAOHAO_BACKUP_FOLDER", str(tmp_path / "kept"))
    # Nine in the morning: no day begins while the test runs.
    monkeypatch.setenv(CLOCK_VARIABLE, ScaledClock(datetime.now(UTC), NINE, 1.0).spec())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json; gives its exit code and the one document it printed."""

    def run_command(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = desk.run(jiaohao, [*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


@pytest.fixture
def hall(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The example hall with one ticket."""
    monkeypatch.setenv("JIAOHAO_DATABASE", database_url)
    assert run("init")[0] == 0
    assert run("ticket", "issue", "--service", "payment")[0] == 0
    return database_url


def test_a_hall_is_backed_up_listed_and_brought_back(hall: str, run: Run, tmp_path: Path) -> None:
    code, made = run("backup")
    assert (code, made["tickets"], made["days"], made["removed"]) == (0, 1, 1, [])
    assert Path(made["file"]).parent == tmp_path / "kept"
    assert run("ticket", "issue", "--service", "payment")[0] == 0
    code, listed = run("backups")
    assert (code, [one["file"] for one in listed]) == (0, [made["file"]])
    code, refused = run("restore", "--latest")
    assert (code, refused["error"]) == (4, "not_empty")
    assert run("verify")[1]["tickets"] == 2
    code, restored = run("restore", "--latest", "--replace")
    assert (code, restored["tickets"]) == (0, 1)
    assert Path(restored["kept"]).is_file()
    code, report = run("verify")
    assert (code, report["clean"], report["tickets"]) == (0, True, 1)
    code, kept = run("restore", restored["kept"], "--replace")
    assert (code, kept["tickets"]) == (0, 2)


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_only_so_many_are_kept(hall: str, run: Run) -> None:
    files = [run("backup", "--keep", "2")[1]["file"] for _ in range(3)]
    assert [one["file"] for one in run("backups")[1]] == [files[2], files[1]]
    assert not Path(files[0]).exists()


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_without_a_backup_none_is_brought_back(hall: str, run: Run) -> None:
    code, refused = run("restore", "--latest", "--replace")
    assert (code, refused["error"]) == (2, "no_backup")
    assert run("backups") == (0, [])
    assert run("restore")[0] == 2


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_damaged_hall_is_told_with_the_last_good_backup(
    hall: str, run: Run, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert run("backup")[0] == 0
    Path(hall.removeprefix("sqlite:///")).write_bytes(b"no database" * 1000)
    capsys.readouterr()
    assert desk.run(jiaohao, ["board", "--language", language]) == 5
    assert "jiaohao restore --latest --replace" in capsys.readouterr().err
    assert run("restore", "--latest", "--replace")[0] == 0
    assert run("verify")[1]["tickets"] == 1


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("language", "words"), [("zh", "已备份并核对"), ("en", "Backed up and verified")])
def test_a_person_reads_words(
    hall: str, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    capsys.readouterr()
    assert not desk.run(jiaohao, ["backup", "--language", language])
    assert words in capsys.readouterr().out
    assert not desk.run(jiaohao, ["backups", "--language", language])
    assert "MB" in capsys.readouterr().out


def number_of(run: Run) -> str:
    code, ticket = run("ticket", "issue", "--service", "payment")
    assert code == 0
    return str(ticket["number"])


def test_after_a_restore_no_number_is_given_that_may_be_in_somebody_s_hand(hall: str, run: Run) -> None:
    assert run("backup")[0] == 0
    lost = [number_of(run) for _ in range(3)]
    code, restored = run("restore", "--latest", "--replace")
    assert code == 0
    ((_hall, following),) = restored["next_numbers"].items()
    assert len(following) == len(set(following.values())), "one for each service"
    assert number_of(run) == following["payment"] == f"{lost[0][0]}601"
    assert run("verify")[1]["clean"]


def test_a_day_that_the_backup_does_not_know_goes_on_above_its_lost_numbers_too(
    hall: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup")[0] == 0
    next_day = ScaledClock(datetime.now(UTC), NINE + timedelta(days=1), 1.0)
    monkeypatch.setenv(CLOCK_VARIABLE, next_day.spec())
    lost = [number_of(run) for _ in range(2)]
    assert run("restore", "--latest", "--replace")[0] == 0
    assert number_of(run) == f"{lost[0][0]}501"
    assert run("verify")[1]["clean"]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_operator_reads_where_numbers_go_on_unless_none_was_given(
    hall: str, run: Run, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert run("backup")[0] == 0
    assert not desk.run(jiaohao, ["restore", "--latest", "--replace", "--language", language])
    assert "601" in capsys.readouterr().out
    code, restored = run("restore", "--latest", "--replace", "--same-numbers")
    assert (code, restored["next_numbers"]) == (0, {})
    assert number_of(run).endswith("002")
