from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations import desk
from operations.cli import jiaohao


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    code = desk.run(jiaohao, ["devices", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_is_plugged_in_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "discover")
    assert code == desk.DONE
    assert isinstance(found, list)
    assert all(one["urls"] for one in found)


def test_a_test_ticket_comes_out_of_a_simulated_printer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, told = run(capsys, "test", f"sim://printer/desk?folder={tmp_path}")
    assert (code, told) == (desk.DONE, {"url": f"sim://printer/desk?folder={tmp_path}"} | _fine())
    assert list(tmp_path.glob("*.png"))


def _fine() -> dict[str, object]:
    return {"result": "done", "cause": None, "detail": ""}


def test_a_sign_is_lit_and_the_result_told_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = desk.run(jiaohao, ["devices", "test", f"sim://sign/3?folder={tmp_path}", "--language", "zh"])
    assert code == desk.DONE
    assert capsys.readouterr().out.splitlines()[-1] == "正常"
    assert "A023" in (tmp_path / "sign-3.json").read_text(encoding="utf-8")


@pytest.mark.expects_log("127.0.0.1:9 is down")
def test_a_printer_that_is_not_there_fails_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "test", "escpos+tcp://127.0.0.1:9")
    assert code == desk.DIFFERENT
    assert isinstance(told, dict)
    assert (told["result"], told["cause"]) == ("failed", "unreachable")


def test_an_address_that_makes_no_sense_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "test", "nonsense://x")
    assert code == desk.USAGE
    assert isinstance(told, dict)
    assert "nonsense" in str(told["message"])
