"""The health of devices in a real store, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.clock import ManualClock
from shared.domain.device_health import DeviceKind, DeviceReport, DeviceState
from shared.domain.errors import RefusalCode, Refused
from shared.hall import Hall

PRINTER = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "escpos+tcp://10.0.0.9", DeviceState.OK)
EMPTY = replace(PRINTER, state=DeviceState.DOWN, cause="paper_out", detail="no paper", tickets_left=0)
SIGN = DeviceReport("counter-3", "sign", DeviceKind.SIGN, "sign+serial:///dev/ttyUSB0", DeviceState.UNKNOWN)


def test_a_hall_remembers_its_devices_by_machine_and_name(hall: Hall, clock: ManualClock) -> None:
    began = clock.now()
    hall.report_devices([PRINTER])
    hall.report_devices([SIGN])
    clock.advance(timedelta(minutes=4))
    hall.report_devices([EMPTY])
    sign, printer = hall.devices()
    assert (sign.report, sign.since, sign.seen_at) == (SIGN, began, began)
    assert printer.report == EMPTY
    assert (printer.since, printer.last_error, printer.last_error_at) == (
        clock.now(),
        "paper_out",
        clock.now(),
    )
    assert sign.is_silent(clock.now())
    assert not printer.is_silent(clock.now())


def test_a_change_wakes_the_screens_and_a_beat_is_no_event_of_the_day(hall: Hall) -> None:
    seq = hall.snapshot().seq
    listener = hall.change_listener()
    try:
        while listener.wait(0.1):
            pass
        hall.report_devices([EMPTY])
        assert listener.wait(120)
    finally:
        listener.close()
    assert hall.snapshot().seq == seq
    assert hall.verify().clean


def test_a_machine_that_was_taken_away_is_forgotten_alone(hall: Hall) -> None:
    hall.report_devices([PRINTER, replace(PRINTER, device="scanner", kind=DeviceKind.SCANNER)])
    hall.report_devices([SIGN])
    assert hall.forget_devices("kiosk-1") == 2
    assert [health.report.machine for health in hall.devices()] == ["counter-3"]
    assert hall.forget_devices("kiosk-1") == 0


def test_what_a_device_tells_is_cut_to_what_the_store_holds(hall: Hall) -> None:
    hall.report_devices([replace(EMPTY, detail="x" * 5000)])
    assert hall.devices()[0].report.detail == "x" * 200


def test_a_name_that_is_too_long_is_refused(hall: Hall) -> None:
    with pytest.raises(Refused) as refusal:
        hall.report_devices([replace(PRINTER, machine="k" * 65)])
    assert refusal.value.code is RefusalCode.TEXT_TOO_LONG
    assert hall.devices() == ()
