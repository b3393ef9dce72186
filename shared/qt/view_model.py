"""The base of the QML view models: one frozen state, seen by QML as one plain map. Knows QtCore only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Property, QObject, Signal

StateT = TypeVar("StateT")


def as_qml(value: object) -> Any:  # noqa: ANN401 - QML has no types of ours
    """Return a frozen state as QML reads it: dataclasses as maps, tuples as lists, enums as their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_qml(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_qml(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [as_qml(item) for item in value]
    return value.value if isinstance(value, Enum) else value


class ViewModel(QObject, Generic[StateT]):
    """Holds one frozen state. QML reads `view.state.<field>`; a new state replaces the old one as a whole.

    Each reading of `state` hands QML all of it. A page with many readers reads it once, into a property of its own, and
    what seldom changes goes into a property beside it (see `without`).
    In QML let a Repeater count (`model: view.state.calls.length`) and look each item up by its index: a list
    as model would build every delegate anew on each change and cut its animations short.
    """

    state_changed = Signal()

    def __init__(
        self, state: StateT, parent: QObject | None = None, *, without: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._without = without
        self._qml_state: dict[str, Any] = self._as_qml(state)

    @property
    def current(self) -> StateT:
        """The state as Python reads it."""
        return self._state

    def show(self, state: StateT) -> None:
        """Replace the state; screens hear of it only when it differs."""
        if state == self._state:
            return
        self._state = state
        qml_state = self._as_qml(state)
        if qml_state != self._qml_state:
            self._qml_state = qml_state
            self.state_changed.emit()

    def _as_qml(self, state: StateT) -> dict[str, Any]:
        shown: Any = state
        names = [field.name for field in fields(shown) if field.name not in self._without]
        return {name: as_qml(getattr(shown, name)) for name in names}

    def _read_state(self) -> dict[str, Any]:
        return self._qml_state

    state = Property("QVariantMap", _read_state, notify=state_changed)  # type: ignore[arg-type]
