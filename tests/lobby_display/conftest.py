"""A hall in the middle of its day, as the lobby screen gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from lobby_display.layout import Content, Layout, lay_out
from shared.domain.announcement import Announcement
from shared.domain.counter import CounterState, CounterStatus
from shared.domain.plan import CounterPlan, HallPlan, Localized, Notice, Opening, PriorityClass, Service
from shared.domain.snapshot import Call, CounterLine, HallSnapshot, ServiceLine
from shared.domain.ticket import Ticket, TicketState
from shared.qt.sizes import Screen
from tools.testing.quotes import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeSnapshot = Callable[..., HallSnapshot]
    MakeAnnouncement = Callable[..., Announcement]

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 41, 30, tzinfo=UTC)
"""Monday, 09:41 in the hall."""

SERVICES = (
    ("payment", "A", "缴费充值", "Bills and top-up"),
    ("plan", "B", "套餐变更", "Change of plan"),
    ("opening", "C", "开户入网", "New number"),
    ("broadband", "D", "宽带业务", "Broadband"),
    ("sim", "E", "补换卡", "SIM replacement"),
    ("fault", "F", "故障报修", "Fault repair"),
    ("enquiry", "G", "业务咨询", "Enquiries"),
    ("complaint", "H", "投诉", "Complaints"),
    ("device", "J", "终端销售", "Phones and devices"),
    ("business", "K", "政企客户", "Business customers"),
    ("transfer", "L", "过户销户", "Transfer and closing"),
    ("invoice", "M", "发票打印", "Invoices"),
)

NOTICES = (
    Notice(
        Localized("资费公示", "Tariffs"),
        Localized(
            "5G 畅享 59 元/月：15 GB 流量，200 分钟通话；89 元/月：40 GB 流量，500 分钟通话。套餐外流量 5 元/GB。",
            "5G Basic 59 yuan a month: 15 GB and 200 minutes. 5G Plus 89 yuan: 40 GB and 500 minutes. "
            "Data beyond the plan 5 yuan a GB.",
        ),
    ),
    Notice(
        Localized("服务承诺", "Our promise"),
        Localized(
            "咨询、投诉 3 分钟内接待；一般业务 20 分钟内办结；长者与行动不便的客户请到无障碍窗口。",
            "Enquiries and complaints are answered within 3 minutes; a service takes at most 20 minutes.",
        ),
    ),
)


def plan_of(services: int, counters: int, *, notices: bool = True) -> HallPlan:
    chosen = tuple(
        Service(key, prefix, Localized(zh, en), timedelta(minutes=15), 6)
        for key, prefix, zh, en in SERVICES[:services]
    )
    offers = {service.key: timedelta() for service in chosen}
    return HallPlan(
        id="renmin-road",
        name=Localized("人民路营业厅", "People's Road Hall"),
        timezone="Asia/Shanghai",
        rollover=time(3),
        services=chosen,
        priorities=(PriorityClass("ordinary", Localized("普通", "Ordinary"), timedelta()),),
        counters=tuple(
            CounterPlan(number, Localized(f"{number}号窗口", f"Counter {number}"), offers, number == counters)
            for number in range(1, counters + 1)
        ),
        openings=tuple(Opening(weekday, time(8, 30), time(18)) for weekday in range(6)),
        notices=NOTICES if notices else (),
    )


def ticket_of(number: str, state: TicketState, counter: int | None, seq: int) -> Ticket:
    return Ticket(
        id=f"20261123-{number}",
        number=number,
        service=next(key for key, prefix, _, _ in SERVICES if prefix == number[0]),
        priority="ordinary",
        state=state,
        issued_at=NOW - timedelta(minutes=12),
        called_at=NOW if counter else None,
        counter=counter,
        day=DAY,
        seq=seq,
        prefix=number[0],
        ordinal=int(number[1:]),
        due_at=NOW,
        rank_seq=seq,
    )


def call_of(number: str, counter: int, seq: int, *, ago_s: int, state: TicketState) -> Call:
    ticket = ticket_of(number, state, counter, seq)
    return Call(ticket, number, counter, ticket.service, NOW - timedelta(seconds=ago_s), seq)


def counter_line(plan: CounterPlan, ticket: Ticket | None) -> CounterLine:
    if plan.number % 7 == 4:
        status = CounterStatus.PAUSED
    elif plan.number % 9 == 6:
        return CounterLine(plan, CounterState(plan.number), None)
    else:
        status = CounterStatus.OPEN
    return CounterLine(plan, CounterState(plan.number, status, clerk=str(8000 + plan.number)), ticket)


CALLS = (
    call_of("A023", 3, 90, ago_s=2, state=TicketState.CALLED),
    call_of("B107", 1, 88, ago_s=40, state=TicketState.CALLED),
    call_of("A022", 5, 80, ago_s=190, state=TicketState.SERVING),
    call_of("C004", 2, 71, ago_s=400, state=TicketState.FINISHED),
    call_of("B106", 7, 70, ago_s=430, state=TicketState.FINISHED),
    call_of("G011", 1, 60, ago_s=500, state=TicketState.FINISHED),
)


def snapshot_of(
    services: int = 10, counters: int = 8, calls: tuple[Call, ...] = CALLS, **changes: object
) -> HallSnapshot:
    plan = plan_of(services, counters)
    people = (3, 8, 0, 12, 1, 4, 2, 0, 5, 1, 0, 6)
    minutes = (7, 15, 0, 45, 2, 9, 3, 0, 11, None, 0, 13)
    at_counter = {
        call.counter: call.ticket for call in calls if call.ticket.state is not TicketState.FINISHED
    }
    snapshot = HallSnapshot(
        plan=plan,
        plan_version=1,
        day=DAY,
        seq=91,
        at=NOW,
        services=tuple(
            ServiceLine(service, people[at], quoted(people[at], minutes[at]), None, (1, 2))
            for at, service in enumerate(plan.services)
        ),
        waiting=tuple(
            ticket_of(f"A{number:03}", TicketState.WAITING, None, number) for number in range(24, 60)
        ),
        held=(),
        no_shows=(),
        calls=calls,
        counters=tuple(counter_line(counter, at_counter.get(counter.number)) for counter in plan.counters),
        unprinted=(),
    )
    return replace(snapshot, **changes)  # type: ignore[arg-type]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_snapshot() -> MakeSnapshot:
    return snapshot_of


@pytest.fixture
def make_announcement() -> MakeAnnouncement:
    def make(
        number: str = "A023", counter: int = 3, seq: int = 90, *, ago_s: int = 2, recalled: bool = False
    ) -> Announcement:
        return Announcement(DAY, seq, NOW - timedelta(seconds=ago_s), number, "payment", counter, recalled)

    return make


@pytest.fixture
def layout() -> Layout:
    return lay_out(Screen(1920, 1080, 55), 6, Content(10, 8))
