from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from counter_terminal import wording
from counter_terminal.actions import Action
from shared.domain.dispatch import OvertakingReason
from shared.words import Language, Words
from tools.testing.halls import NINE, small_plan

if TYPE_CHECKING:
    from tools.testing.terminals import Terminal

ZH, EN = Words(Language.ZH), Words(Language.EN)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "00:00"), (0, "00:00"), (511, "08:31"), (3599, "59:59"), (3600, "1:00:00"), (36_061, "10:01:01")],
)
def test_spans(seconds: int, text: str) -> None:
    assert wording.span(timedelta(seconds=seconds)) == text


def test_the_halls_own_clock_is_shown() -> None:
    assert wording.clock_time(small_plan(), NINE) == "09:00"


def test_why_a_ticket_came_now_names_its_promise_and_whom_it_went_before(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    assert wording.reasons_now(ZH, terminal.view_model.state) == (
        "承诺 3 分钟内叫号，应在 09:03 前",
        "先于更早取号的 B001 等 2 位：承诺时间更短",
    )
    assert wording.reasons_now(EN, terminal.view_model.state)[0] == "Promised within 3 min: due by 09:03"


def test_who_was_called_before_a_ticket_is_told(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.NEXT)
    assert wording.reasons_now(ZH, terminal.view_model.state)[-1] == "等候中 A001 先叫：承诺时间更短"


def test_a_head_start_is_part_of_the_reason_and_never_asks_for_a_call_before_the_issue(
    terminal: Terminal,
) -> None:
    senior = terminal.hall.issue("payment", "senior")
    at_once = terminal.hall.issue("enquiry", "senior")
    plan = small_plan()
    assert wording.due_reason(ZH, plan, senior) == "承诺 15 分钟内叫号，长者提前 5 分钟，应在 09:10 前"
    assert wording.due_reason(ZH, plan, at_once) == "承诺 3 分钟内叫号，长者提前 5 分钟，取号后即优先"


def test_an_undone_action_names_the_state_in_the_screens_language(terminal: Terminal) -> None:
    terminal.press(Action.NEXT, Action.START, Action.UNDO)
    line = terminal.view_model.state.line
    assert line is not None
    assert wording.quiet_line(ZH, line, small_plan()) == "已撤销，A001 回到已叫号"
    assert wording.quiet_line(EN, line, small_plan()) == "Undone: A001 is back to “Called”"


def test_a_transfer_names_the_service_in_the_screens_language(terminal: Terminal) -> None:
    terminal.press(Action.NEXT)
    terminal.view_model.desk.transfer(service="broadband")
    line = terminal.view_model.state.line
    assert line is not None
    assert wording.quiet_line(EN, line, small_plan()) == "A001 sent to Broadband"


def test_a_pause_says_its_reason_also_one_that_this_program_does_not_know(terminal: Terminal) -> None:
    terminal.view_model.desk.pause("meal")
    assert wording.idle_hint(ZH, terminal.view_model.state) == "用餐 · 按 F8 恢复服务"
    terminal.hall.pause_counter(2, "消防演习")
    terminal.news()
    assert wording.pause_reason(ZH, terminal.view_model.state) == "消防演习"


@pytest.mark.parametrize("reason", OvertakingReason)
@pytest.mark.parametrize("words", [ZH, EN])
def test_every_reason_for_an_overtaking_is_worded(words: Words, reason: OvertakingReason) -> None:
    assert words.has(f"counter-overtaking-{reason}")


def test_stale_data_names_the_moment_of_the_last_news(terminal: Terminal) -> None:
    assert wording.banner(ZH, terminal.view_model.state) is None
    terminal.view_model.take_stale(NINE)
    assert "09:00" in (wording.banner(ZH, terminal.view_model.state) or "")
    assert "09:00" in (wording.short_banner(ZH, terminal.view_model.state) or "")


@pytest.mark.parametrize(
    ("words", "said", "short"),
    [
        (ZH, "数据库损坏，请停用并联系维护人员（最近的备份：11-23 00:00）", "数据库损坏"),
        (EN, "last backup: 11-23 00:00", "damaged"),
    ],
)
def test_a_damaged_store_stays_said_with_the_last_backup_by_the_halls_clock(
    terminal: Terminal, words: Words, said: str, short: str
) -> None:
    terminal.view_model.take_damage(NINE - timedelta(hours=9))
    terminal.wait(3600)
    terminal.news()
    assert said in (wording.banner(words, terminal.view_model.state) or "")
    assert short in (wording.short_banner(words, terminal.view_model.state) or "")


def test_a_damaged_store_without_a_backup_is_said_too(terminal: Terminal) -> None:
    terminal.view_model.take_damage(None)
    assert wording.banner(ZH, terminal.view_model.state) == ZH.say("store-damaged")
