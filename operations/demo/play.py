"""How the demo's day is played: the quiet hours at once, the busy ones live with every program at work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from operations.demo.actor import Actor, ActorError
from operations.demo.crew import Crew
from operations.demo.stage import PERSON_TERMINAL, Stage
from shared.domain.clock import Clock, ManualClock

TICK_SECONDS = 0.005
PRESS_EVERY_SECONDS = 6.0
PAGE_SECONDS = 5.0
ENTRANCE_SECONDS = 0.5
"""How long a page of the kiosk takes to come in."""


def play_at_once(
    crew: Crew, clock: ManualClock, until: datetime, on_moment: Callable[[datetime], None]
) -> None:
    """Do everything that is due until a moment, from one thing to the next, as fast as the store can."""
    while (moment := crew.next_moment) is not None and moment <= until:
        clock.set(max(moment, clock.now()))
        crew.step()
        on_moment(clock.now())
    clock.set(max(until, clock.now()))


class LivePlay:
    """The busy part of the day, by a clock that runs, on a thread of its own: pictures and windows take their time.

    `on_end` is called on that thread when the play is over. As a context manager it plays until the end of its block.
    """

    def __init__(
        self, crew: Crew, clock: Clock, until: datetime, on_end: Callable[[], None] = lambda: None
    ) -> None:
        self._crew, self._clock, self._until, self._on_end = crew, clock, until, on_end
        self._stopped = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="crew")

    @property
    def running(self) -> bool:
        """Whether the play still goes on."""
        return self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin the play."""
        self._thread.start()

    def stop(self) -> None:
        """End the play, and raise what ended it too early, if anything did."""
        self._stopped = True
        self._thread.join()
        if self._error is not None:
            raise self._error

    def now(self) -> datetime:
        """The moment it is in the hall."""
        return self._clock.now()

    def _run(self) -> None:
        try:
            while not self._stopped and self._clock.now() < self._until:
                if not self._crew.step():
                    time.sleep(TICK_SECONDS)
        except Exception as error:  # noqa: BLE001 - raised again on the thread that stops the play
            self._error = error
        finally:
            self._on_end()


class Photographer:
    """Takes the pictures of a play without a screen, and works one terminal by its keys meanwhile."""

    def __init__(self, actors: dict[str, Actor], stage: Stage, moments: list[datetime]) -> None:
        self._actors, self._moments = actors, moments
        self._folder = stage.screens_folder
        self._zone = ZoneInfo(stage.plan.timezone)
        self._next_press = 0.0
        self.pictures: list[Path] = []
        self.troubles: list[str] = []

    def look(self, now: datetime) -> None:
        """Take pictures when it is time for them, and press Next at the terminal that is a person's."""
        if self._moments and now >= self._moments[0]:
            self._moments.pop(0)
            self._take_pictures(f"{now.astimezone(self._zone):%H%M}")
        if time.monotonic() >= self._next_press:
            self._next_press = time.monotonic() + PRESS_EVERY_SECONDS
            self.tell(f"counter-{PERSON_TERMINAL}", "next")

    def tell(self, name: str, *command: str) -> dict[str, object]:
        """Tell a program something; a program that does not answer is noted among the troubles."""
        try:
            return self._actors[name].tell(*command)
        except ActorError as error:
            self.troubles.append(str(error))
            return {}

    def _take_pictures(self, moment: str) -> None:
        for name in self._actors:
            self._grab(name, f"{moment}-{name}")
        self._show_kiosk("tap", "payment", page="result")
        self._grab("kiosk", f"{moment}-kiosk-ticket")
        self._show_kiosk("home", page="services")
        self._show_kiosk("help", page="classes")
        self._grab("kiosk", f"{moment}-kiosk-help")
        self._show_kiosk("home", page="services")
        self._show_kiosk("language", page=None)
        self._grab("kiosk", f"{moment}-kiosk-english")
        self._show_kiosk("home", page="services")

    def _show_kiosk(self, *command: str, page: str | None) -> None:
        self.tell("kiosk", *command)
        deadline = time.monotonic() + PAGE_SECONDS
        while page is not None and self.tell("kiosk", "show").get("page") != page:
            if time.monotonic() > deadline:
                self.troubles.append(f"the kiosk did not come to its page {page!r} after {' '.join(command)}")
                return
            time.sleep(TICK_SECONDS * 10)
        time.sleep(ENTRANCE_SECONDS)

    def _grab(self, name: str, picture: str) -> None:
        path = self._folder / f"{picture}.png"
        self.tell(name, "grab", str(path))
        if path.exists():
            self.pictures.append(path)
