"""The READMEs' examples are run as a reader would run them: the commands in their order, then the Python."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from operations import desk
from operations.cli import jiaohao

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def run_shell(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    word, *arguments = line.split()
    if word == "cp":
        shutil.copy(ROOT / arguments[0], arguments[1])
        return 0
    if word == "export":
        name, _equals, value = arguments[0].partition("=")
        monkeypatch.setenv(name, value)
        return 0
    assert word == "jiaohao", line
    return desk.run(jiaohao, arguments)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's own folder, and none of the settings of this machine."""
    settings = tmp_path / "settings.toml"
    settings.touch()
    monkeypatch.setenv("JIAOHAO_SETTINGS", str(settings))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("readme", READMES)
def test_commands_and_python_of_the_readme_work_in_their_order(
    readme: str, reader: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines()]

    codes = {line: run_shell(line, monkeypatch) for line in lines}

    assert set(codes.values()) == {0}, codes
    assert len(lines) >= 9
    told = capsys.readouterr().out.splitlines()
    documents = [json.loads(line) for line in told if line.startswith("{")]
    assert [part for part in documents if part.get("state") == "finished"]

    (example,) = blocks(readme, "python")
    exec(compile(example, readme, "exec"), {})  # the example itself ends with an assertion

    spoken = capsys.readouterr().out
    assert spoken.startswith("B002")
    assert "counter_free" in spoken


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (blocks(readme, "sh") for readme in READMES)

    assert english == chinese
