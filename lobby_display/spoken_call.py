"""What the loudspeaker says for a call: ticket numbers digit by digit, counters as a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.words import Language, Words

if TYPE_CHECKING:
    from shared.domain.announcement import Announcement

_DIGITS = {
    Language.ZH: tuple("零一二三四五六七八九"),
    Language.EN: ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_JOINT = {Language.ZH: "", Language.EN: " "}


def spoken_call(announcement: Announcement, words: Words) -> str:
    """Return the sentence of a call: 「请A零二三号，到三号窗口」."""
    text_id = "lobby-voice-recalled" if announcement.recalled else "lobby-voice-called"
    return words.say(
        text_id,
        number=spell(announcement.number, words.language),
        counter=read_number(announcement.counter, words.language),
    )


def spell(number: str, language: Language) -> str:
    """Return a ticket number character by character; letters stay, for every voice reads them alike."""
    digits = _DIGITS[language]
    return _JOINT[language].join(digits[int(sign)] if sign.isdecimal() else sign for sign in number)


def read_number(number: int, language: Language) -> str:
    """Return a counter's number as it is read out; in Chinese up to 999, digits beyond."""
    if language is not Language.ZH:
        return str(number)
    digits = _DIGITS[Language.ZH]
    if number >= 1000:
        return spell(str(number), language)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    if ones or not number:
        text += digits[ones]
    return text
