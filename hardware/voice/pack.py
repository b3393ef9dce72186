"""A clip pack: a folder with `manifest.toml` and one WAV file for each word of a call.

```toml
title = "Recorded by the hall's own announcer"
sample_rate = 22050              # of every file
chime = "chime.wav"              # when left out, a doorbell is made

[zh]                             # a pack has zh, en or both
please = "zh/please.wav"         # 请
"0" = "zh/0.wav"                 # 零
window-3 = "zh/window-3.wav"     # 到三号窗口: optional, sounds better than its parts
```
"""

from __future__ import annotations

import difflib
import tomllib
import wave
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hardware.voice.sound import SAMPLE_BYTES, chime, from_frames
from hardware.voice.wording import TEXTS, text_of

MANIFEST = "manifest.toml"
RATES = range(8000, 48_001)
LONGEST_CLIP_S = 10.0
_KEYS = ("title", "sample_rate", "chime", *TEXTS)


class PackError(Exception):
    """A clip pack cannot be used; `problems` are all that is wrong with it, one line each."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        super().__init__("\n".join(f"{folder}: {problem}" for problem in problems))
        self.folder = folder
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ClipPack:
    """A pack in memory: samples by language and clip."""

    folder: Path
    title: str
    rate: int
    clips: Mapping[str, Mapping[str, array[int]]]
    chime: array[int] = field(repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks, Chinese first."""
        return tuple(language for language in TEXTS if language in self.clips)


def load_pack(folder: Path) -> ClipPack:
    """Read a pack and check it whole. Raises PackError, naming everything that is wrong and what to do."""
    values = _manifest(folder)
    problems = list(_misspelt(values))
    rate = values.get("sample_rate")
    if type(rate) is not int or rate not in RATES:
        what = f"sample_rate must be a whole number from {RATES.start} to {RATES.stop - 1}, not {rate!r}"
        raise PackError(folder, [*problems, what])
    if not isinstance(values.get("title"), str):
        problems.append('title is missing: add it, like title = "Our announcer"')
    spoken = {language: values[language] for language in TEXTS if isinstance(values.get(language), dict)}
    if not spoken:
        problems.append("there is no language: add a table [zh] or [en] with its clips")
    reader = _Reader(folder, rate, problems)
    clips = {language: reader.language(language, files) for language, files in spoken.items()}
    bell = reader.clip("chime", values["chime"]) if "chime" in values else chime(rate)
    if problems:
        raise PackError(folder, problems)
    return ClipPack(folder, values["title"], rate, clips, bell)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(folder, [f"there is no {MANIFEST}: a clip pack is a folder that has one"]) from None
    except tomllib.TOMLDecodeError as error:
        raise PackError(folder, [f"{MANIFEST} is not valid TOML: {error}"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(folder, [f"{MANIFEST} cannot be read: {error}"]) from None


def _misspelt(values: Mapping[str, Any]) -> Iterator[str]:
    for key in values:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the keys are {', '.join(_KEYS)}"
            yield f"{key!r} is no key here: {hint}"


class _Reader:
    """Reads the files of one pack and collects what is wrong with them."""

    def __init__(self, folder: Path, rate: int, problems: list[str]) -> None:
        self._folder = folder
        self._rate = rate
        self._problems = problems

    def language(self, language: str, files: Mapping[str, Any]) -> dict[str, array[int]]:
        """The clips of one language."""
        for clip, text in TEXTS[language].items():
            if clip not in files:
                self._problems.append(f"[{language}] {clip} is missing: record “{text}” and name its file")
        known = {clip: name for clip, name in files.items() if self._is_known(language, clip)}
        return {clip: self.clip(f"[{language}] {clip}", name) for clip, name in known.items()}

    def _is_known(self, language: str, clip: str) -> bool:
        with suppress(KeyError, ValueError):
            text_of(clip, language)
            return True
        close = difflib.get_close_matches(clip, TEXTS[language], n=1)
        hint = f"did you mean {close[0]!r}?" if close else "remove it"
        self._problems.append(f"[{language}] {clip!r} is no clip: {hint}")
        return False

    def clip(self, what: str, name: object) -> array[int]:
        """The samples of one file; none, with a problem noted, when it is no good."""
        try:
            return self._read(name)
        except (_ClipError, OSError, EOFError, wave.Error) as error:
            self._problems.append(f"{what} = {name!r}: {error}")
            return array("h")

    def _read(self, name: object) -> array[int]:
        if not isinstance(name, str) or not name:
            raise _ClipError("must be the name of a WAV file in quotation marks")
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise _ClipError("lies outside the pack's folder: copy it into it")
        if not path.is_file():
            raise _ClipError("there is no such file")
        with wave.open(str(path), "rb") as file:
            self._check(file)
            return from_frames(file.readframes(file.getnframes()))

    def _check(self, file: wave.Wave_read) -> None:
        if file.getnchannels() != 1 or file.getsampwidth() != SAMPLE_BYTES:
            form = f"{file.getnchannels()} channels of {8 * file.getsampwidth()} bits"
            raise _ClipError(f"must be mono with 16 bits a sample, not {form}")
        if file.getframerate() != self._rate:
            raise _ClipError(
                f"has {file.getframerate()} samples a second where sample_rate says {self._rate}: convert it"
            )
        seconds = file.getnframes() / self._rate
        if not 0 < seconds <= LONGEST_CLIP_S:
            raise _ClipError(f"is {seconds:.1f} s long; a clip has between 0 and {LONGEST_CLIP_S:.0f} s")


class _ClipError(Exception):
    """What is wrong with one file."""
