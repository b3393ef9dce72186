"""A loudspeaker: a clip pack and a player. It says what became of each call and raises for nothing the world does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from hardware.backoff import Backoff
from hardware.health import HealthLog
from hardware.status import OK, Cause, DeviceStatus, Health, down
from hardware.voice.announcement_sound import ClipJoiner, SpokenCall
from hardware.voice.default_pack import ensure_default_pack
from hardware.voice.pack import PackError, load_pack
from hardware.voice.player import Player
from hardware.voice.sound import Sound

_LOGGER = logging.getLogger(__name__)


class Loudspeaker:
    """Prepares and plays calls, on one thread; `stop` comes from another.

    `pack` is a folder of clips; None is the default pack, which is made when it is not there yet. A player that failed
    is left alone for 1, 2, 4 … 30 s, so that a hall without sound does not wait for it at each call.
    """

    def __init__(
        self, player: Player, pack: Path | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._player = player
        self._pack = pack
        self._joiner: ClipJoiner | None = None
        self._backoff = Backoff(monotonic)
        self._health = HealthLog("voice", _LOGGER)
        self._status = OK

    @property
    def name(self) -> str:
        """The player that plays."""
        return self._player.name

    def warm_up(self) -> DeviceStatus:
        """Load the player and the pack, and make the default one when it is not there: a few seconds, once."""
        self._player.warm_up()
        return self._load()

    def prepare(self, call: SpokenCall) -> Sound | None:
        """The call as one sound; None when it cannot be said now, and `status` says why."""
        if not self._backoff.is_due:
            return None
        self._load()
        if self._joiner is None:
            self._backoff.failed()
            return None
        return self._joiner.join(call)

    def play(self, sound: Sound) -> DeviceStatus:
        """Play to the end."""
        status = self._player.play(sound)
        if status.health is Health.DOWN:
            self._backoff.failed()
        else:
            self._backoff.succeeded()
        return self._note(status)

    def say(self, call: SpokenCall) -> DeviceStatus:
        """Prepare and play."""
        sound = self.prepare(call)
        return self._status if sound is None else self.play(sound)

    def status(self) -> DeviceStatus:
        """How the last attempt ended."""
        return self._status

    def stop(self) -> None:
        """Fall silent now."""
        self._player.stop()

    def _load(self) -> DeviceStatus:
        if self._joiner is None:
            try:
                self._joiner = ClipJoiner(load_pack(self._pack or ensure_default_pack()))
            except PackError as error:
                return self._note(down(Cause.NO_CLIPS, "; ".join(error.problems)))
        return self._status

    def _note(self, status: DeviceStatus) -> DeviceStatus:
        self._health.note(status)
        self._status = status
        return status
