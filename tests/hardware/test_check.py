from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp

from hardware.address import DeviceAddressError
from hardware.check import SPECIMEN, CheckResult, check_device, check_typed, types
from hardware.pads.events import PadAction
from hardware.printing.fonts import TicketFont
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.simulators.printer import PrintedTicket
from hardware.simulators.sign import LitSign
from hardware.status import Cause


def test_a_printer_prints_a_ticket_with_its_own_url(font: TicketFont) -> None:
    tickets: list[PrintedTicket] = []
    report = check_device("sim://printer/p1", font=font, bench=SimulatorBench(tickets.append))
    assert report.result is CheckResult.DONE
    (code,) = zxingcpp.read_barcodes(tickets[0].picture.convert("L"))
    assert code.text == "sim://printer/p1"


@pytest.mark.expects_log("is down: cover_open")
def test_a_printer_that_cannot_says_why(font: TicketFont) -> None:
    bench = SimulatorBench()
    bench.printer_line("p1", 576, None)
    bench.printers["p1"].faults.fail(Fault.COVER_OPEN)
    report = check_device("sim://printer/p1", font=font, bench=bench)
    assert (report.result, report.status.cause) == (CheckResult.FAILED, Cause.COVER_OPEN)


def test_a_printer_that_never_answers_must_be_looked_at(font: TicketFont) -> None:
    assert check_device("sim://printer/p1?confirm=none", font=font).result is CheckResult.LOOK


def test_a_sign_lights_up() -> None:
    lit: list[LitSign] = []
    report = check_device("sim://sign/3", bench=SimulatorBench(on_sign=lit.append))
    assert report.result is CheckResult.DONE
    assert [sign.text for sign in lit] == [SPECIMEN]


@pytest.mark.expects_log("is down: unreachable")
def test_a_sign_that_is_not_there_failed() -> None:
    assert check_device("sign+serial:///dev/no-such-port").result is CheckResult.FAILED


def test_a_pad_is_listened_to_until_a_key_is_pressed() -> None:
    bench = SimulatorBench()
    bench.pad_line("1")
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            bench.pads["1"].press(bytes.fromhex("FF 68 03 03 68 01 01 0C 0E 16"))

    report = check_device("sim://pad/1", bench=bench, sleep=rest)
    assert (report.result, [event.action for event in report.events]) == (CheckResult.DONE, [PadAction.CALL])
    assert len(rests) == 3


def test_bytes_that_the_key_map_does_not_know_are_shown_to_who_writes_one() -> None:
    bench = SimulatorBench()
    bench.pad_line("1")
    bench.pads["1"].press(b"\xa1\xa2")
    report = check_device("sim://pad/1?map=single_byte", bench=bench, listen_s=0.2, sleep=lambda _: None)
    assert (report.result, report.events, report.latest_bytes) == (CheckResult.LOOK, (), b"\xa1\xa2")


@pytest.mark.parametrize(
    ("url", "line", "heard"),
    [
        ("pad+keyboard://", "6\n", ("no_show",)),
        ("pad+keyboard://", "023+\n", ("call 023",)),
        ("pad+keyboard://", "x\n", ()),
        ("scan+keyboard://", "jiaohao:small/20261123-A001\n", ("jiaohao:small/20261123-A001",)),
        ("scan+keyboard://", "\n", ()),
    ],
)
def test_what_types_like_a_keyboard_is_read_from_what_it_types(
    url: str, line: str, heard: tuple[str, ...]
) -> None:
    assert types(url)
    report = check_typed(url, line)
    assert report.heard == heard
    assert report.result is (CheckResult.DONE if heard else CheckResult.LOOK)


@pytest.mark.parametrize("url", ["voice:", "sim://printer/1", "pad+serial:///dev/ttyUSB0"])
def test_what_has_a_line_does_not_type(url: str) -> None:
    assert not types(url)


def test_a_pad_that_nobody_pressed_must_be_looked_at() -> None:
    rests: list[float] = []
    assert check_device("sim://pad/1", listen_s=1, sleep=rests.append).result is CheckResult.LOOK
    assert sum(rests) == pytest.approx(1)


def test_a_voice_speaks_and_a_person_must_listen(tmp_path: Path, tone_pack: Path) -> None:
    report = check_device(f"sim://voice/1?folder={tmp_path}", pack=tone_pack)
    assert (report.result, report.name) == (CheckResult.LOOK, "1")
    assert [path.name for path in tmp_path.iterdir()] == ["0001.wav"]


@pytest.mark.parametrize("url", ["voice://x", "sim://radio/1", "nothing"])
def test_a_url_that_is_no_device_is_refused(url: str) -> None:
    with pytest.raises(DeviceAddressError):
        check_device(url)
