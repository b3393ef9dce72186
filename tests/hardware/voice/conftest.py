"""Players that are programs of the tests' own."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.voice.sound import Sound, to_wav
from tools.testing.tone_pack import RATE, tone

MakePlayer = Callable[[str], str]


@pytest.fixture
def make_player(tmp_path: Path) -> MakePlayer:
    """Return a function that writes a player with this body; its notes go to `folder`, `sys.argv[1]` is the WAV."""

    def make(body: str) -> str:
        path = tmp_path / "player"
        head = f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\nfolder = Path({str(tmp_path)!r})\n"
        path.write_text(head + body, encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return make


@pytest.fixture
def sound() -> Sound:
    """A tenth of a second."""
    return to_wav(tone(500), RATE)
