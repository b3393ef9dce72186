from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counter_terminal.desk_work import PAUSE_REASONS
from counter_terminal.remote import commands_of
from shared.domain.counter import CounterStatus
from shared.qt.remote_control import CommandError, RemoteControl

if TYPE_CHECKING:
    from tools.testing.terminals import Terminal


def test_a_clerks_way_through_a_service(terminal: Terminal) -> None:
    control = RemoteControl(commands_of(terminal.view_model))
    for line in ("next", "start", "transfer-to broadband", "pause-for meal", "open"):
        assert control.reply_to(line) == "ok"
    assert terminal.view_model.state.counter_status is CounterStatus.OPEN
    assert '"waiting": 5' in control.reply_to("state")


def test_an_unknown_reason_for_a_pause_is_refused_with_those_there_are(terminal: Terminal) -> None:
    with pytest.raises(CommandError, match=PAUSE_REASONS[0]):
        commands_of(terminal.view_model)["pause-for"]("boredom")
