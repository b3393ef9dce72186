"""What the screen shows follows from the visit, the hall and the time, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.presenter import QUOTES_GO_STALE_S, Link, Look, Situation, page_of, present
from kiosk.screen_state import KioskScreen, Page
from kiosk.visit import Paper, Step, Visit
from shared.domain.plan import HallPlan, Localized, PriorityClass
from shared.words import Language, Words
from tools.testing.kiosks import PORTRAIT
from tools.testing.quotes import quoted
from tools.testing.sample_hall import MORNING, make_plan, make_snapshot, make_ticket

ZH = Words(Language.ZH)
LOOK = Look(PORTRAIT, "Noto Sans SC")
PLAN = make_plan()


def shown(visit: Visit | None = None, plan: HallPlan = PLAN, *, open_counters: int = 6) -> KioskScreen:
    snapshot = make_snapshot(plan, open_counters=open_counters)
    return present(visit or Visit(), Situation(MORNING, 0, Link.FRESH, snapshot), ZH, LOOK)


def test_the_start_page_tells_all_before_the_tap() -> None:
    screen = shown()
    assert screen.page is Page.SERVICES
    assert screen.question == "请选择要办理的业务"
    assert (screen.header.hall, screen.header.clock) == ("人民路营业厅", "09:41")
    assert screen.header.hours == "今日营业至 17:30"
    card = screen.cards[1]
    assert (card.name, card.icon, card.people, card.quote) == (
        "缴费充值",
        "payment",
        "前面 3 人",
        "约 4-9 分钟",
    )
    assert (screen.glance.counters, screen.glance.people) == ("6 个窗口服务中", "前面共 21 人")


def test_the_figures_before_the_tap_are_those_after_it() -> None:
    snapshot = make_snapshot()
    shared = tuple(replace(line, people_waiting=0, quote=quoted(8, 12)) for line in snapshot.services)
    situation = Situation(MORNING, 0, Link.FRESH, replace(snapshot, services=shared))
    card = present(Visit(), situation, ZH, LOOK).cards[0]
    ticket = replace(make_ticket(PLAN), people_ahead=8, quote_minutes=12, quote_low=8, quote_high=17)
    result = present(Visit(step=Step.RESULT, ticket=ticket), situation, ZH, LOOK).result
    assert f"{card.people}，{card.quote}" == result.wait


def test_where_no_counter_is_open_no_wait_is_promised() -> None:
    screen = shown(open_counters=0)
    assert {card.quote for card in screen.cards} == {"暂无窗口办理"}
    assert screen.glance.counters == "窗口暂未开放"
    assert not screen.glance.open


def test_a_hall_without_hours_is_open_all_day() -> None:
    assert shown(plan=replace(PLAN, openings=())).header.hours == "全天营业"


@pytest.mark.parametrize(("age_s", "told"), [(QUOTES_GO_STALE_S - 1, True), (QUOTES_GO_STALE_S, False)])
def test_quotes_are_told_only_while_they_are_news(age_s: float, told: bool) -> None:
    situation = Situation(MORNING, age_s, Link.FRESH, make_snapshot())
    assert bool(present(Visit(), situation, ZH, LOOK).cards[1].quote) is told


def test_only_classes_meant_for_the_kiosk_are_offered() -> None:
    choices = shown(Visit(step=Step.CLASS)).choices
    assert [(choice.key, choice.icon) for choice in choices] == [
        ("senior", "senior"),
        ("disabled", "accessible"),
    ]


def test_a_class_of_the_halls_own_is_offered_with_a_plain_icon() -> None:
    veteran = PriorityClass("veteran", Localized("军人", "Veterans"), timedelta(minutes=5))
    vip = replace(PLAN.priority("vip"), at_kiosk=True)
    plan = replace(PLAN, priorities=(*PLAN.priorities[:3], vip, veteran))
    screen = shown(Visit(step=Step.CLASS), plan)
    assert [(choice.title, choice.icon) for choice in screen.choices[2:]] == [
        ("VIP", "star"),
        ("军人", "person"),
    ]
    assert screen.choices[3].detail == "优先叫号"


def test_without_classes_there_are_no_buttons_for_them() -> None:
    screen = shown(plan=replace(PLAN, priorities=PLAN.priorities[:1]))
    assert not screen.offers_help
    assert not screen.offers_appointment


def test_with_a_class_chosen_the_page_says_which_number_it_gives() -> None:
    assert shown().mode == ""
    assert shown(Visit(priority="senior", senior=True)).mode == "正在为您取：长者号"
    assert shown(Visit(priority="appointment")).mode == "正在为您取：预约号"


def test_while_no_counter_is_open_all_that_offer_the_service_are_named() -> None:
    ticket = make_ticket(PLAN)
    visit = Visit(step=Step.RESULT, ticket=ticket, paper=Paper.PRINTED)
    assert shown(visit).result.counters == "请留意 1-6 号窗口"
    assert shown(visit, open_counters=0).result.counters == "请留意 1-8 号窗口"


def test_a_ticket_without_a_figure_tells_people_only() -> None:
    ticket = replace(make_ticket(PLAN), quote_minutes=None, quote_low=None, quote_high=None)
    assert shown(Visit(step=Step.RESULT, ticket=ticket)).result.wait == "前面 3 人"


@pytest.mark.parametrize(
    ("step", "page"),
    [(Step.RESULT, Page.RESULT), (Step.FAILED, Page.FAILED), (Step.SERVICE, Page.OUT_OF_SERVICE)],
)
def test_an_outage_leaves_the_answer_to_a_customer_on_screen(step: Step, page: Page) -> None:
    assert page_of(Visit(step=step), Situation(MORNING, 0, Link.LOST, make_snapshot())) is page
