"""The command `jiaohao doctor`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click
import platformdirs

from operations.desk import DIFFERENT, ENVIRONMENT, Desk, desk_options
from operations.doctor import machine_checks as machine
from operations.doctor.device_checks import check_listener, check_printer, check_signs, check_voice
from operations.doctor.finding import Finding, Status
from operations.doctor.hall_checks import check_hall
from operations.doctor.installation_checks import (
    check_bad_settings,
    check_folder,
    check_packages,
    check_settings,
)
from operations.doctor.standby_checks import check_standby
from operations.screen import has_screen
from operations.store_address import sqlite_file
from shared.settings import Settings, SettingsError, settings_file, standby_folder
from shared.words import Language, Words

_COLOURS = {Status.OK: "green", Status.WARN: "yellow", Status.FAULT: "red"}


class _AlsoWithoutSettings(click.Command):
    """Settings that make no sense stop every other command; here they are a finding."""

    def invoke(self, ctx: click.Context) -> int | None:
        """Run the command, or look at the machine alone when its settings cannot be read."""
        try:
            code: int | None = super().invoke(ctx)
        except SettingsError as error:
            language = ctx.params.get("language") or ctx.find_root().params.get("language") or Language.ZH
            desk = Desk(Settings(language=Language(language)), bool(ctx.params.get("as_json")))
            return _report(desk, examine_machine(desk.words, check_bad_settings(desk.words, str(error))))
        return code


@click.command(cls=_AlsoWithoutSettings)
@desk_options
def doctor(desk: Desk) -> int | None:
    """Look for what is wrong on this machine and in its hall, and say what to do.

    Exit codes: 0 no fault, 1 a fault, 5 the hall's store is out of reach.
    """
    return _report(desk, examine(desk.settings, desk.words))


def _report(desk: Desk, found: Iterable[Finding]) -> int | None:
    findings: list[Finding] = []
    for finding in found:
        findings.append(finding)
        if not desk.as_json:
            _tell(desk.words, finding)
    if desk.as_json:
        faults = sum(finding.status is Status.FAULT for finding in findings)
        desk.answer({"faults": faults, "findings": [asdict(finding) for finding in findings]}, "")
    return exit_code(findings)


def examine(settings: Settings, words: Words) -> Iterator[Finding]:
    """Everything there is to look at, one after another."""
    yield from examine_machine(words, check_settings(words, settings_file()))
    yield _look_at_screen(settings, words)
    logs = Path(platformdirs.user_log_dir("jiaohao", appauthor=False))
    file = sqlite_file(settings.database_url)
    yield machine.check_disk(words, file.parent if file else logs)
    if file:
        yield check_folder(words, "data-folder", file.absolute().parent)
    yield check_folder(words, "log-folder", logs)
    yield from check_hall(settings, words)
    yield from check_standby(words, standby_folder())
    yield check_printer(words, settings.printer)
    yield from check_signs(words, settings)
    for setting in ("pad", "rating_pad", "scanner"):
        if url := getattr(settings, setting):
            yield check_listener(words, setting.replace("_", "-"), url)
    yield check_voice(words, settings.voice, settings.clip_folder)


def examine_machine(words: Words, settings: Finding) -> Iterator[Finding]:
    """What needs no settings to be looked at."""
    yield machine.check_python(words)
    yield check_packages(words)
    yield settings
    yield machine.check_qt(words, machine.ask_qt(at_screens=False))
    yield machine.check_fonts(words)


def exit_code(findings: list[Finding]) -> int | None:
    """None when there is no fault."""
    faults = {finding.check for finding in findings if finding.status is Status.FAULT}
    if not faults:
        return None
    return ENVIRONMENT if "store" in faults else DIFFERENT


def _look_at_screen(settings: Settings, words: Words) -> Finding:
    screens = machine.ask_qt(at_screens=True) if has_screen() else machine.QtNews()
    if screens.trouble:
        return machine.check_screen_opens(words, screens.trouble)
    return machine.check_screen(words, screens, settings.screen_inches)


def _tell(words: Words, finding: Finding) -> None:
    mark = click.style(words.say(f"doctor-status-{finding.status.value}"), fg=_COLOURS[finding.status])
    click.echo(f"{mark}  {words.say(f'doctor-check-{finding.check}')}  {finding.message}")
    if finding.advice:
        click.echo(f"      → {finding.advice}")
