"""Which device, where, what is wrong and what to do, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hardware.status import Cause
from shared.domain.device_health import DeviceHealth, DeviceKind, DeviceReport, DeviceState
from shared.hall.device_phrases import device_advice, device_name, device_state, device_trouble
from shared.words import Language, Words
from tools.testing.halls import small_plan

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ZH, EN = Words("zh"), Words("en")
PLAN = small_plan()


def health(state: DeviceState, cause: str | None = None, **others: object) -> DeviceHealth:
    report = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "escpos+tcp://10.0.0.9", state, cause)
    return DeviceHealth(replace(report, **others), NOON, NOON)  # type: ignore[arg-type]


def said(words: Words, one: DeviceHealth, now: datetime = NOON) -> tuple[str, str, str, str]:
    trouble, advice = device_trouble(words, one, PLAN, now), device_advice(words, one, now)
    return device_name(words, one), device_state(words, one, now), trouble, advice


def test_a_printer_without_paper() -> None:
    empty = health(DeviceState.DOWN, "paper_out")
    assert said(ZH, empty) == ("kiosk-1 打印机", "故障", "缺纸", "请装上新纸卷")
    assert said(EN, empty)[:3] == ("kiosk-1 printer", "Fault", "out of paper")


def test_low_paper_says_how_many_tickets_are_left() -> None:
    low = health(DeviceState.ATTENTION, "paper_low", tickets_left=28)
    assert said(ZH, low)[2:] == ("纸将用完，约剩 28 张", "请准备新纸卷")
    assert said(ZH, health(DeviceState.ATTENTION, "paper_low"))[2] == "纸将用完"


def test_a_counters_machine_is_called_by_its_counter() -> None:
    sign = health(DeviceState.DOWN, "unreachable", machine="counter-3", kind=DeviceKind.SIGN)
    assert said(ZH, sign)[0] == "3 号窗口 号码屏"
    assert said(EN, sign)[0] == "Counter 3 sign"


def test_a_device_that_is_fine_or_says_nothing() -> None:
    assert said(ZH, health(DeviceState.OK)) == ("kiosk-1 打印机", "正常", "", "")
    assert said(ZH, health(DeviceState.UNKNOWN))[1:3] == ("状态未知", "已连接，但设备不会报告状态")


def test_of_a_sign_that_cannot_answer_a_look_tells() -> None:
    sign = health(DeviceState.UNKNOWN, "no_answer", kind=DeviceKind.SIGN)
    assert said(ZH, sign)[3] == "请看一下它是否工作正常"


def test_a_program_that_died_is_not_heard_of_whatever_its_device_was() -> None:
    fine = health(DeviceState.OK)
    later = said(ZH, fine, NOON + timedelta(minutes=10))
    assert later[1:3] == ("没有消息", "12:00 以后没有消息")
    tomorrow = said(EN, fine, NOON + timedelta(days=1))
    assert tomorrow[1:3] == ("Silent", "Not heard of since 2026-11-23 12:00")
    assert tomorrow[3]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_words_and_advice(language: Language, cause: Cause) -> None:
    words, down = Words(language), health(DeviceState.DOWN, cause.value)
    assert device_trouble(words, down, PLAN, NOON)
    assert device_advice(words, down, NOON)
