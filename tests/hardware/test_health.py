from __future__ import annotations

import logging

import pytest

from hardware.health import HealthLog
from hardware.status import OK, Cause, DeviceStatus, down, unknown

LOGGER = logging.getLogger("test.health")


def messages_after(caplog: pytest.LogCaptureFixture, *statuses: DeviceStatus) -> list[str]:
    health = HealthLog("printer p", LOGGER)
    with caplog.at_level(logging.INFO, LOGGER.name):
        for status in statuses:
            health.note(status)
    return [record.getMessage() for record in caplog.records]


@pytest.mark.expects_log("printer p is down")
def test_an_outage_is_logged_once_when_it_begins_and_once_when_it_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    out = down(Cause.PAPER_OUT)
    messages = messages_after(caplog, OK, out, out, down(Cause.COVER_OPEN), OK, OK)
    assert messages == ["printer p is down: paper_out ", "printer p is back"]


@pytest.mark.expects_log("printer p is down")
def test_not_knowing_is_no_news(caplog: pytest.LogCaptureFixture) -> None:
    messages = messages_after(caplog, down(Cause.OFFLINE), unknown(Cause.NO_ANSWER), down(Cause.OFFLINE))
    assert messages == ["printer p is down: offline "]
