from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from operations.demo.actor import Actor
from operations.demo.stage import Stage
from tools import screenshots
from tools.screenshots import Studio, Unseen, shrink

WARM = (255, 184, 28)


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    path = tmp_path / "drawn.png"
    Image.new("RGBA", (1080, 1920), WARM).save(path)
    return path


def test_a_picture_is_shrunk_in_proportion_and_keeps_its_colours(drawn: Path, tmp_path: Path) -> None:
    shrink(drawn, tmp_path / "made" / "small.png", 540)

    with Image.open(tmp_path / "made" / "small.png") as small:
        assert small.size == (540, 960)
        assert small.convert("RGB").getpixel((200, 200)) == WARM


def test_a_small_picture_is_not_blown_up(drawn: Path, tmp_path: Path) -> None:
    shrink(drawn, tmp_path / "same.png", 4000)

    with Image.open(tmp_path / "same.png") as same:
        assert same.size == (1080, 1920)


class Stubborn(Actor):
    """A program that never leaves its page."""

    def __init__(self) -> None:
        self.name = "kiosk"

    def tell(self, *command: str, within: float = 1) -> dict[str, object]:
        del command, within
        return {"page": "closed"}


def test_a_page_that_does_not_come_is_told_with_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "PATIENCE_SECONDS", 0.0)
    stage = Stage.__new__(Stage)
    studio = Studio({"kiosk": Stubborn()}, stage, tmp_path)

    with pytest.raises(Unseen, match=r"another page than in .*closed"):
        studio.wait("kiosk", "show", "page", lambda page: page == "services")
