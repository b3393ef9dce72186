"""The hall's ticket as a picture: approved by eye, both renderers, both languages, both widths."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from hardware.printing import opening
from hardware.printing.fonts import shipped_font
from operations import desk, ticket_preview
from operations.cli import jiaohao
from shared.domain.clock import ManualClock
from shared.hall import create_hall
from tools.testing.sample_hall import make_plan

EXAMPLE = Path(__file__).parents[2] / "docs" / "hall.example.toml"
TEMPLATE = """\
[[ticket.promotion]]
last_day = 2026-11-30
[ticket.promotion.text]
zh = "本月办理融合套餐，宽带免费提速至 1000 M，详询营业员"
en = "This month: fibre at 1000 Mbps free with a combined plan. Ask a clerk"
"""


@pytest.fixture(autouse=True)
def same_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_ticket_font", shipped_font)
    morning = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
    monkeypatch.setattr(ticket_preview, "machine_clock", lambda: ManualClock(morning))


@pytest.fixture
def hall_file(tmp_path: Path) -> Path:
    """The example hall with a logo, a promotion and three fields in an order of its own."""
    logo = Image.new("RGBA", (600, 200))
    pen = ImageDraw.Draw(logo)
    pen.ellipse((20, 10, 200, 190), fill="navy")
    pen.ellipse((70, 60, 150, 140), fill="white")
    pen.polygon([(240, 190), (330, 10), (420, 190)], fill="navy")
    pen.rectangle((450, 10, 580, 190), outline="navy", width=30)
    logo.save(tmp_path / "logo.png")
    text = EXAMPLE.read_text(encoding="utf-8")
    template = '[ticket]\nlogo = "logo.png"\nfields = ["issued", "quote", "counters"]\n'
    text = text.replace("[ticket]\n", template).replace("# --- Opening", f"{TEMPLATE}\n# --- Opening", 1)
    (tmp_path / "hall.toml").write_text(text, encoding="utf-8")
    return tmp_path / "hall.toml"


@pytest.mark.parametrize(
    ("language", "render", "width"),
    [("zh", "raster", "80"), ("zh", "text", "58"), ("en", "raster", "58"), ("en", "text", "80")],
)
def test_a_ticket_by_the_template_looks_as_approved(
    language: str,
    render: str,
    width: str,
    hall_file: Path,
    tmp_path: Path,
    golden: Callable[[str, bytes], bytes],
) -> None:
    output = tmp_path / "ticket.png"
    how = [
        "--hall",
        str(hall_file),
        "--language",
        language,
        f"--{render}",
        "--width",
        width,
        "-o",
        str(output),
    ]
    assert desk.run(jiaohao, ["ticket", "preview", *how]) == desk.DONE
    approved = Image.open(
        io.BytesIO(golden(f"template_{language}_{render}_{width}mm.png", output.read_bytes()))
    )
    with Image.open(output) as drawn:
        assert (drawn.size, drawn.tobytes()) == (approved.size, approved.tobytes())
        (code,) = zxingcpp.read_barcodes(drawn.convert("L"))
    assert code.text == "jiaohao:renmin-road/20261123-A023"


def test_without_a_file_the_halls_own_ticket_is_drawn(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create_hall(sqlite_url, make_plan()).close()
    output = tmp_path / "mine.png"
    how = ["--database", sqlite_url, "--service", "repair", "-o", str(output), "--json"]
    assert desk.run(jiaohao, ["ticket", "preview", *how]) == desk.DONE
    assert json.loads(capsys.readouterr().out) == {"file": str(output)}
    with Image.open(output) as drawn:
        (code,) = zxingcpp.read_barcodes(drawn.convert("L"))
    assert code.text.endswith("-F023")


def test_a_file_with_a_mistake_is_told_and_nothing_is_drawn(
    hall_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logo.png").unlink()
    how = ["--hall", str(hall_file), "-o", str(tmp_path / "x.png"), "--json"]
    assert desk.run(jiaohao, ["ticket", "preview", *how]) == desk.USAGE
    assert "ticket.logo: logo.png cannot be read" in json.loads(capsys.readouterr().out)["message"]
    assert not (tmp_path / "x.png").exists()


def test_a_picture_that_cannot_be_written_is_the_environments(
    hall_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    how = ["--hall", str(hall_file), "-o", str(tmp_path / "no" / "x.png"), "--json"]
    assert desk.run(jiaohao, ["ticket", "preview", *how]) == desk.ENVIRONMENT
    assert json.loads(capsys.readouterr().out)["error"] == "output"


def test_a_service_that_the_hall_does_not_have_is_refused(hall_file: Path) -> None:
    how = ["--hall", str(hall_file), "--service", "laundry", "-o", "x.png"]
    assert desk.run(jiaohao, ["ticket", "preview", *how]) == desk.REFUSED
