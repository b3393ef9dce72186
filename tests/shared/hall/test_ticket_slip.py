"""The paper says what the customer needs, in the customer's language, and nothing that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from shared.domain.bitmap import Bitmap
from shared.domain.plan import HallPlan, Localized, Promotion, TicketField, TicketLayout
from shared.domain.slip import Badge, Pair, Picture, QrCode, Size, Slip, Text
from shared.hall.ticket_slip import ticket_code, ticket_slip
from shared.words import Words
from tools.testing.sample_hall import make_plan, make_ticket

PLAN = make_plan()
TICKET = make_ticket(PLAN, "B023")
ZH, EN = Words("zh"), Words("en")


def texts(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Text | Badge)]


def pairs(slip: Slip) -> dict[str, str]:
    return {block.left: block.right for block in slip.blocks if isinstance(block, Pair)}


def test_the_number_is_the_hero() -> None:
    slip = ticket_slip(PLAN, TICKET, ZH)
    heroes = [block for block in slip.blocks if isinstance(block, Text) and block.size is Size.HERO]
    assert [(hero.text, hero.bold) for hero in heroes] == [("B023", True)]
    assert slip.title == "B023"


def test_hall_service_wait_counters_and_time_are_told() -> None:
    slip = ticket_slip(PLAN, TICKET, ZH)
    assert texts(slip)[0] == "人民路营业厅"
    assert "缴费充值" in texts(slip)
    assert pairs(slip) == {
        "前面等候": "3 人",
        "预计等候": "约 4-9 分钟",
        "办理窗口": "1-8 号",
        "取号时间": "2026-11-23 09:41",
    }


def test_the_english_ticket_is_english_throughout() -> None:
    slip = ticket_slip(PLAN, replace(TICKET, priority="senior"), EN)
    said = " ".join([*texts(slip), *pairs(slip), *pairs(slip).values()])
    assert said.isascii() or said.replace("–", "-").isascii()
    assert "Senior" in texts(slip)


def test_an_ordinary_ticket_wears_no_badge() -> None:
    assert not any(isinstance(block, Badge) for block in ticket_slip(PLAN, TICKET, ZH).blocks)


def test_without_ground_for_a_figure_none_is_printed() -> None:
    slip = ticket_slip(PLAN, replace(TICKET, quote_minutes=None, quote_low=None, quote_high=None), ZH)
    assert "预计等候" not in pairs(slip)
    assert pairs(slip)["前面等候"] == "3 人"


def test_who_is_first_reads_so() -> None:
    slip = ticket_slip(PLAN, replace(TICKET, people_ahead=0, quote_minutes=0, quote_low=0, quote_high=1), ZH)
    assert pairs(slip)["前面等候"] == "无人等候"
    assert pairs(slip)["预计等候"] == "很快叫到您"


def test_an_appointment_tells_its_time_instead_of_the_wait() -> None:
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    slip = ticket_slip(PLAN, replace(TICKET, priority="appointment", appointed_for=at), ZH)
    assert pairs(slip)["预约时间"] == "10:00"
    assert "前面等候" not in pairs(slip)


def test_the_code_names_hall_and_ticket_and_no_person() -> None:
    codes = [block.data for block in ticket_slip(PLAN, TICKET, ZH).blocks if isinstance(block, QrCode)]
    assert codes == [ticket_code(PLAN, TICKET)] == ["jiaohao:renmin-road/20261123-B023"]


def test_a_second_copy_is_marked() -> None:
    assert "补打" not in texts(ticket_slip(PLAN, TICKET, ZH))
    assert "补打" in texts(ticket_slip(PLAN, TICKET, ZH, copy=2))


def test_header_and_footer_of_the_hall_are_printed_when_there_are_any() -> None:
    plan = replace(PLAN, ticket_header=Localized("客户服务中心", "Customer centre"))
    assert {"客户服务中心", "服务热线 10000"} <= set(texts(ticket_slip(plan, TICKET, ZH)))
    bare = replace(PLAN, ticket_footer=Localized("", ""))
    assert "" not in texts(ticket_slip(bare, TICKET, ZH))


def with_layout(layout: TicketLayout) -> HallPlan:
    return replace(PLAN, ticket_layout=layout)


def test_the_fields_stand_in_the_order_of_the_template() -> None:
    plan = with_layout(TicketLayout(fields=(TicketField.ISSUED, TicketField.PEOPLE)))
    assert list(pairs(ticket_slip(plan, TICKET, ZH))) == ["取号时间", "前面等候"]
    assert pairs(ticket_slip(with_layout(TicketLayout(fields=())), TICKET, ZH)) == {}


def test_an_appointment_tells_its_time_whatever_the_template_says() -> None:
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    ticket = replace(TICKET, priority="appointment", appointed_for=at)
    plan = with_layout(TicketLayout(fields=(TicketField.ISSUED,)))
    assert list(pairs(ticket_slip(plan, ticket, ZH))) == ["预约时间", "取号时间"]


def test_the_logo_is_at_the_top() -> None:
    logo = Bitmap.from_bits(8, 1, b"\xff")
    assert ticket_slip(with_layout(TicketLayout(logo=logo)), TICKET, ZH).blocks[0] == Picture(logo)


def test_without_its_code_the_ticket_still_says_what_to_watch_for() -> None:
    slip = ticket_slip(with_layout(TicketLayout(qr=False)), TICKET, ZH)
    assert not any(isinstance(block, QrCode) for block in slip.blocks)
    assert "请妥善保管号票，留意大屏和广播" in texts(slip)


def test_the_promotion_of_the_day_is_printed_in_the_customers_language() -> None:
    promotion = Promotion(Localized("促销", "Sale"), first_day=TICKET.day, last_day=TICKET.day)
    plan = with_layout(TicketLayout(promotions=(promotion,)))
    assert "促销" in texts(ticket_slip(plan, TICKET, ZH))
    assert "Sale" in texts(ticket_slip(plan, TICKET, EN))
    assert "促销" not in texts(ticket_slip(plan, replace(TICKET, day=date(2026, 11, 24)), ZH))
