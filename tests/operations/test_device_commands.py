from __future__ import annotations

import io
import json
import os
import socket
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.simulators.faults import Fault
from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.tcp_printer import TcpPrinterSimulator
from hardware.voice.sound import from_frames
from operations import desk
from operations.cli import jiaohao
from shared.domain.device_health import DeviceKind, DeviceReport, DeviceState
from shared.hall import Hall, create_hall
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S
from tools.testing.pseudo_terminal import open_pseudo_terminal
from tools.testing.tone_pack import heard

DOWN = DeviceState.DOWN


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, object]:
    code = desk.run(jiaohao, ["devices", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_what_is_plugged_in_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = run(capsys, "discover")
    assert code == desk.DONE
    assert isinstance(found, list)
    assert all(one["urls"] for one in found)


def test_a_test_ticket_comes_out_of_a_simulated_printer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, told = run(capsys, "test", f"sim://printer/desk?folder={tmp_path}")
    assert (code, told) == (desk.DONE, {"url": f"sim://printer/desk?folder={tmp_path}"} | _fine())
    assert list(tmp_path.glob("*.png"))


def _fine() -> dict[str, object]:
    return {"result": "done", "cause": None, "detail": "", "heard": [], "bytes": ""}


def test_a_sign_is_lit_and_the_result_told_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = desk.run(jiaohao, ["devices", "test", f"sim://sign/3?folder={tmp_path}", "--language", "zh"])
    assert code == desk.DONE
    assert capsys.readouterr().out.splitlines()[-1] == "正常"
    assert "A023" in (tmp_path / "sign-3.json").read_text(encoding="utf-8")


def test_a_scanner_that_types_is_read_from_what_it_types(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"jiaohao:small/20261123-A001\n")))
    assert desk.run(jiaohao, ["devices", "test", "scan+keyboard://", "--language", "zh"]) == desk.DONE
    assert capsys.readouterr().out.splitlines()[-2:] == ["正常", "收到：jiaohao:small/20261123-A001"]


def test_a_sign_that_cannot_answer_is_to_be_looked_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    master, slave = open_pseudo_terminal()
    url = f"sign+serial://{os.ttyname(slave)}"
    assert desk.run(jiaohao, ["devices", "test", url, "--language", "en"]) == desk.DONE
    told = capsys.readouterr().out.splitlines()[1:]
    assert told == ["Sent; a sign confirms nothing: look whether it shows 请A023号到3号窗口"]
    os.close(master)
    os.close(slave)


@pytest.mark.expects_log("127.0.0.1:9 is down")
def test_a_printer_that_is_not_there_fails_with_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "test", "escpos+tcp://127.0.0.1:9")
    assert code == desk.DIFFERENT
    assert isinstance(told, dict)
    assert (told["result"], told["cause"]) == ("failed", "unreachable")


def test_an_address_that_makes_no_sense_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "test", "nonsense://x")
    assert code == desk.USAGE
    assert isinstance(told, dict)
    assert "nonsense" in str(told["message"])


@pytest.fixture
def told_hall(sqlite_url: str) -> Iterator[Hall]:
    """A hall in which a printer has no paper and a sign is fine."""
    with create_hall(sqlite_url, small_plan()) as hall:
        printer = DeviceReport("kiosk-1", "printer", DeviceKind.PRINTER, "escpos+tcp://10.0.0.9", DOWN)
        sign = DeviceReport("counter-3", "sign", DeviceKind.SIGN, "sim://sign/3", DeviceState.OK)
        hall.report_devices([replace(printer, cause="paper_out"), sign])
        yield hall


def test_the_status_of_the_halls_devices_as_values(
    told_hall: Hall, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "status", "--database", sqlite_url)
    assert code == desk.DIFFERENT
    assert isinstance(told, list)
    sign, printer = told
    assert (sign["machine"], sign["state"], sign["silent"]) == ("counter-3", "ok", False)
    assert (printer["state"], printer["cause"], printer["last_error"]) == ("down", "paper_out", "paper_out")


def test_the_status_in_words_says_what_to_do(
    told_hall: Hall, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["devices", "status", "--database", sqlite_url, "--language", "zh"]
    assert desk.run(jiaohao, arguments) == desk.DIFFERENT
    shown = capsys.readouterr().out
    for text in ("打印机", "故障", "缺纸", "请装上新纸卷", "号码屏", "正常"):
        assert text in shown


def test_a_machine_that_is_gone_is_forgotten(
    told_hall: Hall, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "forget", "kiosk-1", "--database", sqlite_url) == (
        desk.DONE,
        {"machine": "kiosk-1", "forgotten": 1},
    )
    assert run(capsys, "status", "--database", sqlite_url)[0] == desk.DONE


def test_a_hall_in_which_no_device_has_told_yet(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    create_hall(sqlite_url, small_plan()).close()
    assert run(capsys, "status", "--database", sqlite_url) == (desk.DONE, [])


def test_a_voice_says_a_specimen_and_asks_to_listen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_VOICE_PACK", str(tone_pack))
    code, told = run(capsys, "test", f"sim://voice/1?folder={tmp_path}")
    assert (code, told) == (
        desk.DONE,
        {"url": f"sim://voice/1?folder={tmp_path}"} | _fine() | {"result": "look"},
    )
    with wave.open(str(tmp_path / "0001.wav")) as file:
        said = heard(from_frames(file.readframes(file.getnframes())), "zh")
    assert said == ["chime", "please", "A", "0", "8", "number", "to", "3", "window"]


@pytest.mark.expects_log("voice is down: no_sound")
def test_a_voice_that_cannot_speak_fails_with_its_cause(
    capsys: pytest.CaptureFixture[str], tone_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIAOHAO_VOICE_PACK", str(tone_pack))
    code, told = run(capsys, "test", "voice:/no/such/player")
    assert isinstance(told, dict)
    assert (code, told["result"], told["cause"]) == (desk.DIFFERENT, "failed", "no_sound")


def test_a_printer_at_an_address_is_listed_with_its_state(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("_CONNECT_S", "_ANSWER_S"):
        monkeypatch.setattr(f"hardware.discovery.{patience}", PATIENCE_S)
    printer = SimulatedPrinter("desk", 384, None, lambda _paper: None)
    printer.faults.fail(Fault.PAPER_OUT)
    with TcpPrinterSimulator(printer) as simulator:
        place = f"127.0.0.1:{simulator.port}"
        code, found = run(capsys, "discover", "--host", place)
        told = ["devices", "discover", "--host", place, "--language", "zh"]
        assert desk.run(jiaohao, told) == code == desk.DONE
    assert isinstance(found, list)
    assert found[-1] == {
        "kind": "network_printer",
        "name": place,
        "urls": [f"escpos+tcp://{place}"],
        "state": "down",
    }
    assert f"网络打印机  {place}  故障  缺纸" in capsys.readouterr().out


def test_an_address_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "discover", "--host", "printer:port")
    assert code == desk.USAGE
    assert isinstance(told, dict)
    assert "printer:port" in str(told["message"])


@pytest.mark.parametrize(
    ("url", "result"),
    [
        ("escpos+file://{folder}/tickets/", "done"),
        ("escpos+tcp://127.0.0.1:{printer}?confirm=status&answer_ms=60000", "done"),
        ("sim://printer/1?folder={folder}", "done"),
        ("sign+file://{folder}/frames.bin?preset=strip_aa_bb", "done"),
        ("sign+tcp://127.0.0.1:{listener}?preset=strip_nibble", "look"),
        ("sign+tcp://127.0.0.1:{listener}?preset=onbon&answer_ms=10", "look"),
        ("sim://sign/1", "done"),
    ],
)
def test_each_scheme_can_be_tried(
    url: str, result: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    printer = SimulatedPrinter("desk", 576, None, lambda _paper: None)
    with TcpPrinterSimulator(printer) as simulator, socket.create_server(("127.0.0.1", 0)) as listener:
        ports = {"printer": simulator.port, "listener": listener.getsockname()[1]}
        code, told = run(capsys, "test", url.format(folder=tmp_path, **ports))
    assert isinstance(told, dict)
    assert (code, told["result"]) == (desk.DONE, result), told


@pytest.mark.parametrize(
    ("url", "said", "heard"),
    [
        ("pad+tcp://{place}", bytes.fromhex("FF 68 03 03 68 01 01 0C 0E 16"), ["call"]),
        ("pad+tcp://{place}?map=single_byte", b"C", ["call"]),
        ("scan+tcp://{place}", b"20261123-A008\r\n", ["20261123-A008"]),
    ],
)
def test_what_a_pad_or_scanner_says_is_echoed(
    url: str, said: bytes, heard: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as beside:

        def press() -> socket.socket:
            connection, _caller = listener.accept()
            connection.sendall(said)
            return connection

        pressed = beside.submit(press)
        code, told = run(capsys, "test", url.format(place=f"127.0.0.1:{listener.getsockname()[1]}"))
        pressed.result(PATIENCE_S).close()
    assert code == desk.DONE
    assert isinstance(told, dict)
    assert told["heard"] == heard
