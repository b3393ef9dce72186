"""`jiaohao demo` without its programs: the whole day, the summary, the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations import desk
from operations.cli import jiaohao


def test_the_whole_day_runs_and_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = desk.run(jiaohao, ["demo", "--no-programs", "--json", "--output", str(tmp_path / "out")])
    told = json.loads(capsys.readouterr().out)
    assert code == desk.DONE
    assert told == json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told["verified"] is True
    assert told["issued"] == 421
    assert told["served"] + told["no_shows"] == 421
    assert "缴费充值" in (tmp_path / "out" / "summary.txt").read_text(encoding="utf-8")
