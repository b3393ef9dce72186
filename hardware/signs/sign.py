"""A sign at a window: it shows what it was last told, also after it was unplugged for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from hardware.backoff import Backoff
from hardware.gbk import columns
from hardware.health import HealthLog
from hardware.lines.line import Line, LineError
from hardware.signs.driver import SignDriver
from hardware.signs.frame_parts import FrameError
from hardware.signs.shared_lines import SharedLine
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
        """Call it every second or so: flashes, reconnects when it is time to, and repaints the last text."""
        ...

    def status(self) -> DeviceStatus:
        """How the last attempt to reach the sign ended. A sign that cannot answer is unknown, not fine."""
        ...

    def close(self) -> None:
        """Let go of the line; the sign keeps showing what it shows."""


class LedSign:
    """A sign on a line of its own or a shared one. The line opens with the first text.

    When the line breaks or a sign that should answer is silent, texts are remembered and attempts back off. Every
    `repaint_s` seconds the last text is sent again, since a sign that lost its power cannot say so; 0 never repeats.
    A call flashes `flashes` times, once in two refreshes, and then stands.
    """

    def __init__(
        self,
        line: SharedLine,
        driver: SignDriver,
        texts: SignTexts,
        *,
        repaint_s: float = 60.0,
        flashes: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = line.line.name
        self._line = line
        self._driver = driver
        self._texts = texts
        self._repaint_s = repaint_s
        self._flashes = 0 if driver.shows_digits_only else flashes
        self._monotonic = monotonic
        self._backoff = Backoff(monotonic)
        self._health = HealthLog(f"sign {self.name}", _LOGGER)
        self._wanted: str | None = None
        self._changes_left = 0
        self._painted_at = 0.0
        self._status = unknown(Cause.NO_ANSWER, "nothing sent yet")

    def show(self, text: str) -> DeviceStatus:
        """Show a text now, or as soon as the line is back."""
        self._wanted = text
        self._changes_left = 0
        return self._paint(text)

    def show_call(self, number: str, counter: str) -> DeviceStatus:
        """Show a call in the words of the sign's texts."""
        if self._driver.shows_digits_only:
            return self.show(number)
        status = self.show(self._texts.call.format(number=number, counter=counter))
        self._changes_left = 2 * self._flashes
        return status

    def show_paused(self) -> DeviceStatus:
        """Show the paused text."""
        return self.show(self._texts.paused)

    def show_welcome(self) -> DeviceStatus:
        """Show the welcome text."""
        return self.show(self._texts.welcome)

    def refresh(self) -> DeviceStatus:
        """Flash, reconnect or repaint when it is time."""
        if self._wanted is None:
            return self._status
        if self._status.health is Health.DOWN:
            self._changes_left = 0
            return self._paint(self._wanted)
        if self._changes_left:
            self._changes_left -= 1
            dark = " " * columns(self._wanted, "gbk")
            return self._paint(dark if self._changes_left % 2 else self._wanted)
        if 0 < self._repaint_s <= self._monotonic() - self._painted_at:
            return self._paint(self._wanted)
        return self._status

    def status(self) -> DeviceStatus:
        """How the last attempt ended."""
        return self._status

    def close(self) -> None:
        """Let go of the line; other signs on it open it again."""
        with suppress(LineError), self._line.turn() as line:
            line.close()

    def _paint(self, text: str) -> DeviceStatus:
        if self._backoff.is_due:
            self._status = self._send(text)
            self._health.note(OK if self._status.health is Health.UNKNOWN else self._status)
        return self._status

    def _send(self, text: str) -> DeviceStatus:
        try:
            with self._line.turn() as line:
                status = self._over(line, text)
        except FrameError as error:
            return down(Cause.WRITE_FAILED, str(error))
        except LineError as error:
            status = down(error.cause, error.detail)
        if status.health is Health.DOWN:
            self._backoff.failed()
        else:
            self._backoff.succeeded()
            self._painted_at = self._monotonic()
        return status

    def _over(self, line: Line, text: str) -> DeviceStatus:
        _open(line)
        try:
            status = self._driver.paint(line, text)
            if line.keeps:
                line.close()
        except LineError:
            with suppress(LineError):
                line.close()
            raise
        return status


def _open(line: Line) -> None:
    """Open the line, anew when the other end hung up since the last text: it would take one more, and lose it."""
    line.open()
    try:
        line.discard_input()
    except LineError:
        line.close()
        line.open()
