"""The demo on a screen: the paper as it prints and the signs as they light, beside the programs' own windows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QEasingCurve,
    QFileSystemWatcher,
    QObject,
    QPropertyAnimation,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from operations.demo.crew import Crew
from operations.demo.play import LivePlay
from operations.demo.stage import CREW_TERMINAL, DEVICES_POSITION, PERSON_TERMINAL, PIN, Stage
from shared.domain.clock import Clock
from shared.qt import startup
from shared.qt.fonts import load_fonts
from shared.qt.theme import Mode, Theme, make_theme
from shared.qt.widget_style import palette, style_sheet
from shared.words import Words

PAPER_WIDTH, PAPER_HEIGHT = 180, 310
SIGN_SIZE = (300, 72)
BODY_PIXELS = 15
POLL_MS = 300


class PaperSlot(QWidget):
    """The slot of the printer: the newest paper slides out, as fast as a real one prints."""

    def __init__(self, folder: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self._shown: Path | None = None
        self.setFixedSize(PAPER_WIDTH, PAPER_HEIGHT)
        self._paper = QLabel(self)
        self._paper.setStyleSheet(f"background: {theme.colour('paper')}")
        self._slide = QPropertyAnimation(self._paper, b"geometry", self)
        self._slide.setDuration(900)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)

    def look(self) -> None:
        """Show the newest paper, if it is a new one."""
        papers = sorted(self._folder.glob("*.png"))
        if not papers or papers[-1] == self._shown:
            return
        picture = QPixmap(str(papers[-1]))
        if picture.isNull():
            return
        self._shown = papers[-1]
        scaled = picture.scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation)
        self._paper.setPixmap(scaled)
        height = scaled.height()
        self._slide.stop()
        self._slide.setStartValue(QRect(0, -height, PAPER_WIDTH, height))
        self._slide.setEndValue(QRect(0, 0, PAPER_WIDTH, height))
        self._slide.start()


class SignBox(QLabel):
    """A counter's LED sign, lit with what its frames said."""

    def __init__(self, number: int, folder: Path, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._file = folder / f"sign-{number}.json"
        self.setFixedSize(*SIGN_SIZE)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # In the style sheet, because the window's own would outdo a font that is set here.
        self.setStyleSheet(
            f"background: {theme.colour('ground')}; color: {theme.colour('call')};"
            f" font-size: {BODY_PIXELS * 3}px; font-weight: {theme.weight_bold}"
        )

    def look(self) -> None:
        """Show what the sign shows now."""
        try:
            lit = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        self.setText(str(lit.get("text", "")).strip())


class DevicesWindow(QWidget):
    """Printer and signs of the demo, and how to join in."""

    def __init__(self, stage: Stage, words: Words) -> None:
        super().__init__()
        self.setWindowTitle(words.say("operations-demo-paper"))
        family = load_fonts()
        theme = make_theme(Mode.LIGHT, BODY_PIXELS, family=family)
        lit = make_theme(Mode.NIGHT, BODY_PIXELS, family=family)
        self.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme))
        layout = QHBoxLayout(self)
        left, right = QVBoxLayout(), QVBoxLayout()
        layout.addLayout(left)
        layout.addLayout(right)
        self._paper = PaperSlot(stage.tickets_folder, theme, self)
        left.addWidget(QLabel(words.say("operations-demo-paper"), self))
        left.addWidget(self._paper)
        right.addWidget(QLabel(words.say("operations-demo-signs"), self))
        numbers = (CREW_TERMINAL, PERSON_TERMINAL)
        self._signs = [SignBox(number, stage.signs_folder, lit, self) for number in numbers]
        for number, sign in zip(numbers, self._signs, strict=True):
            right.addWidget(QLabel(stage.plan.counter(number).name.in_language(words.language), self))
            right.addWidget(sign)
        badge = str(1000 + PERSON_TERMINAL)
        join = QLabel(words.say("operations-demo-join", counter=PERSON_TERMINAL, badge=badge, pin=PIN), self)
        join.setWordWrap(True)
        right.addWidget(join)
        right.addStretch()
        self._watcher = QFileSystemWatcher([str(stage.tickets_folder), str(stage.signs_folder)], self)
        self._watcher.directoryChanged.connect(self.look)
        # A sign's file is written in place, which a watcher of its folder does not always hear.
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(POLL_MS)

    def look(self) -> None:
        """Show the newest paper and what the signs say."""
        self._paper.look()
        for sign in self._signs:
            sign.look()


class _DayEnds(QObject):
    """Brings the end of the day from the crew's thread to Qt's."""

    over = Signal()


def play_in_windows(
    crew: Crew,
    clock: Clock,
    stage: Stage,
    until: datetime,
    words: Words,
    show: Callable[[datetime], None],
) -> None:
    """Play the day until it is over or the window with the devices is closed."""
    app = startup.make_app("demo", widgets=True)
    window = DevicesWindow(stage, words)
    ends = _DayEnds()
    ends.over.connect(app.quit)
    play = LivePlay(crew, clock, until, ends.over.emit)
    ticker = QTimer()
    ticker.timeout.connect(lambda: show(play.now()))
    ticker.start(POLL_MS)
    window.move(*DEVICES_POSITION)
    window.show()
    with play:
        app.exec()
    window.close()
