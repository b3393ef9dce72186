from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.simulators.faults import Fault
from hardware.status import Cause, down
from operations.doctor import device_checks
from operations.doctor.device_checks import (
    check_listener,
    check_printer,
    check_sign,
    check_signs,
    check_voice,
)
from operations.doctor.finding import Finding, Status
from shared.settings import Settings
from shared.words import Words

ENGLISH = Words("en")
CLOSED_PORT = "127.0.0.1:9"


def simulated_printer(folder: Path, *faults: Fault) -> str:
    (folder / "kiosk-1.faults").write_text("\n".join(faults), encoding="utf-8")
    return f"sim://printer/kiosk-1?folder={folder}"


@pytest.mark.parametrize("check", [check_printer, check_sign])
def test_a_device_that_is_not_set_is_no_fault(check: Callable[[Words, str], Finding]) -> None:
    finding = check(ENGLISH, "")
    assert finding.status is Status.OK
    assert "settings" in finding.advice


def test_the_signs_that_a_lobby_drives_are_looked_at_too(tmp_path: Path) -> None:
    settings = Settings(
        signs={2: f"sign+file://{tmp_path}/frames.bin", 1: "sign+tcp://127.0.0.1:9?preset=strip"},
        summary_sign="sign+tcp://127.0.0.1:9",
    )
    findings = list(check_signs(ENGLISH, settings))
    assert [(finding.check, finding.status) for finding in findings] == [
        ("sign", Status.FAULT),
        ("sign", Status.OK),
        ("summary-sign", Status.FAULT),
    ]
    assert "strip_a0_90" in findings[0].message
    assert [finding.check for finding in check_signs(ENGLISH, Settings())] == ["sign"]


@pytest.mark.parametrize(
    ("cause", "status", "advice"),
    [
        (Cause.BUSY, Status.WARN, "That is right while"),
        (Cause.NO_PERMISSION, Status.FAULT, "Add the account to the group"),
    ],
)
def test_a_line_that_is_taken_is_no_fault_and_one_that_is_forbidden_is(
    cause: Cause, status: Status, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_checks, "reach_sign", lambda _: down(cause))
    finding = check_sign(ENGLISH, "sign+serial:///dev/ttyUSB0")
    assert finding.status is status
    assert advice in finding.advice


def test_a_printer_that_is_well(tmp_path: Path) -> None:
    finding = check_printer(ENGLISH, simulated_printer(tmp_path))
    assert finding.status is Status.OK
    assert list(tmp_path.glob("*.png")) == []


@pytest.mark.parametrize(
    ("fault", "status", "message", "advice"),
    [
        (Fault.PAPER_LOW, Status.WARN, "paper is running low", "Have a new roll at hand"),
        pytest.param(
            Fault.PAPER_OUT,
            Status.FAULT,
            "out of paper",
            "Put in a new roll",
            marks=pytest.mark.expects_log("is down"),
        ),
        pytest.param(
            Fault.UNPLUGGED,
            Status.FAULT,
            "cannot be reached",
            "Check its power, its cable and its address",
            marks=pytest.mark.expects_log("is down"),
        ),
    ],
)
def test_what_is_wrong_with_a_printer_and_what_to_do(
    tmp_path: Path, fault: Fault, status: Status, message: str, advice: str
) -> None:
    finding = check_printer(ENGLISH, simulated_printer(tmp_path, fault))
    assert finding.status is status
    assert finding.message.endswith(message)
    assert finding.advice == advice


@pytest.mark.expects_log("is down")
def test_a_printer_on_the_network_that_is_not_there() -> None:
    finding = check_printer(ENGLISH, f"escpos+tcp://{CLOSED_PORT}?connect_ms=500")
    assert finding.status is Status.FAULT
    assert CLOSED_PORT in finding.message


def test_a_sign_is_reached_without_changing_what_it_shows(tmp_path: Path) -> None:
    finding = check_sign(ENGLISH, f"sim://sign/3?folder={tmp_path}")
    assert finding.status is Status.OK
    assert list(tmp_path.iterdir()) == []


def test_a_sign_that_is_unplugged(tmp_path: Path) -> None:
    (tmp_path / "sign-3.faults").write_text(Fault.UNPLUGGED, encoding="utf-8")
    finding = check_sign(ENGLISH, f"sim://sign/3?folder={tmp_path}")
    assert finding.status is Status.FAULT
    assert finding.message.endswith("cannot be reached")


@pytest.mark.parametrize("url", ["sim://pad/1", "sim://scanner/1", "pad+keyboard://", "scan+keyboard://"])
def test_a_pad_or_scanner_that_is_silent_is_well(url: str) -> None:
    assert check_listener(ENGLISH, "pad", url).status is Status.OK


@pytest.mark.expects_log("is down")
@pytest.mark.parametrize("scheme", ["pad", "scan"])
def test_a_pad_or_scanner_that_is_not_there(scheme: str, tmp_path: Path) -> None:
    finding = check_listener(ENGLISH, "pad", f"{scheme}+serial://{tmp_path}/ttyNone")
    assert finding.status is Status.FAULT
    assert finding.message.endswith("cannot be reached")


@pytest.mark.parametrize("url", ["pad+pigeon://roof", "pad+keyboard://?map=single_byte", "scan+tcp://host"])
def test_an_address_of_no_pad_is_told(url: str) -> None:
    finding = check_listener(ENGLISH, "pad", url)
    assert (finding.status, url in finding.message) == (Status.FAULT, True)


@pytest.mark.parametrize("check", [check_printer, check_sign])
def test_an_address_that_makes_no_sense_is_told_with_what_to_write(
    check: Callable[[Words, str], Finding],
) -> None:
    finding = check(ENGLISH, "fax://nowhere")
    assert finding.status is Status.FAULT
    assert "fax://nowhere" in finding.message
    assert finding.advice


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_cause_is_worded_with_what_to_do(cause: Cause, language: str) -> None:
    words = Words(language)
    assert words.say(f"doctor-cause-{cause.value}")
    assert words.say(f"doctor-cause-{cause.value}-do")


def test_a_device_that_is_silent_is_unknown_and_never_fine(tmp_path: Path) -> None:
    finding = check_printer(ENGLISH, simulated_printer(tmp_path, Fault.SILENT))
    assert finding.status is Status.WARN
    assert "unknown" in finding.message
    assert finding.advice == "Print a ticket and see"


def test_a_silent_lobby_is_no_fault() -> None:
    assert check_voice(ENGLISH, "none", None).status is Status.OK


def test_a_voice_that_plays_is_well(tmp_path: Path, tone_pack: Path) -> None:
    finding = check_voice(ENGLISH, f"sim://voice/1?folder={tmp_path}", tone_pack)
    assert (finding.status, finding.message) == (Status.OK, "it plays (1)")
    assert list(tmp_path.glob("*.wav"))


def test_without_a_sound_device_calls_flash_only(tone_pack: Path) -> None:
    finding = check_voice(ENGLISH, "voice:/no/such/player", tone_pack)
    assert finding.status is Status.WARN
    assert finding.message.startswith("no sound: no device or no program that plays (player: ")
    assert finding.message.endswith("calls flash on the screen only")
    assert finding.advice.startswith("Connect a loudspeaker")


def test_without_clips_it_says_where_it_looked(tmp_path: Path) -> None:
    finding = check_voice(ENGLISH, "voice:/no/such/player", tmp_path)
    assert finding.status is Status.WARN
    assert f"{tmp_path}: there is no manifest.toml" in finding.message
    assert finding.advice.startswith("Install espeakng-loader")


def test_clips_that_the_lobby_will_make_are_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "operations.doctor.device_checks.default_pack_folder", lambda: tmp_path / "not" / "yet"
    )
    monkeypatch.setattr("operations.doctor.device_checks.can_build", lambda: True)
    assert check_voice(ENGLISH, f"sim://voice/1?folder={tmp_path}", None).status is Status.OK


def test_a_voice_whose_address_is_wrong() -> None:
    assert check_voice(ENGLISH, "voice:radio", None).status is Status.FAULT
