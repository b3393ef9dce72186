from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.voice.pack import PackError
from hardware.voice.wording import TEXTS
from operations import desk, voice_commands
from operations.cli import jiaohao


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = desk.run(jiaohao, ["voice", "pack", *arguments, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert isinstance(told, dict)
    return code, told


def test_a_sound_pack_is_told_with_what_is_in_it(capsys: pytest.CaptureFixture[str], tone_pack: Path) -> None:
    code, told = run(capsys, "check", str(tone_pack))
    assert code == desk.DONE
    assert told["languages"] == ["zh", "en"]
    assert told["clips"] == sum(map(len, TEXTS.values()))


def test_the_pack_that_is_set_is_checked(
    capsys: pytest.CaptureFixture[str], tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_VOICE_PACK", str(tone_pack))
    assert run(capsys, "check")[1]["folder"] == str(tone_pack)


def test_what_is_wrong_with_a_pack_is_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told = run(capsys, "check", str(tmp_path))
    assert code == desk.DIFFERENT
    assert told["problems"] == ["there is no manifest.toml: a clip pack is a folder that has one"]


def test_a_pack_is_built_where_it_is_wanted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_commands, "build_pack", lambda folder: folder.symlink_to(tone_pack))
    code, told = run(capsys, "build", str(tmp_path / "mine"))
    assert (code, told) == (desk.DONE, {"folder": str(tmp_path / "mine"), "title": "Tones"})


def test_a_pack_that_cannot_be_built_is_the_environments(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise PackError(folder, ["espeak-ng is not installed"])

    monkeypatch.setattr(voice_commands, "build_pack", fail)
    code, told = run(capsys, "build", str(tmp_path / "mine"))
    assert (code, told["error"]) == (desk.ENVIRONMENT, "voice_pack")


def test_the_words_to_record_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "words") == (desk.DONE, {key: dict(texts) for key, texts in TEXTS.items()})
    desk.run(jiaohao, ["voice", "pack", "words"])
    assert "again\t再次呼叫" in capsys.readouterr().out.splitlines()
