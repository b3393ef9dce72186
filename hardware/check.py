"""Try a device out: print a test ticket, light a sign, ring the voice, wait for a key or a code."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.pads.decoder import decoder_for
from hardware.pads.events import PadAction, PadEvent
from hardware.pads.opening import is_typing_scanner, open_pad, open_scanner, typed_map
from hardware.pads.pad import CallPad
from hardware.pads.scanner import CodeScanner
from hardware.printing.fonts import TicketFont
from hardware.printing.opening import open_printer
from hardware.printing.printer import PrintState
from hardware.signs.opening import open_sign
from hardware.signs.sign import SignTexts
from hardware.simulators.bench import SimulatorBench
from hardware.status import OK, DeviceStatus, Health
from hardware.voice.announcement_sound import SpokenCall
from hardware.voice.loudspeaker import Loudspeaker
from hardware.voice.opening import AUTOMATIC, open_player
from shared.domain.device_health import DeviceKind
from shared.domain.slip import Align, Pair, QrCode, Rule, Size, Slip, Space, Text

SPECIMEN = "请A023号到3号窗口"
"""What a sign is lit with: every device must show Latin, digits and Chinese."""

SPECIMEN_CALL = SpokenCall("A008", 3, times=1)
"""What a voice says: 「请A零零八号，到三号窗口」."""

_NUMBER = "A888"
_POLL_S = 0.1


class CheckResult(StrEnum):
    """`LOOK` means that the device cannot prove it: a person must look whether it did."""

    DONE = "done"
    LOOK = "look"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a test. `events` are the keys that were pressed on a pad, `codes` those that were scanned.

    `latest_bytes` are what a pad or scanner sent, also where it meant nothing.
    """

    url: str
    name: str
    kind: DeviceKind
    result: CheckResult
    status: DeviceStatus
    events: tuple[PadEvent, ...] = ()
    codes: tuple[str, ...] = ()
    latest_bytes: bytes = b""

    @property
    def heard(self) -> tuple[str, ...]:
        """Keys and codes as they came, for a person to compare with what was pressed."""
        keys = (
            event.digits
            if event.action is PadAction.NUMBER
            else f"{event.action.value} {event.digits}".strip()
            for event in self.events
        )
        return (*keys, *self.codes)


def specimen_slip(url: str) -> Slip:
    """A ticket that shows what a printer can: large and small type, Chinese, edges, a QR code of its own URL."""
    return Slip(
        (
            Text(url, Size.SMALL, align=Align.CENTER),
            Rule(),
            Text(SPECIMEN, Size.LARGE, bold=True, align=Align.CENTER),
            Text(_NUMBER, Size.HERO, bold=True, align=Align.CENTER),
            Space(2),
            Pair("|<", ">|"),
            Text("0123456789 ABCXYZ 堃 ￥ ，。：（）", Size.BODY),
            QrCode(url),
        ),
        title="test",
    )


def check_device(
    url: str,
    *,
    slip: Slip | None = None,
    text: str = SPECIMEN,
    font: TicketFont | None = None,
    bench: SimulatorBench | None = None,
    pack: Path | None = None,
    qt_command: Sequence[str] | None = None,
    listen_s: float = 10.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Report:
    """Try out the device at a URL; pads and scanners are listened to for `listen_s`, or until they say something.

    A voice speaks from `pack`, or from the default pack, and by Qt where `qt_command` starts a player of it.
    Raises DeviceAddressError when the URL is wrong or names no such device.
    """
    if url.startswith((AUTOMATIC, "sim://voice/")):
        return _check_voice(url, pack, qt_command)
    match _kind(DeviceAddress.parse(url)):
        case "printer":
            return _check_printer(url, slip or specimen_slip(url), font, bench)
        case "sign":
            return _check_sign(url, text, bench)
        case "pad":
            return _check_pad(url, bench, listen_s, sleep)
        case "scanner":
            return _check_scanner(url, bench, listen_s, sleep)
        case _:
            raise DeviceAddressError(
                f"{url}: no such device; use escpos+…://, sign+…://, pad+…://, scan+…://, voice: or "
                "sim://printer|sign|pad|scanner|voice/name"
            )


def types(url: str) -> bool:
    """Whether this is a pad or scanner that types like a keyboard. Raises DeviceAddressError when the URL is wrong."""
    if url.startswith(AUTOMATIC):
        return False
    return typed_map(url) is not None or is_typing_scanner(url)


def check_typed(url: str, line: str) -> Report:
    """What a pad or scanner that types meant by the line that it typed. Raises DeviceAddressError."""
    pad_map = typed_map(url)
    typed = line.strip()
    events: tuple[PadEvent, ...] = ()
    if pad_map is not None:
        events = tuple(decoder_for(pad_map).feed(typed.encode("ascii", errors="replace") + b"\r"))
    codes = (typed,) if pad_map is None and typed else ()
    result = CheckResult.DONE if events or codes else CheckResult.LOOK
    kind = DeviceKind.SCANNER if pad_map is None else DeviceKind.PAD
    return Report(url, url, kind, result, OK, events, codes, typed.encode())


def _kind(address: DeviceAddress) -> str:
    families = {"escpos": "printer", "sign": "sign", "pad": "pad", "scan": "scanner", "sim": address.host}
    return families.get(address.family, "")


def _check_printer(url: str, slip: Slip, font: TicketFont | None, bench: SimulatorBench | None) -> Report:
    printer = open_printer(url, font=font, bench=bench)
    outcome = printer.print_slip(slip)
    printer.close()
    results = {PrintState.PRINTED: CheckResult.DONE, PrintState.FAILED: CheckResult.FAILED}
    result = results.get(outcome.state, CheckResult.LOOK)
    return Report(url, printer.name, DeviceKind.PRINTER, result, outcome.status)


def _check_sign(url: str, text: str, bench: SimulatorBench | None) -> Report:
    sign = open_sign(url, SignTexts(call=text), bench=bench)
    status = sign.show_call(_NUMBER, "")
    sign.close()
    return Report(url, sign.name, DeviceKind.SIGN, _result_of(status), status)


def _check_pad(
    url: str, bench: SimulatorBench | None, listen_s: float, sleep: Callable[[float], None]
) -> Report:
    events: list[PadEvent] = []
    pad = open_pad(url, events.append, bench=bench)
    pad.show_ticket(pad.address, 888)
    pad.beep(pad.address)
    status = _listen(pad, events, listen_s, sleep)
    return Report(
        url,
        pad.name,
        DeviceKind.PAD,
        _result_of_listening(events, status),
        status,
        tuple(events),
        latest_bytes=pad.latest_bytes,
    )


def _check_scanner(
    url: str, bench: SimulatorBench | None, listen_s: float, sleep: Callable[[float], None]
) -> Report:
    codes: list[str] = []
    scanner = open_scanner(url, codes.append, bench=bench)
    status = _listen(scanner, codes, listen_s, sleep)
    return Report(
        url,
        scanner.name,
        DeviceKind.SCANNER,
        _result_of_listening(codes, status),
        status,
        codes=tuple(codes),
        latest_bytes=scanner.latest_bytes,
    )


def _listen(
    device: CallPad | CodeScanner, heard: Sequence[object], listen_s: float, sleep: Callable[[float], None]
) -> DeviceStatus:
    """Until something is heard, the time is over, or the device is gone."""
    status = device.poll()
    for _ in range(round(listen_s / _POLL_S)):
        if heard or status.health is Health.DOWN:
            break
        sleep(_POLL_S)
        status = device.poll()
    device.close()
    return status


def _result_of_listening(heard: Sequence[object], status: DeviceStatus) -> CheckResult:
    """A line that works proves nothing: what was pressed must have been understood."""
    if heard:
        return CheckResult.DONE
    return CheckResult.FAILED if status.health is Health.DOWN else CheckResult.LOOK


def _check_voice(url: str, pack: Path | None, qt_command: Sequence[str] | None) -> Report:
    """A player that ends well may still play into nothing: a person must listen."""
    loudspeaker = Loudspeaker(open_player(url, qt_command=qt_command), pack)
    status = loudspeaker.say(SPECIMEN_CALL)
    loudspeaker.stop()
    result = CheckResult.FAILED if status.health is Health.DOWN else CheckResult.LOOK
    return Report(url, loudspeaker.name, DeviceKind.VOICE, result, status)


def _result_of(status: DeviceStatus) -> CheckResult:
    if status.health is Health.DOWN:
        return CheckResult.FAILED
    return CheckResult.DONE if status.health is Health.OK else CheckResult.LOOK
