"""A clip pack in which each word is a tone of its own pitch: a recording tells which words were played, in order."""

from __future__ import annotations

import math
from array import array
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from hardware.voice.pack import MANIFEST
from hardware.voice.sound import to_wav
from hardware.voice.wording import TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RATE = 16_000
CLIP_S = 0.1
CHIME_HERTZ = 250
_FIRST_HERTZ, _APART_HERTZ = 400, 70
_WINDOW_S = 0.02
_QUIET = 1000


@pytest.fixture(scope="session")
def tone_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a pack of tones, in both languages."""
    folder = tmp_path_factory.mktemp("tones")
    write_tone_pack(folder)
    return folder


def write_tone_pack(folder: Path, languages: Sequence[str] = tuple(TEXTS)) -> None:
    """Write a pack of tones into a folder."""
    lines = ['title = "Tones"', f"sample_rate = {RATE}", 'chime = "chime.wav"']
    (folder / "chime.wav").write_bytes(to_wav(tone(CHIME_HERTZ), RATE).wav)
    for language in languages:
        (folder / language).mkdir()
        lines.append(f"[{language}]")
        for clip in TEXTS[language]:
            (folder / language / f"{clip}.wav").write_bytes(to_wav(tone(hertz(clip, language)), RATE).wav)
            lines.append(f'{clip} = "{language}/{clip}.wav"')
    (folder / MANIFEST).write_text("\n".join(lines), encoding="utf-8")


def hertz(clip: str, language: str) -> int:
    """Return the pitch of a word."""
    return _FIRST_HERTZ + _APART_HERTZ * list(TEXTS[language]).index(clip)


def tone(pitch: float, seconds: float = CLIP_S, rate: int = RATE) -> array[int]:
    """Return a tone."""
    count = round(seconds * rate)
    return array("h", [round(20_000 * math.sin(2 * math.pi * pitch * at / rate)) for at in range(count)])


def heard(samples: array[int], language: str, rate: int = RATE) -> list[str]:
    """Return the words in a recording, in order; "chime" is one, and silence is left out.

    The pitch is counted in windows of 20 ms; one that holds two tones, or a tone's edge, tells nothing and is passed
    over, and so a word that is said twice in a row is told once for each silence or other word between.
    """
    size = round(_WINDOW_S * rate)
    names = [_name(samples[at : at + size], language, rate) for at in range(0, len(samples) - size, size)]
    runs = [(name, len(list(run))) for name, run in groupby(names)]
    return [name for name, length in runs if name and length >= 2]


def loud_seconds(samples: array[int], rate: int = RATE) -> float:
    """Return how long it is from the first sound to the last."""
    loud = [at for at, value in enumerate(samples) if abs(value) > _QUIET]
    return (loud[-1] - loud[0]) / rate if loud else 0.0


def _name(window: array[int], language: str, rate: int) -> str:
    if max(map(abs, window)) < _QUIET:
        return ""
    signs = [value >= 0 for value in window]
    crossings = [at for at in range(1, len(signs)) if signs[at] != signs[at - 1]]
    if len(crossings) < 2:
        return ""
    pitch = (len(crossings) - 1) * rate / (2 * (crossings[-1] - crossings[0]))
    pitches = {"chime": CHIME_HERTZ} | {clip: hertz(clip, language) for clip in TEXTS[language]}
    nearest = min(pitches, key=lambda name: abs(pitches[name] - pitch))
    return nearest if abs(pitches[nearest] - pitch) < _APART_HERTZ / 3 else ""
