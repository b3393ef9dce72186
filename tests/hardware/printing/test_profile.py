from __future__ import annotations

from pathlib import Path

import pytest

from hardware.address import DeviceAddress, DeviceAddressError
from hardware.printing.opening import open_printer, paper_from, with_profile
from hardware.printing.paper import Cutter, Paper, QrBy, Rendering
from hardware.printing.profile import shipped_profiles


def paper_of(url: str) -> Paper:
    return paper_from(with_profile(DeviceAddress.parse(url)))


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_shipped_profile_opens_a_printer(name: str) -> None:
    assert open_printer(f"escpos+tcp://host?profile={name}").name == "host:9100"
    assert name.endswith(str(paper_of(f"escpos+tcp://host?profile={name}").width_mm))


def test_the_url_overrules_the_profile() -> None:
    paper = paper_of("escpos+tcp://host?profile=small_buffer_58&strip=16")
    assert (paper.width_mm, paper.strip_rows, paper.strip_delay_ms, paper.cutter) == (58, 16, 30, Cutter.NONE)


def test_an_installer_writes_a_profile_of_his_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('title = "Ours"\nwidth = 58\nrender = "text"\nencoding = "gb2312"\nqr = "raster"\n')
    paper = paper_of(f"escpos+tcp://host?profile={path}")
    assert (paper.rendering, paper.encoding, paper.qr) == (Rendering.TEXT, "gb2312", QrBy.RASTER)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [("widht = 58", "'widht'"), ("width = 76", "width must be"), ("width =", "ours.toml")],
)
def test_a_slip_of_the_pen_is_named(written: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(written)
    with pytest.raises(DeviceAddressError, match=complaint):
        open_printer(f"escpos+tcp://host?profile={path}")


def test_a_profile_that_is_not_there_says_which_are() -> None:
    with pytest.raises(DeviceAddressError, match="usual_80"):
        open_printer("escpos+tcp://host?profile=usual_76")


@pytest.mark.parametrize(
    ("url", "rendering"),
    [
        ("escpos+serial:///dev/ttyS0", Rendering.TEXT),
        ("escpos+serial:///dev/ttyS0?baud=19200", Rendering.TEXT),
        ("escpos+serial:///dev/ttyS0?baud=38400", Rendering.RASTER),
        ("escpos+serial:///dev/ttyS0?render=raster", Rendering.RASTER),
        ("escpos+tcp://host", Rendering.RASTER),
        ("escpos+tcp://host?render=text", Rendering.TEXT),
    ],
)
def test_slow_lines_get_text(url: str, rendering: Rendering) -> None:
    assert paper_of(url).rendering is rendering
