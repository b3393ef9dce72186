"""What a call says, as the clips it is put together from: 「请A零零八号，到三号窗口」.

Ticket numbers are read digit by digit, a counter's number as a number, from 1000 on digit by digit too. Its 二 is never
两: 两 counts things, and a counter's number is a name.
"""

from __future__ import annotations

import string
from collections.abc import Container, Iterator, Mapping

PAUSE = ","
"""Stands between clips where the voice takes a breath; it is no clip."""

_LETTERS = {letter: letter for letter in string.ascii_uppercase}
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_ENGLISH_NUMBERS = (*range(20), *range(20, 100, 10))

TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "again": "再次呼叫",
        "please": "请",
        "number": "号",
        "to": "到",
        "window": "号窗口",
        **{str(digit): sign for digit, sign in enumerate("零一二三四五六七八九十")},
        "100": "百",
        **_LETTERS,
    },
    "en": {
        "again": "Calling again",
        "number": "Number",
        "to": "please go to counter",
        **{str(number): word for number, word in zip(_ENGLISH_NUMBERS, _ENGLISH.split(), strict=True)},
        "100": "hundred",
        "and": "and",
        **_LETTERS,
    },
}
"""Language, clip and what it says: every pack has all of these for each of its languages."""

LARGEST_COUNTER = 999


def whole_window(counter: int) -> str:
    """The clip that says the second half of a call in one breath. A pack may have it for some counters, or for none."""
    return f"window-{counter}"


def text_of(clip: str, language: str) -> str:
    """What a clip says. Raises KeyError for a clip that no call uses."""
    if clip.startswith("window-"):
        counter = int(clip.removeprefix("window-"))
        if not 1 <= counter <= LARGEST_COUNTER:
            raise KeyError(clip)
        return sentence(_to_window(counter, language), language)
    return TEXTS[language][clip]


def call_clips(
    number: str, counter: int, language: str, *, recalled: bool = False, recorded: Container[str] = ()
) -> tuple[str, ...]:
    """The clips of a call in order. `recorded` are those a pack has: a whole window goes before its parts."""
    clips: list[str] = ["again", PAUSE] if recalled else []
    spelt = [sign for sign in number.upper() if sign in TEXTS[language]]
    clips += ["please", *spelt, "number"] if language == "zh" else ["number", *spelt]
    whole = whole_window(counter)
    return (*clips, PAUSE, *([whole] if whole in recorded else _to_window(counter, language)))


def sentence(clips: tuple[str, ...], language: str) -> str:
    """The clips as a sentence, for the log and for a program that speaks text."""
    if language == "zh":
        return "".join("，" if clip == PAUSE else text_of(clip, language) for clip in clips)
    return " ".join(text_of(clip, language) for clip in clips if clip != PAUSE)


def _to_window(counter: int, language: str) -> tuple[str, ...]:
    read = _read_zh if language == "zh" else _read_en
    clips = tuple(read(counter)) if counter <= LARGEST_COUNTER else tuple(str(counter))
    return ("to", *clips, *(("window",) if language == "zh" else ()))


def _read_zh(number: int) -> Iterator[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if hundreds:
        yield from (str(hundreds), "100")
    if tens > 1 or (tens and hundreds):
        yield str(tens)
    if tens:
        yield "10"
    elif hundreds and ones:
        yield "0"
    if ones or not number:
        yield str(ones)


def _read_en(number: int) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds:
        yield from (str(hundreds), "100")
    if hundreds and rest:
        yield "and"
    if rest >= 20:
        yield str(rest // 10 * 10)
        rest %= 10
    if rest or not number:
        yield str(rest)
