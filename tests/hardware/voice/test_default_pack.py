"""espeak-ng makes a whole pack; without it that is said plainly."""

from __future__ import annotations

import ctypes
from pathlib import Path

import espeakng_loader
import pytest

from hardware.voice import default_pack
from hardware.voice.default_pack import build_pack, default_pack_folder, ensure_default_pack
from hardware.voice.pack import MANIFEST, ClipPack, PackError, load_pack
from hardware.voice.wording import TEXTS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ClipPack:
    folder = tmp_path_factory.mktemp("built") / "voice" / "pack"
    build_pack(folder)
    return load_pack(folder)


def test_the_default_pack_has_every_word_and_says_windows_in_one_breath(built: ClipPack) -> None:
    assert built.languages == ("zh", "en")
    assert built.title.startswith("espeak-ng 1.5")
    for language in TEXTS:
        assert {*TEXTS[language], "window-1", "window-12", "window-50"} <= set(built.clips[language])


def test_each_clip_is_a_word_and_not_a_silence(built: ClipPack) -> None:
    lengths = {
        (language, clip): len(samples) / built.rate
        for language, clips in built.clips.items()
        for clip, samples in clips.items()
    }
    assert {place: seconds for place, seconds in lengths.items() if not 0.1 < seconds < 3} == {}
    peaks = [max(map(abs, samples)) for clips in built.clips.values() for samples in clips.values()]
    assert min(peaks) > 25_000
    assert max(peaks) <= 32_767


def test_no_two_digits_sound_the_same(built: ClipPack) -> None:
    for language in TEXTS:
        digits = {built.clips[language][str(digit)].tobytes() for digit in range(10)}
        assert len(digits) == 10


def test_nothing_is_left_beside_the_pack(built: ClipPack) -> None:
    assert [path.name for path in built.folder.parent.iterdir()] == ["pack"]


@pytest.mark.parametrize(
    ("text", "tones"),
    [
        ("零一二三四五六七八九", "35 55 51 55 51 214 51 55 55 214"),
        ("请", "214"),
        ("到", "51"),
        ("十二号窗口", "35 51 51 55 214"),
    ],
)
def test_the_tones_of_chinese_are_right(text: str, tones: str) -> None:
    """Tones as Chao wrote them; Debian 12's espeak-ng 1.51 has others."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetVoiceByName(b"cmn")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    spelt = ctypes.c_char_p(text.encode())
    phonemes = library.espeak_TextToPhonemes(ctypes.byref(spelt), 1, 0).decode()
    numbers = "".join(sign if sign.isdecimal() else " " for sign in phonemes.replace("@", "")).split()
    assert " ".join(numbers) == tones


def test_a_pack_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tone_pack: Path) -> None:
    builds: list[Path] = []

    def build(folder: Path) -> None:
        builds.append(folder)
        folder.parent.mkdir(parents=True)
        folder.symlink_to(tone_pack)

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(default_pack, "default_pack_folder", lambda: tmp_path / "voice" / "pack")
    monkeypatch.setattr(default_pack, "build_pack", build)
    assert ensure_default_pack() == ensure_default_pack() == tmp_path / "voice" / "pack"
    assert builds == [tmp_path / "voice" / "pack"]
    assert default_pack_folder().name.startswith("espeak")


def test_without_espeak_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_pack, "can_build", lambda: False)
    with pytest.raises(PackError, match=r"pip install espeakng-loader, or set voice_pack"):
        build_pack(tmp_path / "pack")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PackError, match="cannot be written"):
        build_pack(tmp_path / "file" / "pack")


def test_a_folder_with_something_else_in_it_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "notes.txt").touch()

    def make(_folder: Path, made: Path) -> None:
        made.mkdir()
        (made / MANIFEST).touch()

    monkeypatch.setattr(default_pack, "_run_espeak", make)
    with pytest.raises(PackError, match="cannot be written"):
        build_pack(tmp_path / "pack")
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["notes.txt"]


def test_of_two_that_build_at_once_the_first_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(folder: Path, made: Path) -> None:
        for place, text in ((folder, "theirs"), (made, "ours")):
            place.mkdir()
            (place / MANIFEST).write_text(text)

    monkeypatch.setattr(default_pack, "_run_espeak", make)
    build_pack(tmp_path / "pack")
    assert (tmp_path / "pack" / MANIFEST).read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]
