"""Draw the pictures of `docs/images` anew, from a demo hall at work: `python -m tools.screenshots`.

The three programs run as processes without a screen, and are told what a customer and a clerk would do. Every picture
is what a program drew, only smaller.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from rich.progress import track

from operations.demo.actor import Actor
from operations.demo.crew import Crew
from operations.demo.office_day import load_visitors
from operations.demo.play import LivePlay, play_at_once
from operations.demo.stage import CREW_TERMINAL, KIOSK, PERSON_TERMINAL, PIN, Stage, programs, set_stage
from shared.domain.clock import CLOCK_VARIABLE, ManualClock, ScaledClock
from shared.hall import Hall, open_hall
from shared.words import Language, Words

ROOT = Path(__file__).resolve().parent.parent
SEED = 8
BUSY_AT = timedelta(hours=4, minutes=55)
QUEUE_GROWS = timedelta(minutes=4)
"""So long before the pictures, the person's counter calls nobody, so that there is somebody to call."""

SPEED = 4.0
LONGEST_SECONDS = 600.0
"""The hall's day goes on for so long while pictures are taken."""

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.1
SETTLE_SECONDS = 1.2
"""A page's entrance, and a change that the store tells, are over by then."""

PHONE, SCREEN = 540, 1280
"""Widths in pixels: of a picture that stands upright, and of one that lies."""


class Unseen(Exception):
    """A program did not come to what was to be pictured."""


class Studio:
    """Tells the programs what to do, waits until it is seen, and takes a picture."""

    def __init__(self, actors: dict[str, Actor], stage: Stage, output: Path) -> None:
        self._actors, self._stage, self._output = actors, stage, output

    def tell(self, name: str, *command: str) -> dict[str, Any]:
        """Tell a program something and return its answer."""
        return self._actors[name].tell(*command)

    def wait(self, name: str, question: str, key: str, seen: Callable[[object], bool]) -> None:
        """Wait until a program's answer to a question is as wished; Unseen when it does not come to that."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not seen((answer := self.tell(name, question)).get(key)):
            if time.monotonic() > deadline:
                raise Unseen(f"{name}: waited in vain for another {key} than in {answer}")
            time.sleep(LOOK_SECONDS)
        time.sleep(SETTLE_SECONDS)

    def take(self, name: str, picture: str, width: int) -> None:
        """Take a picture of a program."""
        path = self._stage.screens_folder / f"{picture}.png"
        self.tell(name, "grab", str(path))
        shrink(path, self._output / f"{picture}.png", width)

    def paper(self, picture: str, width: int) -> None:
        """Keep the paper that was printed last."""
        newest = max(self._stage.tickets_folder.glob("*.png"))
        shrink(newest, self._output / f"{picture}.png", width)


def shrink(source: Path, target: Path, width: int) -> None:
    """Write a picture no wider than `width` pixels, as small as PNG can."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    if picture.width > width:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(target, optimize=True)


def picture_kiosk(studio: Studio) -> None:
    """The start page, a ticket, its paper, the senior mode and a printer without paper."""
    studio.wait("kiosk", "show", "page", lambda page: page == "services")
    studio.take("kiosk", "kiosk", PHONE)
    _take_ticket(studio, "payment", "printed")
    studio.take("kiosk", "kiosk-ticket", PHONE)
    studio.paper("ticket", PHONE)
    _start_page(studio)
    studio.tell("kiosk", "help")
    studio.wait("kiosk", "show", "page", lambda page: page == "classes")
    studio.take("kiosk", "kiosk-help", PHONE)
    studio.tell("kiosk", "class", "senior")
    studio.wait("kiosk", "show", "page", lambda page: page == "services")
    studio.take("kiosk", "kiosk-senior", PHONE)
    _start_page(studio)


def picture_kiosk_in_english(studio: Studio) -> None:
    """The start page, a ticket and its paper for who reads English."""
    studio.tell("kiosk", "language")
    studio.wait("kiosk", "show", "language", lambda language: language == "en")
    studio.take("kiosk", "kiosk-en", PHONE)
    _take_ticket(studio, "broadband", "printed")
    studio.paper("ticket-en", PHONE)
    _start_page(studio)


def picture_paper_out(studio: Studio, stage: Stage) -> None:
    """What a customer sees when the paper has run out."""
    faults = stage.tickets_folder / f"{KIOSK}.faults"
    faults.write_text("paper_out\n", encoding="utf-8")
    _take_ticket(studio, "payment", "failed")
    studio.take("kiosk", "kiosk-paper-out", PHONE)
    faults.unlink()
    _start_page(studio)


def picture_counter(studio: Studio) -> None:
    """The terminal of a counter: called, in service, as a bar, and in English."""
    studio.tell(f"counter-{CREW_TERMINAL}", "login", str(1000 + CREW_TERMINAL), PIN)
    name = f"counter-{PERSON_TERMINAL}"
    studio.tell(name, "login", str(1000 + PERSON_TERMINAL), PIN)
    studio.wait(name, "state", "page", lambda page: page == "desk")
    studio.tell(name, "next")
    studio.wait(name, "state", "ticket_state", lambda state: state == "called")
    studio.take(name, "counter-called", SCREEN)
    studio.tell(name, "start")
    studio.wait(name, "state", "ticket_state", lambda state: state == "serving")
    studio.take(name, "counter", SCREEN)
    studio.tell(name, "bar")
    studio.wait(name, "state", "shape", lambda shape: shape == "bar")
    studio.take(name, "counter-bar", SCREEN)
    studio.tell(name, "bar")
    studio.tell(name, "language")
    studio.wait(name, "state", "shape", lambda shape: shape == "desk")
    studio.take(name, "counter-en", SCREEN)
    studio.tell(name, "next")


def picture_lobby(studio: Studio) -> None:
    """The lobby screen with a call that was just made, in both languages."""
    for name, picture in (("lobby", "lobby"), ("lobby-en", "lobby-en")):
        studio.wait(name, "show", "calls", bool)
        studio.take(name, picture, SCREEN)


def picture_devices(stage: Stage, output: Path) -> None:
    """The demo's window with the printer's newest paper and the signs."""
    from PySide6.QtCore import QTimer

    from operations.demo.windows import DevicesWindow
    from shared.qt import startup
    from shared.qt.screenshot import grab

    app = startup.make_app("screenshots", widgets=True)
    window = DevicesWindow(stage, Words(Language.ZH))
    window.show()
    QTimer.singleShot(round(2 * SETTLE_SECONDS * 1000), app.quit)
    app.exec()
    path = stage.screens_folder / "devices.png"
    grab(window, path)
    window.close()
    shrink(path, output / "devices.png", SCREEN)


def _take_ticket(studio: Studio, service: str, paper: str) -> None:
    studio.tell("kiosk", "tap", service)
    studio.wait("kiosk", "show", "paper", lambda state: state == paper)


def _start_page(studio: Studio) -> None:
    studio.tell("kiosk", "home")
    studio.wait("kiosk", "show", "page", lambda page: page == "services")


def busy_crew(stage: Stage) -> Crew:
    """The people of the demo, with the day played until its busy time, and the person's counter left alone."""
    clock = ManualClock(stage.opening)
    crew = Crew(
        hall=_hall(stage, clock),
        opening=stage.opening,
        visitors=load_visitors(stage.plan, SEED),
        clerks=stage.clerks,
        seed=SEED,
    )
    play_at_once(crew, clock, stage.opening + BUSY_AT - QUEUE_GROWS, lambda _now: None)
    crew.resting = frozenset({PERSON_TERMINAL})
    play_at_once(crew, clock, stage.opening + BUSY_AT, lambda _now: None)
    crew.hall.close()
    return crew


@contextmanager
def at_work(stage: Stage) -> Iterator[dict[str, Actor]]:
    """The hall at its busy time, with the programs by name."""
    crew = busy_crew(stage)
    now = stage.opening + BUSY_AT
    clock = ScaledClock(datetime.now(UTC), now, SPEED)
    crew.hall = _hall(stage, clock)
    play = LivePlay(crew, clock, now + timedelta(seconds=LONGEST_SECONDS * SPEED))
    with programs(stage, clock, screen=False) as actors:
        english = ["--database", stage.database_url, "--language", "en", "--name", "lobby-2"]
        environment = {CLOCK_VARIABLE: clock.spec(), "QT_QPA_PLATFORM": "offscreen"}
        lobby = Actor("lobby-en", "lobby_display", [*english, "--geometry", "1920x1080"], environment)
        play.start()
        try:
            yield {**actors, "lobby-en": lobby}
        finally:
            lobby.stop()
            play.stop()
            crew.hall.close()


def _hall(stage: Stage, clock: ManualClock | ScaledClock) -> Hall:
    return open_hall(stage.database_url, stage.plan.id, clock=clock)


def main(arguments: list[str] | None = None) -> int:
    """Take every picture; exit code 1 when one could not be taken."""
    parser = argparse.ArgumentParser(description="Draw the pictures of docs/images anew.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images", metavar="FOLDER")
    output = parser.parse_args(arguments).output
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="jiaohao-pictures-") as folder:
        stage = set_stage(Path(folder), Language.ZH)
        try:
            with at_work(stage) as actors:
                studio = Studio(actors, stage, output)
                scenes: list[Callable[[], None]] = [
                    lambda: picture_counter(studio),
                    lambda: picture_lobby(studio),
                    lambda: picture_kiosk(studio),
                    lambda: picture_kiosk_in_english(studio),
                    lambda: picture_paper_out(studio, stage),
                ]
                for scene in track(scenes, "pictures"):
                    scene()
            picture_devices(stage, output)
        except Unseen as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
