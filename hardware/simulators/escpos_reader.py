"""Take a stream of ESC/POS bytes apart into commands, however the pieces arrive."""

from __future__ import annotations

from dataclasses import dataclass

_PARAMETERS = {
    b"\x10\x04": 1,
    b"\x1b@": 0,
    b"\x1bd": 1,
    b"\x1bJ": 1,
    b"\x1ba": 1,
    b"\x1bt": 1,
    b"\x1b2": 0,
    b"\x1b3": 1,
    b"\x1bE": 1,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1c!": 1,
    b"\x1d!": 1,
    b"\x1dB": 1,
    b"\x1d(H": 2,
    b"\x1d(k": 2,
    b"\x1dr": 1,
    b"\x1dV": 1,
    b"\x1dv0": 5,
}
_GS_V_WITH_FEED = (65, 66)
_WITH_LENGTH = (b"\x1d(H", b"\x1d(k")
_LEAD_BYTES = b"\x10\x1b\x1c\x1d"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its fixed bytes, its parameters and, where its length varies, the data. Text has the empty name."""

    name: bytes
    parameters: bytes = b""
    data: bytes = b""


class EscposReader:
    """Reads the subset of ESC/POS that tickets use. An unknown command is read as text, as printers do."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> list[Command]:
        """The commands completed by `data`; what is incomplete waits for more."""
        self._pending += data
        commands: list[Command] = []
        while self._pending and (taken := self._next()) is not None:
            command, length = taken
            self._pending = self._pending[length:]
            commands.append(command)
        return commands

    def _next(self) -> tuple[Command, int] | None:
        if self._pending[0] not in _LEAD_BYTES:
            return Command(b"", self._pending[:1]), 1
        for name, count in _PARAMETERS.items():
            if self._pending.startswith(name):
                return self._command(name, count)
        if any(name.startswith(self._pending) for name in _PARAMETERS):
            return None
        return Command(b"", self._pending[:1]), 1

    def _command(self, name: bytes, count: int) -> tuple[Command, int] | None:
        start = len(name)
        parameters = self._pending[start : start + count]
        if len(parameters) < count:
            return None
        extra = 0
        if name == b"\x1dV" and parameters[0] in _GS_V_WITH_FEED:
            extra = 1
        if name == b"\x1dv0":
            extra = int.from_bytes(parameters[1:3], "little") * int.from_bytes(parameters[3:5], "little")
        if name in _WITH_LENGTH:
            extra = int.from_bytes(parameters, "little")
        end = start + count + extra
        if len(self._pending) < end:
            return None
        return Command(name, parameters, self._pending[start + count : end]), end
