"""Taps and news move the visit on; nothing takes two tickets, nothing leaves a customer without an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.presenter import OUTAGE_TOLD_FOR
from kiosk.screen_state import Page
from kiosk.view_model import Pace
from kiosk.visit import Paper, PaperNews
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.domain.standby import Outage
from shared.qt.courier import Standby
from shared.words import Language, Words
from tools.testing.sample_hall import MORNING, make_plan, make_snapshot

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tools.testing.kiosks import Kiosk, MakeKiosk

GONE = StoreUnavailable("unreachable", "no answer")


def page_of(kiosk: Kiosk) -> Page:
    return kiosk.view.current.page


def take_ticket(kiosk: Kiosk, service: str = "payment") -> None:
    kiosk.view.choose_service(service)
    kiosk.tickets.answer()


def test_a_tap_shows_the_number_people_ahead_range_and_counters(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    screen = kiosk.view.current
    assert screen.page is Page.RESULT
    assert screen.result.number == "B023"
    assert screen.result.wait == "前面 3 人，约 4-9 分钟"
    assert screen.result.counters == "请留意 1-6 号窗口"
    assert screen.result.qr.endswith("20261123-B023")


def test_ten_taps_a_second_take_one_ticket(kiosk: Kiosk) -> None:
    for tap in range(10):
        kiosk.view.choose_service("payment")
        kiosk.view.back()
        if tap == 1:
            kiosk.tickets.answer()
        kiosk.pause(0.1)
    assert len(kiosk.tickets.intents) == 1
    assert kiosk.view.current.page is Page.RESULT


def test_a_finger_that_keeps_hammering_does_not_send_the_number_away(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    for _ in range(30):
        kiosk.view.back()
        kiosk.pause(0.1)
    assert page_of(kiosk) is Page.RESULT
    kiosk.pause(1)
    kiosk.view.back()
    assert page_of(kiosk) is Page.SERVICES


def test_another_card_while_the_answer_is_awaited_changes_nothing(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("payment")
    kiosk.pause()
    kiosk.view.choose_service("repair")
    kiosk.view.switch_language()
    kiosk.view.start_over()
    assert [intent.service for intent in kiosk.tickets.intents] == ["payment"]
    assert [card.key for card in kiosk.view.current.cards if card.asking] == ["payment"]


def test_a_retry_sends_the_same_request(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("payment")
    kiosk.tickets.fail(GONE)
    screen = kiosk.view.current
    assert screen.page is Page.FAILED
    assert screen.failure.can_retry
    kiosk.pause()
    kiosk.view.retry()
    assert kiosk.view.current.failure.asking
    kiosk.tickets.answer()
    assert kiosk.view.current.page is Page.RESULT
    first, second = kiosk.tickets.intents
    assert first == second


def test_the_next_customer_has_another_request(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    kiosk.pause()
    kiosk.view.back()
    kiosk.pause()
    take_ticket(kiosk)
    assert len({intent.request_id for intent in kiosk.tickets.intents}) == 2


def test_a_refusal_says_why_and_offers_no_retry(kiosk: Kiosk) -> None:
    kiosk.view.choose_service("payment")
    kiosk.tickets.fail(Refused(RefusalCode.UNKNOWN_SERVICE, "gone"))
    failure = kiosk.view.current.failure
    assert not failure.can_retry
    assert "本厅没有这项业务" in failure.detail


def test_help_asks_for_the_class_and_turns_senior_mode_on(kiosk: Kiosk) -> None:
    kiosk.view.choose_help()
    assert [choice.key for choice in kiosk.view.current.choices] == ["senior", "disabled"]
    kiosk.pause()
    kiosk.view.choose_class("senior")
    screen = kiosk.view.current
    assert (screen.page, screen.senior, screen.layout.columns) == (Page.SERVICES, True, 1)
    kiosk.pause()
    take_ticket(kiosk)
    assert kiosk.tickets.intents[0].priority == "senior"
    assert kiosk.view.current.result.priority == "长者"


def test_leaving_senior_mode_takes_ordinary_numbers_again(kiosk: Kiosk) -> None:
    kiosk.view.choose_help()
    kiosk.pause()
    kiosk.view.choose_class("disabled")
    kiosk.pause()
    kiosk.view.back()
    kiosk.pause()
    take_ticket(kiosk)
    assert kiosk.tickets.intents[0].priority == "ordinary"
    assert not kiosk.view.current.senior


def test_who_has_booked_chooses_the_service_then_the_time(kiosk: Kiosk) -> None:
    kiosk.view.choose_appointment()
    kiosk.pause()
    kiosk.view.choose_service("broadband")
    screen = kiosk.view.current
    assert screen.page is Page.TIMES
    assert "10:00" in [choice.title for choice in screen.choices]
    kiosk.pause()
    kiosk.view.choose_time(next(choice.key for choice in screen.choices if choice.title == "10:00"))
    kiosk.tickets.answer()
    intent = kiosk.tickets.intents[0]
    assert (intent.service, intent.priority) == ("broadband", "appointment")
    assert intent.appointed_for == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert kiosk.view.current.result.wait == "预约时间 10:00"


@pytest.mark.parametrize(
    ("paper", "cause", "said"),
    [
        (Paper.PRINTED, None, "请取走号票"),
        (Paper.UNCONFIRMED, "no_answer", "请取走号票"),
        (Paper.FAILED, "paper_out", "打印机缺纸，您的号码已生效：B023，请拍照留存"),
        (Paper.FAILED, "unreachable", "打印机没有连接，您的号码已生效：B023，请拍照留存"),
        (Paper.FAILED, "cutter_error", "打印机未能出票，您的号码已生效：B023，请拍照留存"),
    ],
)
def test_the_page_says_what_became_of_the_paper(
    kiosk: Kiosk, paper: Paper, cause: str | None, said: str
) -> None:
    take_ticket(kiosk)
    assert kiosk.view.current.result.message == "正在打印号票…"
    kiosk.view.hear_of_paper(PaperNews("20261123-B023", paper, cause))
    assert kiosk.view.current.result.message == said


def test_without_paper_the_page_stays_longer(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    assert kiosk.view.current.result.stay_ms == 0
    kiosk.view.hear_of_paper(PaperNews("20261123-B023", Paper.PRINTED))
    usual = kiosk.view.current.result.stay_ms
    kiosk.view.hear_of_paper(PaperNews("20261123-B023", Paper.FAILED, "paper_out"))
    assert kiosk.view.current.result.stay_ms > 2 * usual > 0


def test_news_of_another_ticket_leaves_the_page_alone(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    kiosk.view.hear_of_paper(PaperNews("20261123-B001", Paper.PRINTED))
    assert kiosk.view.current.result.paper == "printing"


def test_a_broken_printer_is_told_before_the_next_tap_until_paper_comes(kiosk: Kiosk) -> None:
    kiosk.view.hear_of_paper(PaperNews("20261123-B001", Paper.FAILED, "paper_out"))
    assert "拍照" in kiosk.view.current.glance.notice
    kiosk.view.hear_of_paper(PaperNews("20261123-B001", Paper.PRINTED))
    assert kiosk.view.current.glance.notice == ""


def test_a_kiosk_without_a_printer_asks_for_a_photograph(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk(prints=False)
    take_ticket(kiosk)
    result = kiosk.view.current.result
    assert (result.paper, result.message) == ("none", "请拍照留存号码")
    assert result.stay_ms > 0


def test_the_issued_ticket_asks_for_its_paper_before_its_page_is_drawn(kiosk: Kiosk) -> None:
    happened: list[str] = []
    kiosk.view.choose_service("payment")
    kiosk.view.ticket_issued.connect(lambda: happened.append("paper"))
    kiosk.view.state_changed.connect(lambda: happened.append(kiosk.view.current.page))
    kiosk.tickets.answer()
    assert happened == ["paper", Page.RESULT]


def test_the_page_returns_by_itself(make_kiosk: MakeKiosk, qtbot: QtBot) -> None:
    kiosk = make_kiosk(pace=Pace(stay_ms=30))
    take_ticket(kiosk)
    kiosk.view.hear_of_paper(PaperNews("20261123-B023", Paper.PRINTED))
    qtbot.waitUntil(lambda: kiosk.view.current.page is Page.SERVICES)


def test_an_idle_kiosk_is_chinese_and_ordinary_again(make_kiosk: MakeKiosk, qtbot: QtBot) -> None:
    kiosk = make_kiosk(pace=Pace(idle_ms=30))
    kiosk.view.switch_language()
    kiosk.view.choose_help()
    kiosk.pause()
    kiosk.view.choose_class("senior")
    assert (kiosk.view.current.language, kiosk.view.current.senior) == ("en", True)
    qtbot.waitUntil(lambda: not kiosk.view.current.senior)
    assert kiosk.view.current.language == "zh"
    assert kiosk.view.current.question == "请选择要办理的业务"


def test_the_language_is_one_tap_away_on_every_page(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    kiosk.view.switch_language()
    screen = kiosk.view.current
    assert screen.result.wait == "3 ahead of you, 4–9 min"
    assert screen.header.other_language == "中文"


def test_a_ticket_is_printed_in_the_language_it_was_taken_in(kiosk: Kiosk) -> None:
    kiosk.view.switch_language()
    take_ticket(kiosk)
    assert kiosk.tickets.intents[0].language == "en"


def test_outside_opening_hours_no_number_is_given(kiosk: Kiosk) -> None:
    kiosk.clock.set(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    kiosk.view.refresh()
    screen = kiosk.view.current
    assert screen.page is Page.CLOSED
    assert screen.closed.next_opening == "明天 08:30 开始营业"
    assert screen.closed.nearest.startswith("解放路营业厅")
    kiosk.view.choose_service("payment")
    assert not kiosk.tickets.intents


def test_a_number_taken_in_the_last_minute_stays_to_be_read(kiosk: Kiosk) -> None:
    take_ticket(kiosk)
    kiosk.clock.set(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    kiosk.view.refresh()
    assert kiosk.view.current.page is Page.RESULT


def test_quotes_are_hidden_as_soon_as_the_store_is_gone(kiosk: Kiosk) -> None:
    assert all(card.people for card in kiosk.view.current.cards)
    kiosk.view.lose_link()
    screen = kiosk.view.current
    assert screen.page is Page.SERVICES
    assert not any(card.people or card.quote for card in screen.cards)
    assert screen.glance.people == ""


def test_quotes_that_have_grown_old_are_hidden(kiosk: Kiosk) -> None:
    kiosk.pause(31)
    kiosk.view.refresh()
    assert not any(card.quote for card in kiosk.view.current.cards)


def test_a_lasting_outage_closes_the_kiosk_and_its_end_opens_it(make_kiosk: MakeKiosk, qtbot: QtBot) -> None:
    kiosk = make_kiosk(pace=Pace(patience_ms=20))
    kiosk.view.lose_link()
    qtbot.waitUntil(lambda: page_of(kiosk) is Page.OUT_OF_SERVICE)
    kiosk.view.lose_link()
    assert page_of(kiosk) is Page.OUT_OF_SERVICE
    kiosk.view.receive(make_snapshot())
    assert page_of(kiosk) is Page.SERVICES


def test_a_kiosk_that_has_never_seen_its_hall_says_so(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    kiosk.view._situation = type(kiosk.view._situation)(MORNING)
    kiosk.view.refresh()
    assert kiosk.view.current.page is Page.STARTING


def test_pages_turn_and_stop_at_their_ends(kiosk: Kiosk) -> None:
    kiosk.view.receive(make_snapshot(make_plan(60)))
    pages = kiosk.view.current.pager.pages
    seen = {card.key for card in kiosk.view.current.cards}
    for _ in range(pages + 3):
        kiosk.view.turn_page(1)
        kiosk.pause()
        seen |= {card.key for card in kiosk.view.current.cards}
    assert pages > 1
    assert len(seen) == 60
    assert kiosk.view.current.pager.page == pages - 1
    kiosk.view.turn_page(-99)
    assert kiosk.view.current.pager.page == 0


def test_a_plan_that_shrinks_while_a_late_page_is_shown_is_no_harm(kiosk: Kiosk) -> None:
    kiosk.view.receive(make_snapshot(make_plan(60)))
    kiosk.view.turn_page(1)
    kiosk.view.receive(make_snapshot(make_plan(3)))
    assert len(kiosk.view.current.cards) == 3


def test_a_kiosk_that_can_go_on_by_itself_stays_open_in_an_outage(
    make_kiosk: MakeKiosk, qtbot: QtBot
) -> None:
    kiosk = make_kiosk(pace=Pace(patience_ms=20))
    kiosk.view.stand_by(Standby(ready=True))
    kiosk.view.lose_link()
    notice = Words(Language.ZH).say("kiosk-glance-standby")
    qtbot.waitUntil(lambda: kiosk.view.current.glance.notice == notice)
    assert page_of(kiosk) is Page.SERVICES
    kiosk.view.receive(make_snapshot())
    assert kiosk.view.current.glance.notice == ""


def test_a_kiosk_that_starts_in_an_outage_shows_its_own_picture_of_the_hall(make_kiosk: MakeKiosk) -> None:
    kiosk = make_kiosk()
    kiosk.view._situation = type(kiosk.view._situation)(MORNING)
    kiosk.view.lose_link()
    kiosk.view.stand_by(Standby(ready=True, picture=make_snapshot()))
    assert page_of(kiosk) is Page.SERVICES
    assert not any(card.people for card in kiosk.view.current.cards)


def test_the_staff_read_what_was_kept_for_a_while(kiosk: Kiosk) -> None:
    since = MORNING - timedelta(minutes=7)
    kiosk.view.hear_of_outage(Outage("kiosk-1", since, MORNING, tickets=4, trouble=("CX001",)))
    assert "09:34–09:41" in kiosk.view.current.glance.notice
    assert "CX001" in kiosk.view.current.glance.notice
    kiosk.clock.advance(OUTAGE_TOLD_FOR)
    kiosk.view.refresh()
    assert kiosk.view.current.glance.notice == ""
