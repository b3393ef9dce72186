"""The independent receipt printer and scanner `emupos`, in an environment of its own: it needs a newer Python."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tools.testing.patience import PATIENCE_S
from tools.testing.ports import quiet_port

ENVIRONMENT = Path(__file__).parent.parent.parent / ".venv-emupos"

_PROFILE_58_MM = """\
type: printer
name: 58 mm
dpi: 203
width_dots: 384
font_a: { width: 12, height: 24 }
font_b: { width: 9, height: 17 }
code_pages: { 0: PC437 }
default_code_page: 0
drawer_sensor_open_level: high
"""
_CONFIGURATION = """\
schema: 1
api: {{ host: 127.0.0.1, port: {api} }}
devices:
  - id: wide
    type: printer
    profile: epson-tm-t20iii
    connections: [{{ tcp: {{ port: {wide} }} }}]
  - id: narrow
    type: printer
    profile: ./narrow.yaml
    connections: [{{ tcp: {{ port: {narrow} }} }}]
"""
_CABLE = """\
  - id: cable
    type: printer
    profile: epson-tm-t20iii
    connections: [{ serial: { pty: true, link: cable } }]
"""
_SCANNER = """\
  - id: scanner-{suffix}
    type: scanner
    mode: serial
    suffix: {suffix}
    connections: [{{ serial: {{ pty: true, link: scanner-{suffix} }} }}]
"""
SUFFIXES = ("enter", "tab", "none")
"""What the emulated scanners send behind a code."""


@dataclass(frozen=True)
class Emupos:
    """A running emulator: its control interface, the ports of its printers by paper width, and the one on a cable.

    The devices are `wide` and `narrow`, by TCP; on pseudo-terminals `cable` and the scanners, as `scanner-enter`.
    """

    api: str
    ports: dict[int, int]
    cable: Path

    def fault(self, name: str, *, active: bool, device: str = "wide") -> None:
        """Begin or end a fault of a device, by the emulator's own names."""
        self._ask(f"{device}/faults/{name}", "PUT" if active else "DELETE")

    def receipts(self, device: str) -> list[str]:
        """The ids of all papers that a device has put out."""
        return [receipt["id"] for receipt in json.loads(self._ask(f"{device}/receipts"))]

    def text(self, device: str) -> str:
        """The latest paper's text, its bytes read as Chinese: the emulator prints them as PC437."""
        return self._ask(f"{device}/receipts/latest/text").decode().encode("cp437").decode("gbk")

    def latest(self, device: str) -> Image.Image:
        """The latest paper as a picture."""
        return Image.open(io.BytesIO(self._ask(f"{device}/receipts/latest/image")))

    def scan(self, suffix: str, code: str) -> None:
        """Scan a code with the scanner that sends this suffix."""
        self._ask(f"scanner-{suffix}/scans", "POST", {"data": code})

    def scanner(self, suffix: str) -> Path:
        """The port of the scanner that sends this suffix."""
        return self.cable.with_name(f"scanner-{suffix}")

    def _ask(self, path: str, method: str = "GET", told: Mapping[str, str] | None = None) -> bytes:
        request = urllib.request.Request(  # noqa: S310 - its own http://
            f"{self.api}/devices/{path}",
            data=None if told is None else json.dumps(told).encode(),
            headers={} if told is None else {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - the same
            data: bytes = answer.read()
        return data


@pytest.fixture(scope="session")
def emupos_python() -> Path:
    """The interpreter that can `import emupos`; tests that want it are skipped where set-up found none."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (ENVIRONMENT / "set-up.stamp").exists():
        pytest.skip("the printer emulator emupos is not installed: it needs Python 3.13 (then: make test)")
    return python


@pytest.fixture(scope="session")
def emupos(emupos_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emupos]:
    """The running emulator, one for all tests of a process."""
    folder = tmp_path_factory.mktemp("emupos")
    ports = {"api": quiet_port(), "wide": quiet_port(), "narrow": quiet_port()}
    (folder / "narrow.yaml").write_text(_PROFILE_58_MM, encoding="utf-8")
    devices = _CONFIGURATION.format(**ports)
    if sys.platform != "win32":
        devices += _CABLE + "".join(_SCANNER.format(suffix=suffix) for suffix in SUFFIXES)
    (folder / "emupos.yaml").write_text(devices, encoding="utf-8")
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [emupos_python, "-m", "emupos.cli.app", "run"],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            stdout=log,
            stderr=log,
        )
    api = f"http://127.0.0.1:{ports['api']}/api/v1"
    try:
        _wait_for(api, process)
        yield Emupos(api, {80: ports["wide"], 58: ports["narrow"]}, folder / "emupos" / "cable")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def _wait_for(api: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{api}/health", timeout=PATIENCE_S).close()  # noqa: S310 - its own http://
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    pytest.fail("emupos did not start")
