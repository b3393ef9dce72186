"""The command line on both engines, and as the processes that scripts start."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from operations import desk
from operations.cli import jiaohao
from operations.store_address import sqlite_file
from shared.domain.clock import CLOCK_VARIABLE, ScaledClock

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "hall.example.toml"
INSTALLED = Path(sys.executable).with_name("jiaohao.exe" if os.name == "nt" else "jiaohao")

Run = Callable[..., tuple[int, Any]]


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without settings."""
    for name in [name for name in os.environ if name.startswith("JIAOHAO_") and name != "JIAOHAO_TEST_RUN"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json; gives its exit code and the one document it printed."""

    def run_command(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = desk.run(jiaohao, [*arguments, "--json"])
        captured = capsys.readouterr()
        assert captured.err == ""
        assert captured.out.count("\n") == 1
        return code, json.loads(captured.out)

    return run_command


@pytest.fixture
def hall(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The example hall, in the database that the environment names."""
    monkeypatch.setenv("JIAOHAO_DATABASE", database_url)
    assert run("init")[0] == 0
    return database_url


def execute(database_url: str, statement: str) -> None:
    """Change the store behind the programs' back, with nothing of ours."""
    file = sqlite_file(database_url)
    if file is not None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(statement)
            connection.commit()
        return
    with psycopg.connect(database_url.replace("+psycopg", "")) as server:
        server.execute(statement.encode())


def process(command: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.usefixtures("hall")
def test_every_ticket_command_does_what_it_says(run: Run) -> None:
    def state(*arguments: str) -> str:
        code, told = run("ticket", *arguments)
        assert code == 0, told
        return str(told["state"])

    at_3 = ("--counter", "3")
    for _ in range(2):
        assert state("issue", "--service", "payment") == "waiting"
    assert state("issue", "--service", "plan-change", "--priority", "senior") == "waiting"
    assert run("ticket", "call", *at_3)[1]["number"] == "C001"
    assert state("recall", *at_3) == "called"
    assert state("start", *at_3) == "serving"
    assert state("finish", *at_3) == "finished"
    assert state("call", *at_3) == "called"
    assert state("no-show", *at_3) == "no_show"
    assert state("return", "B001") == "waiting"
    assert state("hold", "--ticket", "B001") == "held"
    assert state("resume", "B001") == "waiting"
    assert state("cancel", "B001") == "cancelled"
    assert state("call", *at_3) == "called"
    assert state("hold", *at_3) == "held"
    assert state("resume", "B002") == "waiting"
    assert state("call", *at_3) == "called"
    code, undone = run("ticket", "undo", *at_3)
    assert (code, undone["counter"], undone["took_back"]) == (0, 3, "called")
    assert state("call", *at_3) == "called"
    assert state("transfer", *at_3, "--service", "enquiry") == "waiting"
    assert run("ticket", "call", "--counter", "2")[1]["number"] == "B002"
    assert run("ticket", "call", *at_3)[0] == 3
    assert run("verify")[1]["clean"] is True


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    "arguments",
    [
        ("issue", "--service", "nope"),
        ("call", "--counter", "99"),
        ("recall", "--counter", "3"),
        ("start", "--counter", "3"),
        ("finish", "--counter", "3"),
        ("no-show", "--counter", "3"),
        ("hold", "--counter", "3"),
        ("hold", "B404"),
        ("resume", "B404"),
        ("return", "B404"),
        ("cancel", "B404"),
        ("transfer", "--counter", "3", "--service", "payment"),
        ("undo", "--counter", "3"),
        ("why", "B404"),
    ],
    ids=" ".join,
)
def test_every_ticket_command_can_be_refused(run: Run, arguments: tuple[str, ...]) -> None:
    code, told = run("ticket", *arguments)
    assert code == 4
    assert set(told) >= {"error", "message"}


@pytest.mark.usefixtures("hall")
def test_a_rating_is_given_and_shows_in_the_figures(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # A slow clock, so that a slow machine is in time to vote.
    now = datetime.now(UTC)
    monkeypatch.setenv(CLOCK_VARIABLE, ScaledClock(now, now, 0.01).spec())
    run("ticket", "issue", "--service", "payment")
    run("ticket", "call", "--counter", "3")
    run("ticket", "finish", "--counter", "3")
    assert run("ticket", "rate", "--counter", "3", "--level", "6")[0] == 2
    code, rated = run("ticket", "rate", "--counter", "3", "--level", "4", "--request-id", "vote-1")
    assert (code, rated["number"], rated["rating"]) == (0, "B001", 4)
    assert run("ticket", "rate", "--counter", "3", "--level", "4", "--request-id", "vote-1")[1] == rated
    code, told = run("ticket", "rate", "--counter", "3", "--level", "1")
    assert (code, told["error"]) == (4, "already_rated")
    said = {"rated": 1, "satisfied": 1, "not_rated": 0, "share": 1.0}
    everybody = run("figures")[1]
    assert (len(everybody["counters"]), everybody["satisfaction"]) == (8, said)
    (one,) = run("figures", "--counter", "3")[1]["counters"]
    assert one == {
        "counter": 3,
        "served": 1,
        "no_shows": 0,
        "mean_service_seconds": one["mean_service_seconds"],
        "within_limit": 1,
        "satisfaction": said,
    }
    code, told = run("figures", "--counter", "99")
    assert (code, told["error"]) == (4, "unknown_counter")


@pytest.mark.usefixtures("hall")
def test_the_board_has_exactly_the_keys_that_scripts_read(run: Run) -> None:
    run("ticket", "issue", "--service", "payment")
    run("ticket", "issue", "--service", "payment")
    called = run("ticket", "call", "--counter", "3")[1]
    board = run("board")[1]
    assert list(board) == ["calls", "waiting", "counters"]
    assert board["calls"] == [
        {"number": "B001", "counter": 3, "service": "payment", "at": called["called_at"]}
    ]
    assert [list(line) for line in board["waiting"]] == [
        ["service", "people", "quote_minutes", "quote_low", "quote_high"]
    ] * 10
    assert {line["service"]: line["people"] for line in board["waiting"]}["payment"] == 1
    assert [counter["number"] for counter in board["counters"]] == list(range(1, 9))


def test_a_new_version_of_the_plan_keeps_history(run: Run, hall: str, tmp_path: Path) -> None:
    issued = run("ticket", "issue", "--service", "payment")[1]
    run("ticket", "call", "--counter", "3")
    changed = tmp_path / "hall.toml"
    changed.write_text(
        EXAMPLE.read_text(encoding="utf-8").replace(
            "service_limit_minutes = 20", "service_limit_minutes = 25"
        ),
        encoding="utf-8",
    )
    assert [run("init")[1]["plan_version"] for _ in range(2)] == [1, 1]
    assert [run("init", str(changed))[1]["plan_version"] for _ in range(2)] == [2, 2]
    assert run("init")[1]["plan_version"] == 3
    assert run("board")[1]["calls"][0]["number"] == issued["number"]
    verified = run("verify")[1]
    assert (verified["clean"], verified["tickets"]) == (True, 1)


@pytest.mark.usefixtures("hall")
def test_a_bad_hall_file_names_its_lines_and_changes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    zone, prefix = lines.index('timezone = "Asia/Shanghai"'), lines.index('prefix = "B"')
    lines[zone], lines[prefix] = 'timezone = "Mars"', 'prefix = "beta"'
    bad.write_text("\n".join(lines), encoding="utf-8")
    before = run("board")
    code, told = run("init", str(bad))
    assert (code, told["error"]) == (2, "hall_file")
    places = [line.partition(": ")[0] for line in told["message"].splitlines()]
    assert places == [f"{bad}:{zone + 1}", f"{bad}:{prefix + 1}"]
    assert desk.run(jiaohao, ["init", str(bad)]) == 2
    assert f"{bad}:{zone + 1}: 'Mars' is no time zone" in capsys.readouterr().err
    assert run("board") == before
    assert run("init")[1]["plan_version"] == 1


def test_a_called_service_may_leave_the_plan_and_the_board_still_shows(
    run: Run, hall: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("ticket", "issue", "--service", "devices")
    run("ticket", "call", "--counter", "7")
    run("ticket", "finish", "--counter", "7")
    text = EXAMPLE.read_text(encoding="utf-8")
    file = tmp_path / "hall.toml"
    file.write_text(text.replace('"devices"', '"gadgets"').replace("devices =", "gadgets ="), "utf-8")
    assert run("init", str(file))[0] == 0
    assert run("board")[1]["calls"][0]["service"] == "devices"
    assert desk.run(jiaohao, ["board"]) == 0
    assert "devices" in capsys.readouterr().out


def test_verify_names_a_ticket_changed_behind_the_log(run: Run, hall: str) -> None:
    run("ticket", "issue", "--service", "payment")
    run("ticket", "issue", "--service", "payment")
    assert run("verify")[0] == 0
    execute(hall, "UPDATE ticket SET state = 'finished' WHERE number = 'B002'")
    code, told = run("verify")
    assert (code, told["clean"]) == (1, False)
    assert any("B002" in difference for difference in told["differences"])
    assert not any("B001" in difference for difference in told["differences"])


def test_verify_names_an_event_that_somebody_removed(run: Run, hall: str) -> None:
    issued = run("ticket", "issue", "--service", "payment")[1]
    run("ticket", "issue", "--service", "payment")
    execute(hall, f"DELETE FROM event WHERE seq = {issued['seq']}")
    code, told = run("verify")
    assert code == 1
    assert told["differences"]


def test_a_store_of_newer_programs_is_left_alone(run: Run, hall: str) -> None:
    execute(hall, "UPDATE alembic_version SET version_num = '9999'")
    for command in (("board",), ("ticket", "issue", "--service", "payment"), ("init",)):
        code, told = run(*command)
        assert (code, told["error"]) == (5, "newer_schema")


def test_the_database_is_named_before_or_after_the_command_or_by_the_environment(
    run: Run, new_sqlite_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (new_sqlite_database() for _ in range(3))
    monkeypatch.setenv("JIAOHAO_DATABASE", first)
    assert run("init")[1]["database"] == first
    assert run("--database", second, "init")[1]["database"] == second
    assert run("init", "--database", third)[1]["database"] == third
    assert run("--database", second, "init", "--database", third)[1]["database"] == third
    run("ticket", "issue", "--service", "payment", "--database", third)
    people = [run("--database", url, "board")[1]["waiting"][1]["people"] for url in (first, second, third)]
    assert people == [0, 0, 1]


@pytest.mark.parametrize("place", ["folder", "text"])
def test_a_path_that_is_no_database_is_5(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("shopping list\n" * 100, encoding="utf-8")
    code, told = run("init", "--database", f"sqlite:///{tmp_path / place}")
    assert (code, told["error"]) == (5, {"folder": "unreachable", "text": "damaged"}[place])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_database_that_may_not_be_written_is_5(
    run: Run, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "--database", sqlite_url)
    file = sqlite_file(sqlite_url)
    assert file is not None
    file.chmod(0o444)
    tmp_path.chmod(0o555)
    monkeypatch.setenv("JIAOHAO_DATABASE", sqlite_url)
    code, told = run("ticket", "issue", "--service", "payment")
    tmp_path.chmod(0o755)
    assert (code, told["error"]) == (5, "read_only")


def test_a_password_is_not_printed(run: Run, postgres_url: str) -> None:
    with_password = postgres_url.replace("postgres:@", "postgres:hidden@", 1)
    assert "hidden" in with_password
    code, told = run("init", "--database", with_password)
    assert code == 0
    assert "hidden" not in told["database"]


def test_a_clerks_pin_is_asked_for_beside_the_json(
    run: Run, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("init", "--database", sqlite_url)
    asked: list[dict[str, Any]] = []

    def answer(_text: str, **how: Any) -> str:
        asked.append(how)
        return "4821"

    monkeypatch.setattr("click.prompt", answer)
    code, told = run("clerk", "add", "1001", "--name", "李梅", "--database", sqlite_url)
    assert (code, told["badge"]) == (0, "1001")
    assert asked == [{"hide_input": True, "confirmation_prompt": True, "err": True}]


def test_the_same_request_from_two_processes_is_one_ticket(hall: str) -> None:
    command = [sys.executable, "-m", "operations.cli", "ticket", "issue", "--service", "payment", "--json"]
    answers = [process(command, "--request-id", "tap-7") for _ in range(2)]
    assert [answer.returncode for answer in answers] == [0, 0]
    first, again = (json.loads(answer.stdout) for answer in answers)
    assert first == again
    assert first["number"] == "B001"


def test_the_installed_script_answers_with_one_document_also_when_it_fails(empty_sqlite_url: str) -> None:
    installed = [str(INSTALLED), "--database", empty_sqlite_url]
    answers = [
        process(installed, *arguments, "--json")
        for arguments in (
            ("board",),
            ("init",),
            ("ticket", "call", "--counter", "1"),
            ("ticket", "finish", "--counter", "1"),
            ("ticket", "finish"),
        )
    ]
    assert [answer.returncode for answer in answers] == [5, 0, 3, 4, 2]
    assert [answer.stderr for answer in answers] == [""] * 5
    documents = [json.loads(answer.stdout) for answer in answers]
    errors = [document.get("error") for document in documents]
    assert errors == ["no_schema", None, "nobody_waiting", "counter_free", "usage"]
