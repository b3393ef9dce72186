"""What every test gets: databases, guards against what tests leave behind, a screen that nobody sees."""

from __future__ import annotations

import os

import pydantic.fields  # noqa: F401 - PySide6 watches imports, and its watcher breaks the first one of pydantic
from hypothesis import settings

# Before Qt is loaded; a developer who wants to watch sets QT_QPA_PLATFORM=xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test makes a sound, unless it says through which player.
os.environ.setdefault("JIAOHAO_VOICE", "none")

pytest_plugins = [
    "pytester",
    "tools.testing.databases",
    "tools.testing.cuttable_line",
    "tools.testing.private_postgres",
    "tools.testing.golden",
    "tools.testing.halls",
    "tools.testing.printer_emulator",
    "tools.testing.tone_pack",
    "tools.testing.log_guard",
    "tools.testing.leak_guard",
    "tools.testing.patient_bot",
]

# "quick" is for every run and tries the same cases each time; "thorough" is for a night:
# make test ARGS=--hypothesis-profile=thorough
settings.register_profile("quick", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("quick")
