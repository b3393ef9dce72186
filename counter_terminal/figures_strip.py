"""The counter's own figures of the day, in one quiet row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from counter_terminal import wording
from counter_terminal.parts import give_tip, label

if TYPE_CHECKING:
    from counter_terminal.look import Look
    from counter_terminal.state import TerminalState
    from shared.domain.rating import Satisfaction

_UNKNOWN = "–"
_NAMES = ("served", "no-shows", "mean", "satisfaction")


class FiguresStrip(QFrame):
    """Served, no-shows, mean time and satisfaction."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._look = look
        self._values: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("l"), look.space("s"), look.space("l"), look.space("s"))
        row.setSpacing(look.space("s"))
        row.addWidget(label(look, look.words.say("counter-figures-title"), role="text_quiet"))
        for name in _NAMES:
            row.addStretch(1)
            row.addWidget(label(look, look.words.say(f"counter-figures-{name}"), role="text_quiet"))
            self._values[name] = label(look, bold=True)
            row.addWidget(self._values[name])

    def show_state(self, state: TerminalState) -> None:
        """Show the figures, or dashes before they are known."""
        figures = state.figures
        if figures is None:
            texts = dict.fromkeys(_NAMES, _UNKNOWN)
        else:
            texts = {"served": str(figures.served), "no-shows": str(figures.no_shows)}
            texts["mean"] = self._mean(figures.mean_service)
            texts["satisfaction"] = self._satisfaction(figures.satisfaction)
        for name, text in texts.items():
            self._values[name].setText(text)

    def _mean(self, mean: timedelta | None) -> str:
        return self._look.words.say("counter-figures-none") if mean is None else wording.span(mean)

    def _satisfaction(self, found: Satisfaction) -> str:
        words = self._look.words
        tip = words.say(
            "counter-figures-satisfaction-tip",
            rated=found.rated,
            satisfied=found.satisfied,
            not_rated=found.not_rated,
        )
        give_tip(self._values["satisfaction"], tip)
        if found.share is None:
            return _UNKNOWN
        return words.say(
            "counter-figures-satisfaction-value", percent=round(found.share * 100), rated=found.rated
        )
