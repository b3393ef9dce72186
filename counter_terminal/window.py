"""The one window of the counter terminal, in its two shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from counter_terminal import lines
from counter_terminal.action_button import BAR_HEIGHT
from counter_terminal.action_set import ActionSet
from counter_terminal.actions import Action
from counter_terminal.bar_page import BarPage
from counter_terminal.counter_page import CounterPage
from counter_terminal.desk_page import DeskPage
from counter_terminal.devices_dialog import DevicesDialog
from counter_terminal.log_in_page import LogInPage
from counter_terminal.look import BAR_BODY_PX, desktop_mode, make_look
from counter_terminal.questions import (
    Target,
    ask_about_scanned,
    ask_if_out,
    ask_pause_reason,
    ask_reprint,
    ask_target,
    scanned_choices,
)
from counter_terminal.quotes_dialog import QuotesDialog
from counter_terminal.state import Page, Shape, Tone
from shared.domain.counter import CounterStatus
from shared.domain.snapshot import PrintState
from shared.domain.ticket import Command
from shared.qt.widget_style import palette
from shared.words import Words

if TYPE_CHECKING:
    from counter_terminal.view_model import CounterViewModel
    from shared.domain.snapshot import PrintJob
    from shared.domain.ticket import Ticket
    from shared.qt.theme import Mode
    from shared.words import Language

DESK_SIZE = QSize(1366, 730)
SMALLEST_DESK = QSize(1180, 660)
FRAME_HEIGHT = 36
"""What a desktop adds on top of a window, as far as that is known before it is shown."""


class CounterWindow(QWidget):
    """Draws the state and passes presses on. A change of language or of light and dark builds the pages anew."""

    def __init__(self, view_model: CounterViewModel, family: str) -> None:
        super().__init__()
        self._view_model = view_model
        self._family = family
        self._made_for: tuple[Language, Mode] | None = None
        self._shape = Shape.DESK
        self._desk_size = DESK_SIZE
        self._at_bottom = False
        self.actions_ = ActionSet(self)
        self.actions_.triggered.connect(self._do)
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        room = self.screen().availableSize() - QSize(0, FRAME_HEIGHT)
        self.resize(DESK_SIZE.boundedTo(room).expandedTo(SMALLEST_DESK))
        self._show_state()
        view_model.changed.connect(self._show_state)
        view_model.scans.found.connect(self._about_scanned)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._show_state)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window ends the program; the clerk stays logged in, as after a power cut."""
        super().closeEvent(event)
        QGuiApplication.quit()

    def _show_state(self) -> None:
        state = self._view_model.state
        wanted = (state.language, desktop_mode())
        if wanted != self._made_for:
            self._build(*wanted)
            self._made_for = wanted
        self._take_shape(Shape.DESK if state.page is not Page.DESK else state.shape)
        page = self._page()
        page.show_state(state)
        self.actions_.show_state(state, self._look)
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            self._take_focus(page)

    def _build(self, language: Language, mode: Mode) -> None:
        self._look = make_look(self._family, Words(language), mode)
        self.setWindowTitle(self._look.words.say("counter-title"))
        self.setPalette(palette(self._look.theme))
        self.setStyleSheet(
            f"CounterWindow {{ background: {self._look.theme.colour('ground')}; }}\n"
            + self._look.style_sheet()
        )
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.actions_.forget_buttons()
        while (old := self._pages.widget(0)) is not None:
            self._pages.removeWidget(old)
            old.deleteLater()
        self.counter_page = CounterPage(self._look)
        self.log_in_page = LogInPage(self._look)
        self.desk_page = DeskPage(self._look, self.actions_)
        bar_look = make_look(self._family, self._look.words, mode, BAR_BODY_PX)
        self.bar_page = BarPage(bar_look, self.actions_)
        for page in (self.counter_page, self.log_in_page, self.desk_page, self.bar_page):
            self._pages.addWidget(page)
        self._connect_pages()

    def _connect_pages(self) -> None:
        session = self._view_model.session
        self.counter_page.chosen.connect(session.choose_counter)
        self.log_in_page.entered.connect(session.log_in)
        self.log_in_page.take_over.connect(session.take_over)
        self.log_in_page.leave_it.connect(session.leave_it)
        self.log_in_page.change_counter.connect(self._change_counter)
        self.log_in_page.change_language.connect(self.actions_[Action.LANGUAGE].trigger)
        self.desk_page.list_asked.connect(self._view_model.desk.with_listed)
        self.bar_page.dragged_to.connect(self._dock_near)

    def _page(self) -> CounterPage | LogInPage | DeskPage | BarPage:
        state = self._view_model.state
        if state.page is Page.CHOOSE_COUNTER:
            return self.counter_page
        if state.page is Page.LOG_IN:
            return self.log_in_page
        return self.bar_page if state.shape is Shape.BAR else self.desk_page

    def _take_focus(self, page: QWidget) -> None:
        if isinstance(page, LogInPage):
            page.take_focus()
        else:
            page.setFocus()

    def _change_counter(self) -> None:
        self._view_model.session.choose_counter(None)

    # What a key or a button asks for

    def _do(self, action: Action) -> None:
        state = self._view_model.state
        if state.page is not Page.DESK and action is not Action.LANGUAGE:
            return
        desk = self._view_model.desk
        if action is Action.TRANSFER:
            if desk.may(action):
                self._ask_target()
        elif action is Action.PAUSE and state.counter_status is CounterStatus.OPEN:
            if desk.may(action):
                ask_pause_reason(self, self._look, desk.pause)
        elif action is Action.UNPRINTED:
            if desk.may(action):
                ask_reprint(self, self._look, state, self._about_unprinted)
        elif action is Action.DEVICES:
            DevicesDialog(self, self._look, self._view_model).open()
        elif action is Action.QUOTES:
            QuotesDialog(self, self._look, self._view_model).open()
        else:
            self._view_model.press(action)

    def _ask_target(self) -> None:
        state, desk = self._view_model.state, self._view_model.desk
        if state.ticket is None or state.snapshot is None:
            return

        def send(target: Target) -> None:
            desk.transfer(service=target.service, to_counter=target.counter)

        ask_target(self, self._look, state.ticket, state.snapshot, send)

    def _about_unprinted(self, job: PrintJob) -> None:
        """Print again what is known not to be on paper; of what may lie in the tray, ask first."""
        desk = self._view_model.desk
        if job.state is not PrintState.SENT:
            desk.reprint(job)
            return
        ask_if_out(self, self._look, job, lambda out: desk.confirm_paper(job) if out else desk.reprint(job))

    def _about_scanned(self, ticket: Ticket) -> None:
        """Ask what to do with a scanned ticket; one that is over, or at a counter, is only told."""
        view_model, now = self._view_model, self._view_model.now()
        if QApplication.activeModalWidget() is not None:
            view_model.say(lines.line("counter-pad-question", Tone.REFUSED, now))
            return
        counter = view_model.state.counter_plan
        if not scanned_choices(ticket, counter):
            facts = {"number": ticket.number, "state": ticket.state.value}
            view_model.say(lines.line("counter-scan-told", Tone.NOTE, now, **facts))
            return

        def act(command: Command | None) -> None:
            if command is None:
                view_model.desk.reprint_ticket(ticket)
            elif command is Command.START:
                self._start_scanned(ticket)
            else:
                view_model.desk.with_listed(command, ticket)

        ask_about_scanned(self, self._look, ticket, counter, act)

    def _start_scanned(self, ticket: Ticket) -> None:
        """Begin the service of the scanned ticket, unless somebody else has been called while the clerk was asked."""
        view_model = self._view_model
        here = view_model.state.ticket
        if here is None or here.id != ticket.id:
            view_model.say(lines.line("refusal-stale_view", Tone.REFUSED, view_model.now()))
            return
        view_model.press(Action.START)

    # The two shapes

    def _take_shape(self, shape: Shape) -> None:
        if shape is self._shape:
            self._apply_limits(shape)
            return
        shown = self.isVisible()
        if shape is Shape.BAR:
            self._desk_size = self.size()
        self._shape = shape
        bar = shape is Shape.BAR
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint, bar)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, bar)
        self._apply_limits(shape)
        if bar:
            self._dock()
        else:
            self.resize(self._desk_size)
        if shown:
            self.show()
            self.activateWindow()

    def _apply_limits(self, shape: Shape) -> None:
        if shape is Shape.BAR:
            self.setMinimumSize(0, BAR_HEIGHT)
            self.setMaximumHeight(BAR_HEIGHT)
        else:
            self.setMinimumSize(SMALLEST_DESK)
            self.setMaximumHeight(_NO_LIMIT)

    def _dock(self) -> None:
        area = self.screen().availableGeometry()
        top = area.bottom() + 1 - BAR_HEIGHT if self._at_bottom else area.top()
        self.setGeometry(area.left(), top, area.width(), BAR_HEIGHT)

    def _dock_near(self, height: int) -> None:
        at_bottom = height > self.screen().availableGeometry().center().y()
        if at_bottom != self._at_bottom:
            self._at_bottom = at_bottom
            self._dock()


_NO_LIMIT = 16_777_215
"""Qt's own QWIDGETSIZE_MAX."""
