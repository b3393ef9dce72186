"""The health of devices in words: which device, where, what is wrong, what to do. Screens and commands share them."""

from __future__ import annotations

import re
from datetime import datetime

from shared.domain.device_health import DeviceHealth, DeviceKind, DeviceState
from shared.domain.plan import HallPlan
from shared.hall.phrases import clock_text, date_and_clock_text
from shared.words import Words

COUNTER_MACHINE = "counter-{number}"
"""The name of a counter's machine in the hall; kiosks and lobby screens have the names that the installer gave them."""

COUNTER_SIGN = "sign-{number}"
"""The name of a counter's sign among the devices of a machine that drives several."""

NO_CAUSE = "no_answer"


def device_name(words: Words, health: DeviceHealth) -> str:
    """Which device and where: `3 号窗口 号码屏`."""
    report = health.report
    place = report.machine
    for pattern, name in ((COUNTER_MACHINE, place), (COUNTER_SIGN, report.device)):
        if (number := re.fullmatch(pattern.format(number=r"(\d+)"), name)) is not None:
            place = words.say("common-counter", counter=int(number.group(1)))
    kind = words.say(f"devices-device-{report.kind.value}")
    return words.say("devices-name", place=place, kind=kind)


def device_state(words: Words, health: DeviceHealth, now: datetime) -> str:
    """How it is, in one word."""
    state = "silent" if health.is_silent(now) else health.report.state.value
    return words.say(f"devices-state-{state}")


def device_trouble(words: Words, health: DeviceHealth, plan: HallPlan, now: datetime) -> str:
    """What is wrong; empty when nothing is known to be."""
    report = health.report
    if health.is_silent(now):
        return words.say("devices-trouble-silent", time=moment_text(plan, health.seen_at, now))
    if report.state is DeviceState.OK:
        return ""
    if report.cause == "paper_low" and report.tickets_left is not None:
        return words.say("devices-paper-left", tickets=report.tickets_left)
    return words.say(f"doctor-cause-{report.cause or NO_CAUSE}")


def device_advice(words: Words, health: DeviceHealth, now: datetime) -> str:
    """What to do; empty when there is nothing to do."""
    if health.is_silent(now):
        return words.say("devices-trouble-silent-do")
    report = health.report
    if report.state is DeviceState.OK:
        return ""
    if report.state is DeviceState.UNKNOWN and report.kind is not DeviceKind.PRINTER:
        return words.say("devices-look-do")
    return words.say(f"doctor-cause-{report.cause or NO_CAUSE}-do")


def moment_text(plan: HallPlan, moment: datetime, now: datetime) -> str:
    """A moment by the hall's clock, with its date when that is not today's."""
    text = date_and_clock_text(plan, moment)
    return clock_text(plan, moment) if text[:10] == date_and_clock_text(plan, now)[:10] else text
