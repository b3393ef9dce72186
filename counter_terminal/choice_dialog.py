"""Choosing one of several things by typing, by arrow keys or by mouse."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from counter_terminal.parts import icon_px, label
from hardware.pads.scanner import BREATH_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_terminal.look import Look

T = TypeVar("T")

_WIDTH, _HEIGHT = 36, 32
_ROW = 2.4
"""Sizes in multiples of the body text."""

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One thing to choose. `finds` are the texts by which typing finds it; `digit` chooses it at once."""

    value: T
    text: str
    icon: str = ""
    finds: tuple[str, ...] = ()
    digit: str = ""

    def matches(self, typed: str) -> bool:
        """Whether what was typed means this."""
        wanted = typed.casefold().strip()
        return any(wanted in text.casefold() for text in (self.text, *self.finds))


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The texts around the choices; without `search` there is no field to type in."""

    title: str
    hint: str
    keys: str
    search: str = ""
    nothing: str = ""


class ChoiceDialog(QDialog, Generic[T]):
    """Asks for one choice and calls `on_chosen` with it; Esc leaves everything as it is."""

    def __init__(
        self,
        parent: QWidget,
        look: Look,
        words: ChoiceWords,
        choices: tuple[Choice[T], ...],
        on_chosen: Callable[[T], None],
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._choices = choices
        self._on_chosen = on_chosen
        self._typed_at_s = -BREATH_S
        self._kept: Choice[T] | None = None
        self._breath = QTimer(self, singleShot=True, interval=round(BREATH_S * 1000))
        self._breath.timeout.connect(self._take_kept)
        self.setWindowTitle(words.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(look.style_sheet())
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.search)
        self.search.setVisible(bool(words.search))
        self.search.textChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setIconSize(QSize(icon_px(look), icon_px(look)))
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self._nothing = label(look, words.nothing, role="text_quiet")
        self._lay_out(words)
        self._fill("")
        for watched in (self.search, self.list):
            watched.installEventFilter(self)
        (self.search if words.search else self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Arrow keys and Enter work while typing; a digit chooses where there is nothing to type in."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.list:
            return (
                self._is_typed_by_a_machine(event) or self._keep(event) or super().eventFilter(watched, event)
            )
        if event.key() in _ENTER:
            self._choose(self.list.currentItem())
            return True
        if watched is self.search and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return True
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """A question that was answered otherwise, or left, takes no key that is still kept."""
        self._breath.stop()
        super().done(result)

    def _is_typed_by_a_machine(self, event: QKeyEvent) -> bool:
        """Whether a key follows another faster than a person types: a digit or Enter of a code chooses nothing."""
        at_s = event.timestamp() / 1000 or time.monotonic()
        follows = 0 <= at_s - self._typed_at_s < BREATH_S
        if self._kept is not None and not follows:
            # A busy program hands on two slow keys at once: the first one was an answer.
            self._take_kept()
            return True
        self._kept = None
        self._breath.stop()
        if event.key() in _ENTER or (event.text().isprintable() and event.text()):
            self._typed_at_s = at_s
        return follows

    def _keep(self, event: QKeyEvent) -> bool:
        """Keep the choice that a key means for as long as it may be the first character of a code."""
        item = self.list.currentItem() if event.key() in _ENTER else self._with_digit(event.text())
        if item is None:
            return False
        self._kept = self._choices[item.data(Qt.ItemDataRole.UserRole)]
        self._breath.start()
        return True

    def _take_kept(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._take(kept)

    def choose_by_digit(self, typed: str) -> bool:
        """Choose what has this digit; False when nothing has."""
        item = self._with_digit(typed)
        self._choose(item)
        return item is not None

    def _with_digit(self, typed: str) -> QListWidgetItem | None:
        items = (self.list.item(row) for row in range(self.list.count()))
        return next(
            (
                one
                for one in items
                if typed and self._choices[one.data(Qt.ItemDataRole.UserRole)].digit == typed
            ),
            None,
        )

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._take(self._choices[item.data(Qt.ItemDataRole.UserRole)])

    def _take(self, choice: Choice[T]) -> None:
        self.accept()
        self._on_chosen(choice.value)

    def _fill(self, typed: str) -> None:
        self.list.clear()
        height = round(self._look.theme.sizes["body"] * _ROW)
        for index, choice in enumerate(self._choices):
            if not choice.matches(typed):
                continue
            text = f"{choice.digit}   {choice.text}" if choice.digit else choice.text
            item = QListWidgetItem(text, self.list)
            if choice.icon:
                item.setIcon(QIcon(self._look.pixmap(choice.icon, "text_quiet", icon_px(self._look))))
            item.setSizeHint(QSize(0, height))
            item.setData(Qt.ItemDataRole.UserRole, index)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)

    def _lay_out(self, words: ChoiceWords) -> None:
        body, space = self._look.theme.sizes["body"], self._look.space
        rows = min(len(self._choices), 12) * _ROW
        self.resize(round(body * _WIDTH), round(body * min(_HEIGHT, rows + 12)))
        column = QVBoxLayout(self)
        column.setContentsMargins(space("l"), space("l"), space("l"), space("m"))
        column.setSpacing(space("s"))
        column.addWidget(label(self._look, words.title, step="large", bold=True))
        column.addWidget(self._quiet(words.hint))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._quiet(words.keys))

    def _quiet(self, text: str) -> QLabel:
        made = label(self._look, text, role="text_quiet")
        made.setWordWrap(True)
        return made
