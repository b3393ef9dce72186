from __future__ import annotations

import subprocess
import sys

import pytest

from tools import system_libraries
from tools.system_libraries import (
    ALWAYS,
    FOR_A_SCREEN,
    SystemLibrariesMissing,
    ensure_system_libraries,
)

GLIB = ALWAYS[0]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems need no more libraries")


class Machine:
    """A machine where some libraries are missing, and where apt installs what it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.missing: set[str] = set()
        self.known_packages: set[str] = set()
        self.rights: list[str] | None = []
        self.has_apt = True
        self.apt_works = True
        self.apt_calls: list[tuple[str, ...]] = []
        monkeypatch.setattr(system_libraries, "loads", lambda soname: soname not in self.missing)
        monkeypatch.setattr(system_libraries, "apt_knows", lambda package: package in self.known_packages)
        monkeypatch.setattr(system_libraries, "root_rights", lambda: self.rights)
        monkeypatch.setattr(system_libraries, "run_apt", self.run_apt)
        monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get" if self.has_apt else None)
        monkeypatch.delenv("DISPLAY", raising=False)

    def run_apt(self, _rights: list[str], *arguments: str) -> None:
        self.apt_calls.append(arguments)
        if self.apt_works and arguments[0] == "install":
            self.missing.clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def test_nothing_is_installed_when_everything_loads(machine: Machine) -> None:
    ensure_system_libraries()
    assert machine.apt_calls == []


def test_missing_libraries_are_installed_and_those_for_a_screen_come_along(machine: Machine) -> None:
    machine.missing = {GLIB.soname, FOR_A_SCREEN[0].soname}
    ensure_system_libraries()
    update, install = machine.apt_calls
    assert update[0] == "update"
    assert install[-2:] == ("libglib2.0-0", "libxcb-cursor0")


def test_a_newer_name_is_taken_where_apt_knows_it(machine: Machine) -> None:
    machine.missing = {GLIB.soname}
    machine.known_packages = {"libglib2.0-0t64"}
    ensure_system_libraries()
    assert machine.apt_calls[-1][-1] == "libglib2.0-0t64"


def test_libraries_for_a_screen_are_wanted_where_a_screen_is(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.missing = {FOR_A_SCREEN[0].soname}
    ensure_system_libraries()
    assert machine.apt_calls == []
    monkeypatch.setenv("DISPLAY", ":0")
    ensure_system_libraries()
    assert machine.apt_calls[-1][-1] == "libxcb-cursor0"


def test_without_rights_the_exact_command_is_said(machine: Machine) -> None:
    machine.missing = {GLIB.soname, "libGL.so.1"}
    machine.rights = None
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libglib2.0-0 libgl1"
    with pytest.raises(SystemLibrariesMissing, match=command.replace("+", r"\+")):
        ensure_system_libraries()
    assert machine.apt_calls == []


def test_without_apt_the_libraries_are_named(machine: Machine) -> None:
    machine.missing = {GLIB.soname}
    machine.has_apt = False
    with pytest.raises(SystemLibrariesMissing, match=r"libglib-2\.0\.so\.0"):
        ensure_system_libraries()


def test_an_installation_that_did_not_help_is_told(machine: Machine) -> None:
    machine.missing = {GLIB.soname}
    machine.apt_works = False
    with pytest.raises(SystemLibrariesMissing, match=r"do not load: libglib-2\.0\.so\.0"):
        ensure_system_libraries()


def test_loading_is_what_counts() -> None:
    assert system_libraries.loads("libc.so.6")
    assert not system_libraries.loads("libjiaohao-is-not-there.so.1")


def test_apt_that_fails_stops_the_set_up_and_is_heard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = subprocess.CompletedProcess([], 100, stdout="", stderr="E: no such package")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_kwargs: failed)
    with pytest.raises(SystemLibrariesMissing, match="apt-get install libgl1"):
        system_libraries.run_apt([], "install", "libgl1")
    assert "E: no such package" in capsys.readouterr().err
