"""The command `jiaohao doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
import platformdirs

from operations.desk import DIFFERENT, ENVIRONMENT, Desk, desk_options
from operations.doctor import machine_checks as machine
from operations.doctor.device_checks import check_printer, check_sign
from operations.doctor.finding import Finding, Status
from operations.doctor.hall_checks import check_hall
from operations.doctor.installation_checks import check_folder, check_packages, check_settings
from operations.screen import has_screen
from operations.store_address import sqlite_file
from shared.settings import Settings, settings_file
from shared.words import Words

_COLOURS = {Status.OK: "green", Status.WARN: "yellow", Status.FAULT: "red"}


@click.command()
@desk_options
def doctor(desk: Desk) -> int | None:
    """Look for what is wrong on this machine and in its hall, and say what to do.

    Exit codes: 0 no fault, 1 a fault, 5 the hall's store is out of reach.
    """
    findings: list[Finding] = []
    for finding in examine(desk.settings, desk.words):
        findings.append(finding)
        if not desk.as_json:
            _tell(desk.words, finding)
    if desk.as_json:
        faults = sum(finding.status is Status.FAULT for finding in findings)
        desk.answer({"faults": faults, "findings": [asdict(finding) for finding in findings]}, "")
    return exit_code(findings)


def examine(settings: Settings, words: Words) -> Iterator[Finding]:
    """Everything there is to look at, one after another."""
    yield machine.check_python(words)
    yield check_packages(words)
    yield check_settings(words, settings_file())
    yield from _look_at_qt(settings, words)
    yield machine.check_fonts(words)
    logs = Path(platformdirs.user_log_dir("jiaohao", appauthor=False))
    file = sqlite_file(settings.database_url)
    yield machine.check_disk(words, file.parent if file else logs)
    if file:
        yield check_folder(words, "data-folder", file.absolute().parent)
    yield check_folder(words, "log-folder", logs)
    yield from check_hall(settings, words)
    yield check_printer(words, settings.printer)
    yield check_sign(words, settings.sign)


def exit_code(findings: list[Finding]) -> int | None:
    """None when there is no fault."""
    faults = {finding.check for finding in findings if finding.status is Status.FAULT}
    if not faults:
        return None
    return ENVIRONMENT if "store" in faults else DIFFERENT


def _look_at_qt(settings: Settings, words: Words) -> Iterator[Finding]:
    qt = machine.ask_qt(at_screens=False)
    yield machine.check_qt(words, qt)
    if qt.trouble or not has_screen():
        yield machine.check_screen(words, qt, settings.screen_inches)
        return
    screens = machine.ask_qt(at_screens=True)
    if screens.trouble:
        yield machine.check_screen_opens(words, screens.trouble)
    else:
        yield machine.check_screen(words, screens, settings.screen_inches)


def _tell(words: Words, finding: Finding) -> None:
    mark = click.style(words.say(f"doctor-status-{finding.status.value}"), fg=_COLOURS[finding.status])
    click.echo(f"{mark}  {words.say(f'doctor-check-{finding.check}')}  {finding.message}")
    if finding.advice:
        click.echo(f"      → {finding.advice}")
