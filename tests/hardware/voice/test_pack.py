from __future__ import annotations

import shutil
import wave
from array import array
from pathlib import Path

import pytest

from hardware.voice.pack import MANIFEST, PackError, load_pack
from hardware.voice.sound import to_wav
from hardware.voice.wording import TEXTS
from tools.testing.tone_pack import CHIME_HERTZ, RATE, tone, write_tone_pack


@pytest.fixture
def folder(tone_pack: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tone_pack, tmp_path / "pack"))


def change(folder: Path, old: str, new: str) -> None:
    manifest = folder / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    assert old in text
    manifest.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(PackError) as failure:
        load_pack(folder)
    return list(failure.value.problems)


def test_a_pack_has_every_word_of_its_languages(tone_pack: Path) -> None:
    pack = load_pack(tone_pack)
    assert (pack.title, pack.rate, pack.languages) == ("Tones", RATE, ("zh", "en"))
    assert set(pack.clips["zh"]) == set(TEXTS["zh"])
    assert pack.clips["en"]["hundred" if "hundred" in TEXTS["en"] else "100"]
    assert pack.chime == tone(CHIME_HERTZ)


def test_one_language_is_enough_and_a_chime_is_made(tmp_path: Path) -> None:
    write_tone_pack(tmp_path, ["zh"])
    change(tmp_path, 'chime = "chime.wav"\n', "")
    pack = load_pack(tmp_path)
    assert pack.languages == ("zh",)
    assert max(map(abs, pack.chime)) > 5000
    assert abs(pack.chime[-1]) < 100


def test_a_missing_word_is_named_with_what_to_record(folder: Path) -> None:
    change(folder, '8 = "zh/8.wav"\n', "")
    assert problems(folder) == ["[zh] 8 is missing: record “八” and name its file"]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "en" / "to.wav").unlink()
    assert problems(folder) == ["[en] to = 'en/to.wav': there is no such file"]


def test_another_sample_rate_is_told_with_both_numbers(folder: Path) -> None:
    (folder / "zh" / "8.wav").write_bytes(to_wav(tone(500), 44_100).wav)
    (found,) = problems(folder)
    assert found.startswith("[zh] 8 = 'zh/8.wav': has 44100 samples a second where sample_rate says 16000")


def test_stereo_is_refused(folder: Path) -> None:
    with wave.open(str(folder / "zh" / "8.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(400))
    assert problems(folder) == [
        "[zh] 8 = 'zh/8.wav': must be mono with 16 bits a sample, not 2 channels of 16 bits"
    ]


def test_an_empty_clip_and_one_that_goes_on_and_on_are_refused(folder: Path) -> None:
    (folder / "zh" / "8.wav").write_bytes(to_wav(array("h"), RATE).wav)
    (folder / "zh" / "9.wav").write_bytes(to_wav(array("h", bytes(2 * 11 * RATE)), RATE).wav)
    first, second = problems(folder)
    assert "is 0.0 s long" in first
    assert "is 11.0 s long" in second


def test_a_file_that_is_no_wav_is_told(folder: Path) -> None:
    (folder / "zh" / "8.wav").write_bytes(b"ID3 this is an mp3")
    (found,) = problems(folder)
    assert found.startswith("[zh] 8 = 'zh/8.wav': ")


def test_a_file_outside_the_folder_is_refused(folder: Path) -> None:
    change(folder, '"zh/8.wav"', '"../../8.wav"')
    assert problems(folder) == ["[zh] 8 = '../../8.wav': lies outside the pack's folder: copy it into it"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sample_rate = 16000", "sampel_rate = 16000", "did you mean 'sample_rate'?"),
        ("sample_rate = 16000", 'sample_rate = "16000"', "sample_rate must be a whole number"),
        ("sample_rate = 16000", "sample_rate = 100", "sample_rate must be a whole number from 8000"),
        ('title = "Tones"\n', "", "title is missing"),
        ("please =", "pleese =", "[zh] 'pleese' is no clip: did you mean 'please'?"),
        ('please = "zh/please.wav"', "please = 3", "must be the name of a WAV file"),
        ("please =", 'window-0 = "zh/8.wav"\nplease =', "[zh] 'window-0' is no clip"),
        ("[en]", "[de]", "'de' is no key here"),
    ],
)
def test_a_manifest_that_is_wrong_is_told(folder: Path, old: str, new: str, told: str) -> None:
    change(folder, old, new)
    assert any(told in problem for problem in problems(folder))


def test_everything_that_is_wrong_is_told_at_once(folder: Path) -> None:
    (folder / "zh" / "8.wav").unlink()
    (folder / "en" / "8.wav").unlink()
    change(folder, "title", "titel")
    assert len(problems(folder)) == 4


def test_a_folder_without_manifest_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    assert "there is no manifest.toml" in problems(tmp_path)[0]
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe")
    assert "cannot be read" in problems(tmp_path)[0]
    (tmp_path / MANIFEST).write_text("title = ", encoding="utf-8")
    assert "is not valid TOML" in problems(tmp_path)[0]
    (tmp_path / MANIFEST).write_text('title = "x"\nsample_rate = 8000', encoding="utf-8")
    assert problems(tmp_path) == ["there is no language: add a table [zh] or [en] with its clips"]
