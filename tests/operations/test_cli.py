"""The command line: every command's answer, exit code and JSON, also when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from operations import desk
from operations.cli import COMMANDS, jiaohao

ROOT = Path(__file__).parents[2]
TICKET_KEYS = {
    "id", "number", "service", "priority", "state", "issued_at", "called_at", "counter", "day", "seq",
}  # fmt: skip

Run = Callable[..., tuple[int, Any]]


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose settings name a database and nothing else."""
    for name in [name for name in os.environ if name.startswith("JIAOHAO_") and name != "JIAOHAO_TEST_RUN"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("JIAOHAO_DATABASE", f"sqlite:///{tmp_path / 'hall.db'}")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with --json; gives its exit code and the one JSON document it printed."""

    def run_command(*arguments: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = desk.run(jiaohao, [*arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


@pytest.fixture
def hall(run: Run) -> None:
    """The example hall with counter 3 open."""
    assert run("init")[0] == 0
    from shared.hall import open_hall

    with open_hall(os.environ["JIAOHAO_DATABASE"]) as opened:
        opened.open_counter(3)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = desk.run(jiaohao, list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_init_loads_the_example_hall_and_again_changes_nothing(run: Run) -> None:
    first, again = run("init"), run("init")
    assert first == again
    code, told = first
    assert code == 0
    assert (told["hall"], told["plan_version"]) == ("renmin-road", 1)
    assert told["counters"] == list(range(1, 9))
    assert len(told["services"]) == 10


def test_init_makes_the_folder_of_its_file(run: Run, tmp_path: Path) -> None:
    code, _told = run("init", "--database", f"sqlite:///{tmp_path}/a/b/hall.db")
    assert code == 0
    assert (tmp_path / "a" / "b" / "hall.db").exists()


def test_init_without_a_database_uses_the_users_data_folder(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIAOHAO_DATABASE")
    code, told = run("init")
    assert code == 0
    assert Path(told["database"].removeprefix("sqlite:///")).exists()


def test_a_changed_hall_file_becomes_a_new_version(run: Run, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "hall.example.toml").read_text(encoding="utf-8")
    file = tmp_path / "hall.toml"
    file.write_text(text.replace("人民路营业厅", "解放路营业厅"), encoding="utf-8")
    run("init")
    assert run("init", str(file))[1]["plan_version"] == 2


def test_a_wrong_hall_file_changes_nothing_and_names_the_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text('id = "x"\ntimezone = "Moon"\n', encoding="utf-8")
    code, told = run("init", str(file))
    assert (code, told["error"]) == (2, "hall_file")
    assert f"{file}:2: 'Moon' is no time zone" in told["message"]
    assert not (tmp_path / "hall.db").exists()


def test_a_folder_that_cannot_be_made_is_the_environments(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, told = run("init", "--database", f"sqlite:///{tmp_path}/file/hall.db")
    assert (code, told["error"]) == (5, "unreachable")


@pytest.mark.usefixtures("hall")
def test_a_ticket_from_issue_to_finish(run: Run) -> None:
    code, issued = run("ticket", "issue", "--service", "payment", "--priority", "senior")
    assert code == 0
    assert set(issued) >= TICKET_KEYS
    assert (issued["number"], issued["state"], issued["priority"]) == ("B001", "waiting", "senior")
    assert issued["called_at"] is None
    assert issued["counter"] is None
    assert datetime.fromisoformat(issued["issued_at"]).tzinfo is not None
    assert issued["id"] == f"{issued['day'].replace('-', '')}-B001"
    called = run("ticket", "call", "--counter", "3")[1]
    assert (called["number"], called["state"], called["counter"]) == ("B001", "called", 3)
    assert run("ticket", "recall", "--counter", "3")[1]["calls"] == 2
    assert run("ticket", "start", "--counter", "3")[1]["state"] == "serving"
    assert run("ticket", "finish", "--counter", "3")[1]["state"] == "finished"


@pytest.mark.usefixtures("hall")
def test_the_ways_of_a_ticket_that_is_not_simply_served(run: Run) -> None:
    for _ in range(2):
        run("ticket", "issue", "--service", "payment")
    run("ticket", "call", "--counter", "3")
    assert run("ticket", "no-show", "--counter", "3")[1]["state"] == "no_show"
    assert run("ticket", "return", "B001")[1]["state"] == "waiting"
    assert run("ticket", "hold", "B001")[1]["state"] == "held"
    assert run("ticket", "resume", "--ticket", "B001")[1]["state"] == "waiting"
    assert run("ticket", "cancel", "B001")[1]["state"] == "cancelled"
    run("ticket", "call", "--counter", "3")
    assert run("ticket", "hold", "--counter", "3")[1]["state"] == "held"
    run("ticket", "resume", "B002")
    run("ticket", "call", "--counter", "3")
    moved = run("ticket", "transfer", "--counter", "3", "--service", "plan-change")[1]
    assert (moved["service"], moved["state"], moved["counter"]) == ("plan-change", "waiting", None)
    code, undone = run("ticket", "undo", "--counter", "3")
    assert (code, undone["took_back"]) == (0, "transferred")
    assert [back["service"] for back in undone["tickets"]] == ["payment"]
    assert run("verify")[1]["clean"] is True


@pytest.mark.usefixtures("hall")
def test_a_chosen_ticket_is_called_and_why_tells_it(run: Run) -> None:
    for _ in range(2):
        run("ticket", "issue", "--service", "payment")
    assert run("ticket", "call", "--counter", "3", "B002")[1]["number"] == "B002"
    (overtaking,) = run("ticket", "why", "B001")[1]["overtaken_by"]
    assert (overtaking["number"], overtaking["counter"], overtaking["reason"]) == ("B002", 3, "chosen")
    assert run("ticket", "call", "--counter", "3", "--ticket", "B002")[1]["error"] == "wrong_state"
    assert run("verify")[1]["clean"] is True


@pytest.mark.usefixtures("hall")
def test_a_request_id_answers_the_same_again(run: Run) -> None:
    first = run("ticket", "issue", "--service", "payment", "--request-id", "tap-1")
    assert run("ticket", "issue", "--service", "payment", "--request-id", "tap-1") == first
    assert run("board")[1]["waiting"][1]["people"] == 1


@pytest.mark.usefixtures("hall")
def test_an_appointment_is_by_the_halls_clock(run: Run) -> None:
    from zoneinfo import ZoneInfo

    now = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0, tzinfo=None)
    code, told = run(
        "ticket", "issue", "--service", "enterprise", "--priority", "appointment",
        "--appointed-for", f"{now:%Y-%m-%d %H:%M:%S}",
    )  # fmt: skip
    assert code == 0, told
    appointed = datetime.fromisoformat(told["appointed_for"])
    assert appointed.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None) == now


@pytest.mark.usefixtures("hall")
def test_nobody_waiting_is_3(run: Run) -> None:
    code, told = run("ticket", "call", "--counter", "3")
    assert (code, told["error"]) == (3, "nobody_waiting")


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("issue", "--service", "nope"), "unknown_service"),
        (("issue", "--service", "payment", "--priority", "king"), "unknown_priority"),
        (("call", "--counter", "99"), "unknown_counter"),
        (("start", "--counter", "3"), "counter_free"),
        (("cancel", "B777"), "unknown_ticket"),
        (("cancel", "nonsense-B1"), "unknown_ticket"),
        (("undo", "--counter", "8"), "nothing_to_undo"),
    ],
)
def test_what_the_rules_refuse_is_4_with_code_and_message(
    run: Run, arguments: tuple[str, ...], error: str
) -> None:
    code, told = run("ticket", *arguments)
    assert (code, told["error"]) == (4, error)
    assert told["message"]


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    "arguments",
    [
        ("ticket", "issue"),
        ("ticket", "call", "--counter", "three"),
        ("ticket", "hold"),
        ("ticket", "cancel"),
        ("ticket", "dance"),
        ("dance",),
        ("board", "--language", "fr"),
    ],
)
def test_wrong_usage_is_2_and_json_all_the_same(run: Run, arguments: tuple[str, ...]) -> None:
    code, told = run(*arguments)
    assert (code, told["error"]) == (2, "usage")


@pytest.mark.parametrize("command", [("board",), ("verify",), ("ticket", "issue", "--service", "payment")])
@pytest.mark.parametrize(
    ("database", "error"),
    [
        ("postgresql+psycopg://nobody@127.0.0.1:1/hall", "unreachable"),
        ("sqlite:////nowhere/at/all/hall.db", "unreachable"),
        ("nonsense", "unreachable"),
        ("sqlite:///{folder}/empty.db", "no_schema"),
    ],
)
def test_a_store_out_of_reach_is_5(
    run: Run, tmp_path: Path, command: tuple[str, ...], database: str, error: str
) -> None:
    code, told = run(*command, "--database", database.format(folder=tmp_path))
    assert (code, told["error"]) == (5, error)


@pytest.mark.usefixtures("hall")
def test_a_hall_that_is_not_there_is_5(run: Run) -> None:
    code, told = run("--hall", "another", "board")
    assert (code, told["error"]) == (5, "unknown_hall")


def test_settings_that_make_no_sense_are_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAOHAO_COUNTER", "three")
    code, told = run("board")
    assert (code, told["error"]) == (2, "settings")
    assert "counter" in told["message"]


@pytest.mark.usefixtures("hall")
def test_the_board_is_what_the_lobby_shows(run: Run) -> None:
    run("ticket", "issue", "--service", "payment")
    run("ticket", "issue", "--service", "payment")
    run("ticket", "call", "--counter", "3")
    code, board = run("board")
    assert code == 0
    assert set(board) == {"calls", "waiting", "counters"}
    assert [set(call) for call in board["calls"]] == [{"number", "counter", "service", "at"}]
    assert [(call["number"], call["counter"], call["service"]) for call in board["calls"]] == [
        ("B001", 3, "payment")
    ]
    assert [line["service"] for line in board["waiting"]][:2] == ["new-line", "payment"]
    assert set(board["waiting"][1]) == {"service", "people", "quote_minutes", "quote_low", "quote_high"}
    assert board["waiting"][1]["people"] == 1
    assert [counter["number"] for counter in board["counters"]] == list(range(1, 9))
    assert board["counters"][2]["ticket"] == "B001"


@pytest.mark.usefixtures("hall")
def test_the_board_in_words_follows_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "ticket", "issue", "--service", "payment")
    said(capsys, "ticket", "call", "--counter", "3")
    code, chinese, _errors = said(capsys, "board")
    assert code == 0
    assert "缴费充值" in chinese
    assert "B001" in chinese
    assert "Bills and top-up" in said(capsys, "--language", "en", "board")[1]


@pytest.mark.usefixtures("hall")
def test_a_refusal_in_words_goes_to_standard_error_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, errors = said(capsys, "ticket", "call", "--counter", "99")
    assert (code, out) == (4, "")
    assert errors.startswith("本厅没有这个窗口\nno counter 99 in this hall")
    english = said(capsys, "ticket", "call", "--counter", "99", "--language", "en")[2]
    assert english.startswith("no counter 99 in this hall")


def test_a_store_out_of_reach_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, errors = said(capsys, "--language", "en", "--database", "nonsense", "board")
    assert code == 5
    assert "'nonsense' is no database address" in errors
    assert "Check the database's address" in errors


@pytest.mark.usefixtures("hall")
def test_why_a_ticket_was_overtaken(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("ticket", "issue", "--service", "payment")
    run("ticket", "issue", "--service", "payment", "--priority", "senior")
    run("ticket", "call", "--counter", "3")
    code, told = run("ticket", "why", "B001")
    assert code == 0
    assert [(one["number"], one["reason"]) for one in told["overtaken_by"]] == [("B002", "head_start")]
    assert "B002" in said(capsys, "ticket", "why", "B001")[1]
    assert run("ticket", "why", "B002")[1] == {"overtaken_by": []}


@pytest.mark.usefixtures("hall")
def test_verify_names_what_somebody_changed_behind_the_log(run: Run, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    run("ticket", "issue", "--service", "payment")
    assert run("verify") == (
        0, {"clean": True, "days": 1, "events": 3, "tickets": 1, "differences": []},
    )  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "hall.db")) as connection:
        connection.execute("UPDATE ticket SET state = 'finished'")
        connection.commit()
    code, told = run("verify")
    assert (code, told["clean"]) == (1, False)
    assert any("B001" in difference for difference in told["differences"])


@pytest.mark.usefixtures("hall")
def test_clerks_are_added_and_listed_without_their_pins(run: Run) -> None:
    code, told = run("clerk", "add", "1001", "--name", "李梅", "--pin", "4821", "--role", "supervisor")
    assert (code, told) == (0, {"badge": "1001", "name": "李梅", "role": "supervisor"})
    assert run("clerk", "list") == (0, [told])
    assert run("clerk", "add", "1002", "--name", "x", "--pin", "12")[1]["error"] == "weak_pin"


def test_every_command_loads_and_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run(jiaohao, ["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n  {name} " in told for name in COMMANDS)


def test_as_a_process_it_prints_one_document_and_loads_no_qt(tmp_path: Path) -> None:
    def process(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "operations.cli", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    assert process("init", "--json").returncode == 0
    issued = process("ticket", "issue", "--service", "payment", "--json")
    assert issued.returncode == 0
    assert json.loads(issued.stdout)["number"] == "B001"
    loaded = {line.rpartition("|")[2].strip() for line in issued.stderr.splitlines()}
    assert "shared.hall" in loaded
    assert not loaded & {"PySide6", "rich", "PIL", "escpos", "alembic"}
    refused = process("ticket", "issue", "--service", "nope", "--json")
    assert refused.returncode == 4
    assert json.loads(refused.stdout)["error"] == "unknown_service"
    assert (tmp_path / "hall.db").exists()
