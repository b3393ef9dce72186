"""`jiaohao devices …`: what is plugged in, whether it works, and how the hall's devices are."""

from __future__ import annotations

import sys
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from hardware.address import DeviceAddressError
from hardware.check import CheckResult, Report, check_device, check_typed, types
from hardware.discovery import Found, discover
from operations.desk import DIFFERENT, Desk, desk_options
from shared.domain.device_health import DeviceHealth
from shared.domain.plan import HallPlan
from shared.hall.device_phrases import device_advice, device_name, device_state, device_trouble, moment_text
from shared.qt.sound_process import sound_command
from shared.words import Words


@click.group()
def devices() -> None:
    """Look for printers, signs and pads, and try them and the voice out."""


@devices.command("discover")
@click.option(
    "--host", "hosts", multiple=True, metavar="ADDRESS", help="Also ask for a network printer there"
)
@desk_options
def discover_devices(desk: Desk, hosts: tuple[str, ...]) -> None:
    """List this machine's serial ports and USB printers, and printers at the addresses that are named."""
    try:
        found = discover(hosts)
    except DeviceAddressError as error:
        raise click.UsageError(str(error)) from None
    values = [
        {"kind": one.kind.value, "name": one.name, "urls": list(one.urls), "state": _state(one)}
        for one in found
    ]
    text = "\n".join(_line(one, desk.words) for one in found)
    desk.answer(values, text or desk.words.say("devices-none-found"))


@devices.command("test")
@click.argument("url")
@desk_options
def try_device(desk: Desk, url: str) -> int | None:
    """Print a test ticket, light a sign, speak, or wait for a pad's key or a scanner's code at URL.

    Exit code 1 when it did not work.
    """
    try:
        typing = types(url)
        if not desk.as_json:
            click.echo(desk.words.say("devices-trying", url=url))
            if typing:
                click.echo(desk.words.say("devices-type-now"))
            elif url.startswith(("pad+", "scan+", "sim://pad", "sim://scanner")):
                click.echo(desk.words.say("devices-press-now"))
        if typing:
            report = check_typed(url, sys.stdin.readline())
        else:
            report = check_device(url, pack=desk.settings.clip_folder, qt_command=sound_command())
    except DeviceAddressError as error:
        raise click.UsageError(str(error)) from None
    cause = None if report.status.cause is None else report.status.cause.value
    values = {
        "url": url,
        "result": report.result.value,
        "cause": cause,
        "detail": report.status.detail,
        "heard": list(report.heard),
        "bytes": report.latest_bytes.hex(" ").upper(),
    }
    desk.answer(values, "\n".join(_told(report, desk.words)))
    return DIFFERENT if report.result is CheckResult.FAILED else None


@devices.command("status")
@desk_options
def tell_status(desk: Desk) -> int | None:
    """Tell how the hall's devices are, as their programs said last; exit code 1 when one needs somebody."""
    with desk.open_hall() as hall:
        found, plan, now = hall.devices(), hall.plan, hall.clock.now()
    if desk.as_json or not found:
        desk.answer([_values(health, now) for health in found], desk.words.say("devices-status-none"))
    else:
        Console().print(_table(found, desk.words, plan, now))
    return DIFFERENT if any(health.needs_somebody(now) for health in found) else None


@devices.command("forget")
@click.argument("machine")
@desk_options
def forget_machine(desk: Desk, machine: str) -> None:
    """Forget the devices of MACHINE (as `kiosk-1`), which was taken away for good."""
    with desk.open_hall() as hall:
        count = hall.forget_devices(machine)
    text = desk.words.say("devices-forgotten", machine=machine, count=count)
    desk.answer({"machine": machine, "forgotten": count}, text)


def _told(report: Report, words: Words) -> list[str]:
    if report.result is CheckResult.LOOK:
        told = [words.say(f"devices-check-{report.kind.value}")]
    else:
        told = [words.say(f"devices-result-{report.result.value}")]
    if report.heard:
        told.append(words.say("devices-heard", heard=", ".join(report.heard)))
    elif report.latest_bytes:
        told.append(words.say("devices-heard-bytes", heard=report.latest_bytes.hex(" ").upper()))
    if report.result is CheckResult.FAILED and report.status.cause is not None:
        cause = report.status.cause.value
        told += [words.say(f"doctor-cause-{cause}"), words.say(f"doctor-cause-{cause}-do")]
    return told


def _values(health: DeviceHealth, now: datetime) -> dict[str, object]:
    report = health.report
    return {
        "machine": report.machine,
        "device": report.device,
        "kind": report.kind.value,
        "address": report.address,
        "state": report.state.value,
        "cause": report.cause,
        "detail": report.detail,
        "tickets_left": report.tickets_left,
        "since": health.since.isoformat(),
        "last_error": health.last_error,
        "last_error_at": None if health.last_error_at is None else health.last_error_at.isoformat(),
        "seen_at": health.seen_at.isoformat(),
        "silent": health.is_silent(now),
    }


def _table(found: tuple[DeviceHealth, ...], words: Words, plan: HallPlan, now: datetime) -> Table:
    table = Table()
    for column in ("device", "state", "since", "trouble", "advice"):
        table.add_column(words.say(f"devices-column-{column}"))
    for health in found:
        table.add_row(
            device_name(words, health),
            device_state(words, health, now),
            moment_text(plan, health.since, now),
            device_trouble(words, health, plan, now),
            device_advice(words, health, now),
        )
    return table


def _line(found: Found, words: Words) -> str:
    kind = words.say(f"devices-kind-{found.kind.value}")
    state = _state(found)
    told = f"{kind}  {found.name}" + (f"  {words.say(f'devices-state-{state}')}" if state else "")
    if found.status is not None and found.status.cause is not None:
        told += f"  {words.say(f'doctor-cause-{found.status.cause.value}')}"
    return "\n  ".join([told, *found.urls])


def _state(found: Found) -> str | None:
    return None if found.status is None else found.status.health.value
