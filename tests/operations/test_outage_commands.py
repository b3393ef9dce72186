"""`jiaohao outages`, on both engines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from operations import desk
from operations.cli import jiaohao
from shared.domain.standby import Outage
from shared.hall import create_hall
from tools.testing.halls import small_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shared.hall import Hall


@pytest.fixture
def hall(database_url: str) -> Iterator[Hall]:
    with create_hall(database_url, small_plan()) as hall:
        yield hall


def told(database_url: str, *arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert desk.run(jiaohao, ["outages", "--database", database_url, *arguments]) == desk.DONE
    return capsys.readouterr().out


def test_no_outage_is_told_too(hall: Hall, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert hall.plan_version == 1
    assert "7" in told(database_url, "--language", "en", capsys=capsys)
    assert json.loads(told(database_url, "--json", capsys=capsys)) == {"outages": []}


def test_one_line_tells_what_several_machines_kept(
    hall: Hall, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    until = hall.clock.now()
    since = until - timedelta(minutes=7)
    hall.standby.end_outage(Outage("kiosk-1", since), until)
    hall.standby.end_outage(Outage("kiosk-2", since + timedelta(seconds=2)), until)
    line = told(database_url, "--language", "en", capsys=capsys)
    assert line.count("No database") == 1
    found = json.loads(told(database_url, "--json", capsys=capsys))["outages"]
    assert [outage["machine"] for outage in found] == ["kiosk-1", "kiosk-2"]


def test_what_a_machine_cannot_deliver_is_told_with_where_it_is(
    hall: Hall, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    until = hall.clock.now()
    outage = Outage("kiosk-1", until - timedelta(minutes=7))
    hall.standby.set_aside(outage, "BX002")
    hall.standby.end_outage(outage, until)
    line = told(database_url, "--language", "en", capsys=capsys)
    assert "BX002 could not be delivered and stay on kiosk-1" in line
    assert "all" not in line.partition("call")[0]
    (found,) = json.loads(told(database_url, "--json", capsys=capsys))["outages"]
    assert (found["set_aside"], found["trouble"]) == (["BX002"], [])
