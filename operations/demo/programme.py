"""How the demo's day is played: by the hall's clock, and without a screen with a picture of every program."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from operations.demo.actor import Actor, ActorError
from operations.demo.crew import Crew
from operations.demo.stage import CREW_TERMINAL, PERSON_TERMINAL, PIN, Stage
from shared.domain.clock import ManualClock

MOMENTS = (0.2, 0.45, 0.75)
"""When pictures are taken, as shares of the day."""

PRESS_EVERY_SECONDS = 2.0
TICK_SECONDS = 0.005


@dataclass(slots=True)
class Programme:
    """Runs the crew by the hall's clock until `closes`.

    `with_pictures` is for a machine without a screen: then it also works the person's terminal and takes pictures.
    """

    stage: Stage
    crew: Crew
    closes: datetime
    on_progress: Callable[[float], None]
    pictures: list[Path] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    with_pictures: bool = True
    _stopped: bool = False
    _left: list[float] = field(default_factory=lambda: list(MOMENTS))
    _next_press: float = 0.0

    def run(self) -> None:
        """Play the day to its end."""
        self._tell(f"counter-{CREW_TERMINAL}", "login", str(1000 + CREW_TERMINAL), PIN)
        if self.with_pictures:
            self._tell(f"counter-{PERSON_TERMINAL}", "login", str(1000 + PERSON_TERMINAL), PIN)
        length = self.closes - self.stage.opening
        clock = self.stage.clock
        if isinstance(clock, ManualClock):
            self._run_at_once(clock)
            return
        while not self._stopped and (now := self.stage.clock.now()) < self.closes:
            share = (now - self.stage.opening) / length
            self.on_progress(max(0.0, share))
            if self.with_pictures and self._left and share >= self._left[0]:
                self._left.pop(0)
                self._take_pictures(f"{now.astimezone():%H%M}")
            if self.with_pictures:
                self._press_next()
            if not self.crew.step():
                time.sleep(TICK_SECONDS)
        self.on_progress(1.0)

    def stop(self) -> None:
        """End the day early; may be called from another thread."""
        self._stopped = True

    def _run_at_once(self, clock: ManualClock) -> None:
        """Play the day as fast as the store can, from one thing to do to the next."""
        while (moment := self.crew.next_moment) is not None and moment <= self.closes:
            clock.set(max(moment, clock.now()))
            self.crew.step()
            self.on_progress((moment - self.stage.opening) / (self.closes - self.stage.opening))

    def _press_next(self) -> None:
        """Work the second terminal as a clerk would: with its keys, in its own process."""
        name = f"counter-{PERSON_TERMINAL}"
        if name not in self.stage.actors or time.monotonic() < self._next_press:
            return
        self._next_press = time.monotonic() + PRESS_EVERY_SECONDS
        self._tell(name, "next")

    def _take_pictures(self, moment: str) -> None:
        for name, actor in self.stage.actors.items():
            self._grab(name, actor, moment)
        kiosk = self.stage.actors.get("kiosk")
        if kiosk is not None:
            self._kiosk_pictures(kiosk, moment)

    def _kiosk_pictures(self, kiosk: Actor, moment: str) -> None:
        for page, commands in {
            "ticket": (("tap", "payment"),),
            "help": (("home",), ("help",)),
            "english": (("home",), ("language",)),
        }.items():
            for command in commands:
                self._tell("kiosk", *command)
            # The answer comes when the tap is taken; the store's answer and the page's entrance follow.
            self._wait_for_page(kiosk, "ticket" if page == "ticket" else None)
            self._grab(f"kiosk-{page}", kiosk, moment)
        self._tell("kiosk", "home")

    def _wait_for_page(self, kiosk: Actor, page: str | None) -> None:
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            try:
                shown = kiosk.tell("show")
            except ActorError:
                return
            if page is None or (shown.get("page") == page and shown.get("number")):
                break
            time.sleep(TICK_SECONDS)
        time.sleep(0.4)

    def _grab(self, name: str, actor: Actor, moment: str) -> None:
        path = self.stage.folder / "screens" / f"{moment}-{name}.png"
        try:
            actor.tell("grab", str(path))
        except ActorError as error:
            self.troubles.append(str(error))
        else:
            self.pictures.append(path)

    def _tell(self, name: str, *command: str) -> None:
        actor = self.stage.actors.get(name)
        if actor is None:
            return
        try:
            actor.tell(*command)
        except ActorError as error:
            self.troubles.append(str(error))


def closing(stage: Stage, hours: float) -> datetime:
    """When the demo's day ends: so many hours after the opening."""
    return stage.opening + timedelta(hours=hours)
