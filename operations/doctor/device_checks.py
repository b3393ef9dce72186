"""The devices in this machine's settings: printer, sign, pads, scanner and voice, asked through their adapters."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from hardware.address import DeviceAddressError
from hardware.pads.opening import reach_listener
from hardware.printing.opening import open_printer
from hardware.signs.opening import reach_sign
from hardware.status import OK, Cause, DeviceStatus, Health, down
from hardware.voice.default_pack import can_build, default_pack_folder
from hardware.voice.opening import SILENT, open_player
from hardware.voice.pack import PackError, load_pack
from hardware.voice.sound import silence, to_wav
from operations.doctor.finding import Finding, Status
from shared.qt.sound_process import sound_command
from shared.settings import Settings
from shared.words import Words

_STATUS = {
    Health.OK: Status.OK,
    Health.ATTENTION: Status.WARN,
    Health.UNKNOWN: Status.WARN,
    Health.DOWN: Status.FAULT,
}

_SILENCE_S = 0.2
_SILENCE_RATE = 16_000

# An adapter logs an outage once; here that line would only repeat the finding.
logging.getLogger("hardware").addHandler(logging.NullHandler())


def check_printer(words: Words, url: str) -> Finding:
    """Ask the printer how it is; nothing is printed."""
    if not url:
        message, advice = words.say("doctor-printer-none"), words.say("doctor-printer-none-do")
        return Finding("printer", Status.OK, message, advice)
    try:
        printer = open_printer(url)
    except DeviceAddressError as error:
        return Finding("printer", Status.FAULT, str(error), words.say("doctor-address-do"))
    try:
        status = printer.status()
    finally:
        printer.close()
    return _finding(words, "printer", url, status)


def check_signs(words: Words, settings: Settings) -> Iterator[Finding]:
    """The counter's own sign, and those that a lobby's machine drives."""
    if settings.sign or not settings.signs:
        yield check_sign(words, settings.sign)
    for _, url in sorted(settings.signs.items()):
        yield check_sign(words, url)
    if settings.summary_sign:
        yield check_sign(words, settings.summary_sign, "summary-sign")


def check_sign(words: Words, url: str, check: str = "sign") -> Finding:
    """Open the sign's line; what it shows stays as it is."""
    if not url:
        message, advice = words.say("doctor-sign-none"), words.say("doctor-sign-none-do")
        return Finding(check, Status.OK, message, advice)
    try:
        status = reach_sign(url)
    except DeviceAddressError as error:
        return Finding(check, Status.FAULT, str(error), words.say("doctor-address-do"))
    return _finding(words, check, url, status)


def check_listener(words: Words, setting: str, url: str) -> Finding:
    """Open the line of a pad or scanner and let it go."""
    try:
        status = reach_listener(url)
    except DeviceAddressError as error:
        return Finding(setting, Status.FAULT, str(error), words.say("doctor-address-do"))
    return _finding(words, setting, url, status)


def check_voice(words: Words, url: str, pack: Path | None) -> Finding:
    """Read the clips and play a moment of silence. A lobby without sound works, so it is no fault."""
    if url == SILENT:
        return Finding("voice", Status.OK, words.say("doctor-voice-none"))
    try:
        player = open_player(url, qt_command=sound_command())
    except DeviceAddressError as error:
        return Finding("voice", Status.FAULT, str(error), words.say("doctor-address-do"))
    status = _look_at_clips(pack)
    if status is OK:
        status = player.play(to_wav(silence(_SILENCE_S, _SILENCE_RATE), _SILENCE_RATE))
    name = player.name
    player.stop()
    if status.health is Health.OK:
        return Finding("voice", Status.OK, words.say("doctor-voice", player=name))
    cause = (status.cause or Cause.NO_SOUND).value
    message = words.say("doctor-voice-unwell", cause=words.say(f"doctor-cause-{cause}"), detail=status.detail)
    return Finding("voice", Status.WARN, message, words.say(f"doctor-cause-{cause}-do"))


def _look_at_clips(pack: Path | None) -> DeviceStatus:
    folder = pack or default_pack_folder()
    if pack is None and not folder.exists() and can_build():
        # The lobby makes it at its first start.
        return OK
    try:
        load_pack(folder)
    except PackError as error:
        return down(Cause.NO_CLIPS, str(error).partition("\n")[0])
    return OK


def _finding(words: Words, check: str, url: str, status: DeviceStatus) -> Finding:
    if status.health is Health.OK:
        return Finding(check, _STATUS[status.health], words.say("doctor-device-well", url=url))
    known = status.cause or Cause.NO_ANSWER
    cause = words.say(f"doctor-cause-{known.value}")
    text_id = "doctor-device-unknown" if status.health is Health.UNKNOWN else "doctor-device-unwell"
    message = words.say(text_id, url=url, cause=cause)
    # A line that is taken is what it should be while the hall's own program uses it.
    severity = Status.WARN if known is Cause.BUSY else _STATUS[status.health]
    return Finding(check, severity, message, words.say(f"doctor-cause-{known.value}-do"))
