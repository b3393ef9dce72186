"""A sign at a window: it shows what it was last told, also after it was unplugged for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from hardware.backoff import Backoff
from hardware.health import HealthLog
from hardware.lines.line import Line, LineError
from hardware.signs.frame_parts import FrameError, Message
from hardware.signs.preset import SignPreset
from hardware.status import OK, Cause, DeviceStatus, Health, down, unknown

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignTexts:
    """What a sign says; `call` may use `{number}` and `{counter}`. Boards of digits show the bare number anyway."""

    call: str = "{number}"
    paused: str = ""
    welcome: str = ""


class WindowSign(Protocol):
    """A sign, used from one thread at a time. Nothing here raises for what the environment does."""

    name: str

    def show(self, text: str) -> DeviceStatus:
        """Show a text."""
        ...

    def show_call(self, number: str, counter: str) -> DeviceStatus:
        """Show that a number is called to a counter."""
        ...

    def show_paused(self) -> DeviceStatus:
        """Show that the counter is closed for now."""
        ...

    def show_welcome(self) -> DeviceStatus:
        """Show the text of a free counter."""
        ...

    def refresh(self) -> DeviceStatus:
        """Call it every second or so: reconnects when it is time to, and repaints the last text."""
        ...

    def status(self) -> DeviceStatus:
        """How the last attempt to reach the sign ended. A sign that cannot answer is unknown, not fine."""
        ...

    def close(self) -> None:
        """Let go of the line; the sign keeps showing what it shows."""


class FrameSign:
    """A sign that is driven by frames of a preset and never answers.

    The line opens with the first text. When it breaks, texts are remembered and attempts back off. Every `repaint_s`
    seconds the last text is sent again, since a sign that lost its power cannot say so; 0 never repeats.
    """

    def __init__(
        self,
        line: Line,
        preset: SignPreset,
        address: int,
        texts: SignTexts,
        *,
        repaint_s: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = line.name
        self._line = line
        self._preset = preset
        self._address = address
        self._texts = texts
        self._repaint_s = repaint_s
        self._monotonic = monotonic
        self._backoff = Backoff(monotonic)
        self._health = HealthLog(f"sign {line.name}", _LOGGER)
        self._wanted: str | None = None
        self._sequence = 0
        self._painted_at = 0.0
        self._status = unknown(Cause.NO_ANSWER, "nothing sent yet")

    def show(self, text: str) -> DeviceStatus:
        """Show a text now, or as soon as the line is back."""
        self._wanted = text
        return self._paint()

    def show_call(self, number: str, counter: str) -> DeviceStatus:
        """Show a call in the words of the sign's texts."""
        if self._preset.shows_digits_only:
            return self.show(number)
        return self.show(self._texts.call.format(number=number, counter=counter))

    def show_paused(self) -> DeviceStatus:
        """Show the paused text."""
        return self.show(self._texts.paused)

    def show_welcome(self) -> DeviceStatus:
        """Show the welcome text."""
        return self.show(self._texts.welcome)

    def refresh(self) -> DeviceStatus:
        """Reconnect and repaint when it is time."""
        repaint_is_due = 0 < self._repaint_s <= self._monotonic() - self._painted_at
        if self._wanted is not None and (self._status.health is Health.DOWN or repaint_is_due):
            return self._paint()
        return self._status

    def status(self) -> DeviceStatus:
        """How the last attempt ended."""
        return self._status

    def close(self) -> None:
        """Let go of the line."""
        with suppress(LineError):
            self._line.close()

    def _paint(self) -> DeviceStatus:
        if self._backoff.is_due:
            self._status = self._send(self._wanted or "")
            self._health.note(OK if self._status.health is Health.UNKNOWN else self._status)
        return self._status

    def _send(self, text: str) -> DeviceStatus:
        try:
            frame = self._preset.grammar.build(Message(self._address, text, self._sequence + 1))
        except FrameError as error:
            return down(Cause.WRITE_FAILED, str(error))
        try:
            self._line.open()
            self._line.write(frame)
            if self._line.keeps:
                self._line.close()
        except LineError as error:
            self.close()
            self._backoff.failed()
            return down(error.cause, error.detail)
        self._sequence += 1
        self._backoff.succeeded()
        self._painted_at = self._monotonic()
        return OK if self._line.keeps else unknown(Cause.NO_ANSWER, f"{self._preset.title} never answers")
