"""Join the clips of an announcement into one WAV: chime, then each language, said twice.

One file and not clip after clip: eight clips played in a row took 18 s for 3.4 s of sound (measured).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from hardware.voice.pack import ClipPack
from hardware.voice.sound import Sound, at_volume, silence, to_wav
from hardware.voice.wording import PAUSE, call_clips

PAUSE_S = 0.18
AGAIN_S = 0.6
"""Between the first and the second time, and between languages."""
AFTER_CHIME_S = 0.15
END_S = 0.25
"""Silence at the end: some sound cards cut off what is last."""


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """A call and how to say it. `volume` is per cent of the pack's own; without `chime` it begins with the words."""

    number: str
    counter: int
    recalled: bool = False
    languages: tuple[str, ...] = ("zh",)
    times: int = 2
    volume: int = 100
    chime: bool = True


class ClipJoiner:
    """Joins a pack's clips; a clip made quieter is kept, since a hall has few volumes and few words."""

    def __init__(self, pack: ClipPack) -> None:
        self.pack = pack
        self._quieter: dict[tuple[str, str, int], array[int]] = {}

    def join(self, call: SpokenCall) -> Sound:
        """The whole announcement. Languages that the pack does not have are left out, unless none were left."""
        rate = self.pack.rate
        samples = array("h")
        if call.chime:
            samples += self._at_volume("", "chime", self.pack.chime, call.volume)
            samples += silence(AFTER_CHIME_S, rate)
        sentences = [self._sentence(call, language) for language in self._languages(call.languages)]
        pause = silence(AGAIN_S, rate)
        for place, sentence in enumerate(each for each in sentences for _ in range(call.times)):
            samples += pause + sentence if place else sentence
        return to_wav(samples + silence(END_S, rate), rate)

    def _languages(self, wanted: Sequence[str]) -> tuple[str, ...]:
        return tuple(each for each in wanted if each in self.pack.clips) or self.pack.languages[:1]

    def _sentence(self, call: SpokenCall, language: str) -> array[int]:
        clips = self.pack.clips[language]
        pause = silence(PAUSE_S, self.pack.rate)
        samples = array("h")
        for clip in call_clips(call.number, call.counter, language, recalled=call.recalled, recorded=clips):
            samples += pause if clip == PAUSE else self._at_volume(language, clip, clips[clip], call.volume)
        return samples

    def _at_volume(self, language: str, clip: str, samples: array[int], volume: int) -> array[int]:
        if volume == 100:
            return samples
        key = (language, clip, volume)
        if key not in self._quieter:
            self._quieter[key] = at_volume(samples, volume)
        return self._quieter[key]
