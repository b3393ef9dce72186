"""Make the default clip pack with espeak-ng: `python -m hardware.voice.espeak_pack FOLDER`.

espeak-ng (GPL-3.0-or-later) comes with the package `espeakng-loader`, an optional extra. It is loaded in this process
alone, which ends when the clips are made: the programs of the hall only ever play WAV files. Version 1.52, as Debian
12's 1.51 gets the tones of Chinese wrong.
"""

from __future__ import annotations

import ctypes
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path

from hardware.voice.pack import MANIFEST
from hardware.voice.sound import LOUDEST, chime, to_wav
from hardware.voice.wording import TEXTS, text_of, whole_window

WHOLE_WINDOWS = range(1, 51)
"""Counters whose number is spoken in one breath; others are joined out of digits."""

_VOICES = {"zh": b"cmn+f2", "en": b"en+f2"}
_WORDS_A_MINUTE = {"zh": 195, "en": 170}
_SYNCHRONOUS, _UTF8, _RATE, _PITCH = 2, 1, 1, 3
_QUIET = LOUDEST // 100
_KEEP_S = 0.02
_PEAK = 0.85


def main(arguments: list[str]) -> int:
    """Write the pack; exit code 1 with a sentence when espeak-ng is not installed or does not work."""
    folder = Path(arguments[0])
    try:
        import espeakng_loader
    except ImportError:
        print("espeakng-loader is not installed", file=sys.stderr)  # noqa: T201 - a program's answer
        return 1
    try:
        make_pack(folder, _Espeak(espeakng_loader.get_library_path(), espeakng_loader.get_data_path()))
    except (OSError, EspeakError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a program's answer
        return 1
    return 0


class EspeakError(Exception):
    """espeak-ng does not start, or does not speak."""


def make_pack(folder: Path, espeak: _Espeak) -> None:
    """Write every clip and then the manifest, which makes the folder a pack."""
    lines = [f'title = "espeak-ng {espeak.version}"', f"sample_rate = {espeak.rate}", 'chime = "chime.wav"']
    for language in TEXTS:
        (folder / language).mkdir(parents=True, exist_ok=True)
        espeak.choose(language)
        lines += ["", f"[{language}]"]
        for clip, text in _clips(language):
            name = f"{language}/{clip}.wav"
            samples = espeak.speak(text)
            (folder / name).write_bytes(to_wav(samples, espeak.rate).wav)
            lines.append(f'{clip} = "{name}"')
    (folder / "chime.wav").write_bytes(to_wav(chime(espeak.rate), espeak.rate).wav)
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _clips(language: str) -> Iterator[tuple[str, str]]:
    yield from TEXTS[language].items()
    for counter in WHOLE_WINDOWS:
        clip = whole_window(counter)
        yield clip, text_of(clip, language)


class _Espeak:
    """The library through ctypes. Samples come in pieces by a callback, see `speak_lib.h` of espeak-ng."""

    def __init__(self, library: str, data: str) -> None:
        self._library = ctypes.CDLL(library)
        self.rate: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), 0)
        if self.rate <= 0:
            raise EspeakError(f"espeak-ng does not start with the data in {data}")
        self._library.espeak_Info.restype = ctypes.c_char_p
        self.version: str = self._library.espeak_Info(None).decode()
        self._samples = array("h")
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = kind(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def choose(self, language: str) -> None:
        """Speak this language from now on."""
        if self._library.espeak_SetVoiceByName(_VOICES[language]):
            raise EspeakError(f"espeak-ng has no voice {_VOICES[language].decode()}")
        self._library.espeak_SetParameter(_RATE, _WORDS_A_MINUTE[language], 0)
        self._library.espeak_SetParameter(_PITCH, 45, 0)

    def speak(self, text: str) -> array[int]:
        """The samples of a text, without the silence around it, and as loud as every other."""
        self._samples = array("h")
        encoded = text.encode()
        failed = self._library.espeak_Synth(encoded, len(encoded) + 1, 0, 0, 0, _UTF8, None, None)
        if failed or self._library.espeak_Synchronize():
            raise EspeakError(f"espeak-ng does not speak {text!r}")
        return _tidied(self._samples, self.rate)

    def _take(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if count > 0:
            self._samples.extend(samples[:count])
        return 0


def _tidied(samples: array[int], rate: int) -> array[int]:
    loud = [place for place, value in enumerate(samples) if abs(value) > _QUIET]
    if not loud:
        raise EspeakError("espeak-ng made no sound")
    keep = round(_KEEP_S * rate)
    cut = samples[max(0, loud[0] - keep) : loud[-1] + keep]
    factor = _PEAK * LOUDEST / max(abs(value) for value in cut)
    return array("h", [round(value * factor) for value in cut])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
