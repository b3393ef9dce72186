from __future__ import annotations

from pathlib import Path

import pytest

from hardware.lines.file import FileLine, new_file
from hardware.lines.line import LineError
from hardware.status import Cause


def test_a_file_grows(tmp_path: Path) -> None:
    line = FileLine(tmp_path / "deep" / "paper.bin", ".escpos", folder=False)
    for _ in range(2):
        line.open()
        line.write(b"ticket")
        line.close()
    assert (tmp_path / "deep" / "paper.bin").read_bytes() == b"ticketticket"
    assert line.keeps


def test_in_a_folder_each_job_is_a_file_that_appears_when_it_is_whole(tmp_path: Path) -> None:
    line = FileLine(tmp_path, ".escpos", folder=False)
    line.open()
    line.write(b"tick")
    line.write(b"et")
    assert not list(tmp_path.iterdir())
    line.close()
    line.open()
    line.write(b"next")
    line.close()
    line.close()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "000001.escpos": b"ticket",
        "000002.escpos": b"next",
    }


def test_numbers_go_on_after_the_highest(tmp_path: Path) -> None:
    (tmp_path / "kiosk-000041.png").touch()
    (tmp_path / "other-000099.png").touch()
    assert new_file(tmp_path, ".png", b"x", "kiosk-").name == "kiosk-000042.png"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = FileLine(tmp_path / "file" / "below.bin", ".escpos", folder=False)
    line.open()
    with pytest.raises(LineError) as caught:
        line.write(b"x")
    assert caught.value.cause is Cause.WRITE_FAILED


def test_a_device_file_keeps_nothing() -> None:
    assert not FileLine(Path("/dev/null"), ".escpos", folder=False).keeps


def test_a_file_never_answers(tmp_path: Path) -> None:
    line = FileLine(tmp_path / "paper.bin", ".escpos", folder=False)
    line.open()
    assert line.read(1, 5) == b""
    assert not line.answers
