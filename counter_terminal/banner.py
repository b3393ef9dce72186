"""The banner across the desk: the hall's data is not up to date, or a device of the hall needs somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from counter_terminal.parts import SignedText

if TYPE_CHECKING:
    from counter_terminal.look import Look


class Banner(QFrame):
    """Shows one warning, or takes no room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._status = SignedText(look, bold=True)
        self.setObjectName("banner")
        self.setStyleSheet(
            f"#banner {{ background: {look.theme.colour('danger_pale')}; border: 0;"
            f" border-radius: {round(look.theme.radius_control)}px; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space("s"), look.space("xs"), look.space("s"), look.space("xs"))
        row.addWidget(self._status)
        row.addStretch(1)
        self.hide()

    @property
    def text(self) -> str:
        """The warning."""
        return self._status.text

    def show_text(self, text: str | None, icon: str = "offline") -> None:
        """Show a warning; None hides the banner."""
        if text is not None:
            self._status.show_status(text, icon, "danger")
        self.setVisible(text is not None)
