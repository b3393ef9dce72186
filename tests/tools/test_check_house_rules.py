from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tools.check_house_rules import (
    check_qml,
    domain_imports,
    hard_coded_chinese,
    hard_coded_colours,
    is_view_model,
    sleeps,
    view_model_imports,
)
from tools.sources import ROOT

if TYPE_CHECKING:
    from tools.check_house_rules import Rule


def breaks(rule: Rule, source: str) -> bool:
    return bool(list(rule(ast.parse(source))))


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (domain_imports, "import sqlalchemy.orm"),
        (domain_imports, "from shared.store import engine"),
        (domain_imports, "from shared import words"),
        (domain_imports, "def late():\n    from PySide6.QtCore import QTimer"),
        (view_model_imports, "from PySide6.QtGui import QColor"),
        (view_model_imports, "from PySide6 import QtQml"),
        (hard_coded_colours, "INK = '#10202F'"),
        (hard_coded_colours, "QColor('red')"),
        (hard_coded_colours, "QColor(16, 32, 47)"),
        (hard_coded_colours, "Qt.GlobalColor.red"),
        (hard_coded_chinese, "label.setText('取号')"),
        (hard_coded_chinese, "f'{number} 号'"),
        (sleeps, "time.sleep(0.1)"),
        (sleeps, "QTest.qWait(100)"),
        (sleeps, "qtbot.wait(100)"),
    ],
)
def test_what_breaks_a_rule_is_found(rule: Rule, source: str) -> None:
    assert breaks(rule, source)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (
            domain_imports,
            "from __future__ import annotations\nimport datetime\nfrom shared.domain.ticket import Ticket",
        ),
        (view_model_imports, "from PySide6.QtCore import QObject\nfrom shared.domain.ticket import Ticket"),
        (hard_coded_colours, "TICKET = '#12 waits'\nQColor(theme.ink)\nQt.GlobalColor.transparent"),
        (hard_coded_chinese, '"""营业厅"""\ndef take():\n    """取号"""\n    # 叫号'),
        (sleeps, "qtbot.waitUntil(lambda: label.text())\nlane.wait(2)"),
    ],
)
def test_what_keeps_a_rule_is_left_alone(rule: Rule, source: str) -> None:
    assert not breaks(rule, source)


@pytest.mark.parametrize(
    ("line", "is_fine"),
    [
        ('color: "#10202F"', False),
        ('border.color: "white"', False),
        ("color: Qt.rgba(0.1, 0.2, 0.3, 1)", False),
        ('color: "transparent"', True),
        ("color: Theme.ink", True),
        ('text: "Take a number"', False),
        ('text: "取号"', False),
        ('text: words["kiosk-title"]', True),
        ('text: ticket.number + " / "', True),
        ('// color: "#10202F", text: "取号"', True),
    ],
)
def test_qml_holds_neither_colours_nor_texts(line: str, is_fine: bool) -> None:
    complaints = list(check_qml(f"Item {{\n    {line}\n}}\n", ROOT / "kiosk" / "Page.qml"))
    assert [complaint.partition(" ")[0] for complaint in complaints] == (
        [] if is_fine else ["kiosk/Page.qml:2:"]
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("kiosk/view_model.py", True),
        ("kiosk/ticket_view_model.py", True),
        ("kiosk/view_models/ticket.py", True),
        ("kiosk/window.py", False),
    ],
)
def test_view_models_are_known_by_their_names(path: str, expected: bool) -> None:
    assert is_view_model(ROOT / path) is expected
