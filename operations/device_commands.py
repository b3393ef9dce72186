"""`jiaohao devices discover` and `devices test`: what is plugged in, and whether it works."""

from __future__ import annotations

import click

from hardware.address import DeviceAddressError
from hardware.check import CheckResult, check_device
from hardware.discovery import Found, discover
from operations.desk import DIFFERENT, Desk, desk_options
from shared.words import Words


@click.group()
def devices() -> None:
    """Look for printers, signs and pads, and try them out."""


@devices.command("discover")
@click.option(
    "--host", "hosts", multiple=True, metavar="ADDRESS", help="Also ask for a network printer there"
)
@desk_options
def discover_devices(desk: Desk, hosts: tuple[str, ...]) -> None:
    """List this machine's serial ports and USB printers, and printers at the addresses that are named."""
    found = discover(hosts)
    values = [{"kind": one.kind.value, "name": one.name, "urls": list(one.urls)} for one in found]
    text = "\n".join(_line(one, desk.words) for one in found)
    desk.answer(values, text or desk.words.say("devices-none-found"))


@devices.command("test")
@click.argument("url")
@desk_options
def try_device(desk: Desk, url: str) -> int | None:
    """Print a test ticket, light a sign, or wait for a pad's key at URL; exit code 1 when it did not work."""
    if not desk.as_json:
        click.echo(desk.words.say("devices-trying", url=url))
    try:
        report = check_device(url)
    except DeviceAddressError as error:
        raise click.UsageError(str(error)) from None
    cause = None if report.status.cause is None else report.status.cause.value
    values = {"url": url, "result": report.result.value, "cause": cause, "detail": report.status.detail}
    words = desk.words
    told = [words.say(f"devices-result-{report.result.value}")]
    if cause is not None and report.result is not CheckResult.DONE:
        told += [words.say(f"doctor-cause-{cause}"), words.say(f"doctor-cause-{cause}-do")]
    desk.answer(values, "\n".join(told))
    return DIFFERENT if report.result is CheckResult.FAILED else None


def _line(found: Found, words: Words) -> str:
    kind = words.say(f"devices-kind-{found.kind.value}")
    return "\n  ".join([f"{kind}  {found.name}", *found.urls])
