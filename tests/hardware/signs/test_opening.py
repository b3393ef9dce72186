from __future__ import annotations

import json
from pathlib import Path

import pytest

from hardware.address import DeviceAddressError
from hardware.signs.opening import open_sign, reach_sign
from hardware.signs.preset import load_preset
from hardware.signs.sign import SignTexts
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.simulators.sign import LitSign
from hardware.status import OK, Cause, Health

TEXTS = SignTexts("{number}", "暂停服务", "欢迎光临")


def test_frames_go_into_a_file(tmp_path: Path) -> None:
    sign = open_sign(f"sign+file://{tmp_path}/frames.bin?preset=xunpeng_digits&address=5", TEXTS)
    assert sign.show_call("A999", "1").health is Health.OK
    sign.show_call("A023", "1")
    assert (tmp_path / "frames.bin").read_bytes().hex(" ").upper() == "05 03 E7 EF 05 00 17 1C"


def test_a_simulated_sign_lights_up_and_keeps_what_it_shows(tmp_path: Path) -> None:
    lit: list[LitSign] = []
    bench = SimulatorBench(on_sign=lit.append)
    sign = open_sign(f"sim://sign/3?folder={tmp_path}", TEXTS, bench=bench)
    assert sign.show_call("A023", "3").health is Health.OK
    sign.show_paused()
    assert [shown.text for shown in lit] == ["A023", "暂停服务"]
    kept = json.loads((tmp_path / "sign-3.json").read_text(encoding="utf-8"))
    assert (kept["sign"], kept["text"]) == ("3", "暂停服务")
    assert load_preset("strip_a0_90").grammar.read(bytes.fromhex(kept["frame"])).address == 3


@pytest.mark.parametrize(
    "url",
    [
        "sign+serial://",
        "sign+tcp://host",
        "sign+serial:///dev/ttyUSB0?preset=nonesuch",
        "sign+serial:///dev/ttyUSB0?address=256",
        "sign+serial:///dev/ttyUSB0?parity=X",
        "sim://sign",
        "escpos+tcp://host:9100",
    ],
)
def test_a_url_that_is_no_sign_is_refused(url: str) -> None:
    with pytest.raises(DeviceAddressError):
        open_sign(url, TEXTS)


@pytest.mark.expects_log("sign /dev/no-such-port is down: unreachable")
def test_a_serial_sign_is_opened_late_and_missing_it_is_no_crash() -> None:
    sign = open_sign("sign+serial:///dev/no-such-port?preset=strip_aa_bb&address=2", TEXTS)
    assert sign.status().health is Health.UNKNOWN
    assert sign.show_welcome().health is Health.DOWN


def test_a_sign_is_reached_without_lighting_it() -> None:
    bench = SimulatorBench()
    assert reach_sign("sim://sign/3", bench=bench) == OK
    assert bench.signs["3"].lit is None


def test_a_sign_that_cannot_be_reached_says_why() -> None:
    bench = SimulatorBench()
    open_sign("sim://sign/3", TEXTS, bench=bench).show("A001")
    bench.signs["3"].faults.fail(Fault.UNPLUGGED)
    assert reach_sign("sim://sign/3", bench=bench).cause is Cause.UNREACHABLE


def test_reaching_a_sign_checks_its_whole_address() -> None:
    with pytest.raises(DeviceAddressError, match="baud"):
        reach_sign("sign+serial:///dev/ttyUSB0?baud=fast")
