from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pip
import pytest

from tools.virtual_environment import InstallFailed, VirtualEnvironment


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> VirtualEnvironment:
    """An environment from a lock that asks for nothing, with our own pip: no package index is needed."""
    folder = tmp_path_factory.mktemp("set-up")
    (folder / "empty.lock").write_text("# nothing\n", encoding="utf-8")
    environment = VirtualEnvironment(folder / "venv", sys.executable, folder / "empty.lock")
    venv.create(environment.folder)
    site_packages = sysconfig.get_path("purelib", "venv", {"base": str(environment.folder)})
    (Path(site_packages) / "pip.pth").write_text(str(Path(pip.__file__).parent.parent), encoding="utf-8")
    environment.build("a test")
    return environment


def test_it_is_current_when_stamped_and_not_before(built: VirtualEnvironment) -> None:
    assert not built.is_current()
    built.stamp()
    assert built.is_current()


def test_another_lock_makes_it_out_of_date(built: VirtualEnvironment) -> None:
    built.stamp()
    before = built.lock.read_text(encoding="utf-8")
    built.lock.write_text("# another\n", encoding="utf-8")
    assert not built.is_current()
    built.lock.write_text(before, encoding="utf-8")
    assert built.is_current()


def test_one_moved_here_is_made_anew(
    built: VirtualEnvironment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.stamp()
    commands: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    moved = VirtualEnvironment(tmp_path / "moved", sys.executable, built.lock)
    moved.folder.mkdir()
    (moved.folder / "set-up.stamp").write_bytes((built.folder / "set-up.stamp").read_bytes())
    assert not moved.is_current()
    moved.build("a test")
    assert commands[0] == [sys.executable, "-m", "venv", "--clear", str(moved.folder)]


def test_what_does_not_start_is_told(built: VirtualEnvironment) -> None:
    with pytest.raises(InstallFailed, match="Qt starts"):
        built.prove("Qt starts", "raise SystemExit(1)")


def test_a_package_without_hash_is_refused(built: VirtualEnvironment, tmp_path: Path) -> None:
    lock = tmp_path / "unhashed.lock"
    lock.write_text("not-a-package-of-ours\n", encoding="utf-8")
    with pytest.raises(InstallFailed, match="the locked packages"):
        VirtualEnvironment(built.folder, sys.executable, lock).build("a test")
