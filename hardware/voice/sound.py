"""Sound as whole numbers: 16 bits, one channel. Written as WAV by the standard library."""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from dataclasses import dataclass

SAMPLE_BYTES = 2
LOUDEST = 32767


@dataclass(frozen=True, slots=True)
class Sound:
    """A whole WAV file and how long it plays."""

    wav: bytes
    seconds: float


def to_wav(samples: array[int], rate: int) -> Sound:
    """The samples as a WAV file of `rate` samples a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(SAMPLE_BYTES)
        writer.setframerate(rate)
        writer.writeframes(_little_endian(samples).tobytes())
    return Sound(file.getvalue(), len(samples) / rate)


def from_frames(frames: bytes) -> array[int]:
    """The samples in a WAV file's frames."""
    return _little_endian(array("h", frames))


def silence(seconds: float, rate: int) -> array[int]:
    """So much silence."""
    return array("h", bytes(SAMPLE_BYTES * round(seconds * rate)))


def at_volume(samples: array[int], percent: int) -> array[int]:
    """The samples at a share of their loudness."""
    if percent == 100:
        return samples
    return array("h", [value * percent // 100 for value in samples])


def chime(rate: int) -> array[int]:
    """Two falling tones, as a doorbell's, which make people look up before the words begin."""
    length = 0.9
    low_begins = 0.32
    values = []
    for place in range(round(length * rate)):
        at = place / rate
        value = _bell(at, 880.0)
        if at >= low_begins:
            value += _bell(at - low_begins, 659.26)
        fade = min(1.0, (length - at) / 0.05)
        values.append(round(value * fade * 0.3 * LOUDEST))
    return array("h", values)


def _bell(at: float, hertz: float) -> float:
    """A struck tone with a weak overtone, dying away; it begins within 4 ms, so that nothing clicks."""
    tone = math.sin(2 * math.pi * hertz * at) + 0.25 * math.sin(4 * math.pi * hertz * at)
    return tone * math.exp(-5 * at) * min(1.0, at / 0.004)


def _little_endian(samples: array[int]) -> array[int]:
    """WAV is little-endian; turned round on the rare machine that is not."""
    if sys.byteorder == "little":
        return samples
    turned = array("h", samples)
    turned.byteswap()
    return turned
