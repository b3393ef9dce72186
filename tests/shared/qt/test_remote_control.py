from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from shared.qt.remote_control import CommandError, RemoteControl

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


def refuse() -> None:
    raise CommandError("not now")


COMMANDS: dict[str, Callable[..., object]] = {
    "add": lambda a, b: int(a) + int(b),
    "say": lambda text: {"heard": text},
    "press": lambda: None,
    "refuse": refuse,
}


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("press", "ok"),
        ("add 2 3", "ok 5"),
        ("say '请 稍候'", 'ok {"heard": "请 稍候"}'),
        ("refuse", "error not now"),
        ("fly", "error unknown command 'fly'; there are: add, press, refuse, say, stall, work"),
        ("add 2", "error add: missing a required argument: 'b'"),
        ("say 'open", "error No closing quotation"),
    ],
)
def test_each_line_gets_one_answer(qapp: object, line: str, reply: str) -> None:
    assert RemoteControl(COMMANDS).reply_to(line) == reply


def test_lines_of_a_pipe_are_answered_in_order_whatever_the_chunks(qtbot: QtBot) -> None:
    reader, writer = os.pipe()
    answers: list[str] = []
    control = RemoteControl(COMMANDS, read_from=reader, answer=answers.append)
    control.start()
    os.write(writer, b"add 1 1\n\nsay ")
    os.write(writer, "号\nadd 4 4\n".encode())
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert answers == ["ok 2", 'ok {"heard": "号"}', "ok 8"]
    os.close(writer)
    assert control.wait_for_end(2)
    os.close(reader)
