"""Opening a QML window: our import path, our icons, and every QML warning as a logged warning."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from shared.qt.icon_maker import PROVIDER, IconProvider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

log = logging.getLogger("qml")

_SOFTWARE = "software"

SHARED_QML = Path(__file__).with_name("qml")


class QmlLoadError(Exception):
    """A QML file of ours could not be loaded: a bug, or a broken installation."""


@dataclass(frozen=True, slots=True)
class QmlWindow:
    """A window, the engine that it lives in, and what it reads from: a view model must outlive its window."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    properties: Mapping[str, object]

    def close(self) -> None:
        """Take the window down now, before the view model that it reads from; the wrappers are of no use then."""
        self.window.close()
        shiboken6.delete(self.engine)


def open_qml(file: Path, properties: Mapping[str, object], *, import_paths: Sequence[Path] = ()) -> QmlWindow:
    """Load a QML file whose root is a Window, with its required properties; it is shown by `startup.show`.

    Raises QmlLoadError when it cannot be loaded; the reasons are in the log.
    """
    _choose_renderer()
    engine = QQmlApplicationEngine()
    engine.setOutputWarningsToStandardError(False)
    engine.warnings.connect(_log_warnings)
    for path in (SHARED_QML, *import_paths):
        engine.addImportPath(str(path))
    engine.addImageProvider(PROVIDER, IconProvider())
    engine.setInitialProperties(dict(properties))
    engine.load(QUrl.fromLocalFile(str(file)))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise QmlLoadError(f"{file.name} cannot be shown; the log says why")
    return QmlWindow(engine, roots[0], dict(properties))


def _choose_renderer() -> None:
    """Without a screen there is no graphics card to draw with; Qt complains when it is told so twice."""
    offscreen = QGuiApplication.platformName() in {"offscreen", "minimal"}
    if offscreen and QQuickWindow.sceneGraphBackend() != _SOFTWARE:
        QQuickWindow.setSceneGraphBackend(_SOFTWARE)


def _log_warnings(warnings: Sequence[QQmlError]) -> None:
    for warning in warnings:
        log.warning("%s", warning.toString())
