from __future__ import annotations

import importlib.util
import sys

import pytest

from shared.qt.sound_process import sound_command


def test_the_command_starts_this_very_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    assert sound_command() == (sys.executable, "-m", "shared.qt.sound_process")


def test_without_qt_multimedia_there_is_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert sound_command() is None
