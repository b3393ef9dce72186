"""A simulated sign: it reads the frames it is sent, as the real one would, and shows the text that is in them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.lines.line import LineError
from hardware.signs.frame_parts import FrameError
from hardware.signs.preset import SignPreset
from hardware.simulators.faults import Fault, FaultSwitch
from hardware.status import Cause

_SLOW_S = 0.5


@dataclass(frozen=True, slots=True)
class LitSign:
    """What a sign shows now, and the frame that made it so."""

    sign: str
    text: str
    frame: bytes


class SimulatedSign:
    """One sign by name. It ignores frames that are damaged or meant for another address, as signs on one line do.

    With a folder, what it shows is kept in `sign-<name>.json`, and `sign-<name>.faults` names its faults.
    """

    def __init__(
        self,
        name: str,
        preset: SignPreset,
        address: int,
        folder: Path | None,
        on_lit: Callable[[LitSign], None],
    ) -> None:
        self.name = name
        self.faults = FaultSwitch(folder / f"sign-{name}.faults" if folder else None)
        self.lit: LitSign | None = None
        self._grammar = preset.grammar
        self._has_address = preset.has_address
        self._address = address
        self._folder = folder
        self._on_lit = on_lit

    def receive(self, frame: bytes) -> None:
        """Read a frame and light up."""
        try:
            message = self._grammar.read(frame)
        except FrameError:
            return
        if self._has_address and message.address != self._address:
            return
        self.lit = LitSign(self.name, message.text, frame)
        if self._folder:
            _keep(self.lit, self._folder)
        self._on_lit(self.lit)


class SimulatedSignLine:
    """The line to a simulated sign; what is written is on show, so written means done."""

    answers = False
    keeps = True

    def __init__(self, sign: SimulatedSign, sleep: Callable[[float], None] = time.sleep) -> None:
        self.name = f"sim://sign/{sign.name}"
        self._sign = sign
        self._sleep = sleep

    def open(self) -> None:
        """Connect, unless unplugged."""
        if Fault.UNPLUGGED in self._sign.faults.active:
            raise LineError(Cause.UNREACHABLE, f"{self.name} is unplugged")

    def write(self, data: bytes) -> None:
        """Show one frame. Raises LineError, also when what is shown cannot be kept in the folder."""
        self.open()
        faults = self._sign.faults.active
        if Fault.STALLED in faults:
            raise LineError(Cause.TIMEOUT, f"{self.name} takes no more bytes")
        if Fault.SLOW in faults:
            self._sleep(_SLOW_S)
        try:
            self._sign.receive(data[:-1] if Fault.GARBAGE in faults else data)
        except OSError as error:
            raise LineError(Cause.WRITE_FAILED, f"{self.name}: {error}") from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Signs never answer."""
        del count, timeout_s
        return b""

    def discard_input(self) -> None:
        """Nothing to discard."""

    def close(self) -> None:
        """Nothing to let go of."""


def _keep(lit: LitSign, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"sign-{lit.sign}.json"
    draft = path.with_suffix(f".{os.getpid()}.part")
    shown = {"sign": lit.sign, "text": lit.text, "frame": lit.frame.hex(" ").upper()}
    draft.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
