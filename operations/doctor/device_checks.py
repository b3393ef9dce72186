"""The devices in this machine's settings: the ticket printer and the counter's sign, asked through their adapters."""

from __future__ import annotations

import logging

from hardware.address import DeviceAddressError
from hardware.printing.opening import open_printer
from hardware.signs.opening import reach_sign
from hardware.status import Cause, DeviceStatus, Health
from operations.doctor.finding import Finding, Status
from shared.words import Words

_STATUS = {
    Health.OK: Status.OK,
    Health.ATTENTION: Status.WARN,
    Health.UNKNOWN: Status.WARN,
    Health.DOWN: Status.FAULT,
}

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


def check_sign(words: Words, url: str) -> Finding:
    """Open the sign's line; what it shows stays as it is."""
    if not url:
        message, advice = words.say("doctor-sign-none"), words.say("doctor-sign-none-do")
        return Finding("sign", Status.OK, message, advice)
    try:
        status = reach_sign(url)
    except DeviceAddressError as error:
        return Finding("sign", Status.FAULT, str(error), words.say("doctor-address-do"))
    return _finding(words, "sign", url, status)


def _finding(words: Words, check: str, url: str, status: DeviceStatus) -> Finding:
    if status.health is Health.OK:
        return Finding(check, _STATUS[status.health], words.say("doctor-device-well", url=url))
    known = status.cause or Cause.NO_ANSWER
    cause = words.say(f"doctor-cause-{known.value}")
    text_id = "doctor-device-unknown" if status.health is Health.UNKNOWN else "doctor-device-unwell"
    message = words.say(text_id, url=url, cause=cause)
    return Finding(check, _STATUS[status.health], message, words.say(f"doctor-cause-{known.value}-do"))
