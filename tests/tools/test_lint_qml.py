from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.lint_qml import format_in_place, formatted, import_root, lint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "Page.qml"
    path.write_text("import QtQuick\n\nItem {\n    id: page\n\n    width: 8\n}\n", encoding="utf-8")
    return path


def test_a_good_page_passes(page: Path) -> None:
    assert lint([page]) == 0
    assert formatted(page) == page.read_text(encoding="utf-8")


def test_one_warning_fails(page: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page.write_text("import QtQuick\n\nItem {\n    width: lenght\n}\n", encoding="utf-8")
    assert lint([page]) != 0
    assert "lenght" in capfd.readouterr().err


def test_format_is_compared_and_put_right(page: Path) -> None:
    good = page.read_text(encoding="utf-8")
    page.write_text("import QtQuick\nItem { id: page\n  width:8 }\n", encoding="utf-8")
    assert formatted(page) != page.read_text(encoding="utf-8")
    assert format_in_place([page]) == 0
    assert page.read_text(encoding="utf-8") == good.replace("page\n\n", "page\n")


def test_no_page_is_no_mistake() -> None:
    assert lint([]) == 0
    assert format_in_place([]) == 0


@pytest.mark.parametrize(("folder", "is_found"), [("Hall/Kiosk", True), ("Kiosk", False)])
def test_modules_are_found_from_their_qmldir(tmp_path: Path, folder: str, is_found: bool) -> None:
    module = tmp_path / "qml" / folder
    module.mkdir(parents=True)
    (module / "qmldir").write_text("module Hall.Kiosk\nPage 1.0 Page.qml\n", encoding="utf-8")
    assert import_root(module / "qmldir") == (tmp_path / "qml" if is_found else None)
