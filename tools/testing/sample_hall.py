"""A telecom hall and pictures of it, for tests that need one and for looking at screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from shared.domain.counter import CounterState, CounterStatus
from shared.domain.plan import CounterPlan, HallPlan, Localized, Opening, PriorityClass, Service
from shared.domain.snapshot import CounterLine, HallSnapshot, ServiceLine
from shared.domain.ticket import Ticket, TicketState, ticket_id
from tools.testing.quotes import quoted

MORNING = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
"""09:41 on a Monday in Shanghai."""

_SERVICES = (
    ("new-line", "A", "开户入网", "New mobile line", "sim", 15),
    ("payment", "B", "缴费充值", "Bills and top-up", "payment", 15),
    ("plan-change", "C", "套餐变更", "Change of plan", "plan", 15),
    ("broadband", "D", "宽带业务", "Broadband and television", "broadband", 15),
    ("sim-swap", "E", "补换卡", "SIM card replacement", "sim-swap", 10),
    ("repair", "F", "故障报修", "Fault report and repair", "repair", 10),
    ("enquiry", "G", "业务咨询", "Enquiries", "question", 3),
    ("complaint", "H", "投诉", "Complaints", "complaint", 3),
    ("devices", "I", "终端销售", "Phones and devices", "phone", 10),
    ("enterprise", "J", "政企客户", "Business customers", "enterprise", 10),
)
_CLASSES = (
    ("ordinary", "普通", "Ordinary", 0, True),
    ("senior", "长者", "Senior", 10, True),
    ("disabled", "无障碍", "Accessible", 15, True),
    ("vip", "VIP", "VIP", 5, False),
    ("appointment", "预约", "Appointment", 0, True),
)


def make_service(index: int) -> Service:
    """One of the ten services of the hall; beyond them, one more of the same kind."""
    key, prefix, zh, en, icon, wait = _SERVICES[index % len(_SERVICES)]
    if index >= len(_SERVICES):
        number = index // len(_SERVICES) + 1
        key, prefix, zh, en = f"{key}-{number}", f"{prefix}{number}", f"{zh}（{number}）", f"{en} ({number})"
    return Service(key, prefix, Localized(zh, en), timedelta(minutes=wait), 6, icon)


def make_plan(services: int = 10, counters: int = 8) -> HallPlan:
    """A hall with so many services, all of them offered at every counter, open on every day from 8:30 to 17:30."""
    offered = tuple(make_service(index) for index in range(services))
    no_penalty = dict.fromkeys((service.key for service in offered), timedelta())
    return HallPlan(
        id="renmin-road",
        name=Localized("人民路营业厅", "People's Road Service Hall"),
        timezone="Asia/Shanghai",
        rollover=time(4),
        services=offered,
        priorities=tuple(
            PriorityClass(key, Localized(zh, en), timedelta(minutes=minutes), at_kiosk)
            for key, zh, en, minutes, at_kiosk in _CLASSES
        ),
        counters=tuple(
            CounterPlan(number, Localized(f"{number} 号窗口", f"Counter {number}"), no_penalty)
            for number in range(1, counters + 1)
        ),
        openings=tuple(Opening(day, time(8, 30), time(17, 30)) for day in range(7)),
        ticket_footer=Localized("服务热线 10000", "Hotline 10000"),
        nearest_hall=Localized(
            "解放路营业厅，解放路 88 号，步行约 10 分钟",
            "Jiefang Road hall, 88 Jiefang Road, 10 minutes on foot",
        ),
    )


def make_ticket(plan: HallPlan, number: str = "B023", at: datetime = MORNING) -> Ticket:
    """A waiting ticket of the service with the number's prefix."""
    prefix, ordinal = number[:-3], int(number[-3:])
    service = next(each for each in plan.services if each.prefix == prefix)
    day = date(at.year, at.month, at.day)
    return Ticket(
        id=ticket_id(day, number),
        number=number,
        service=service.key,
        priority="ordinary",
        state=TicketState.WAITING,
        issued_at=at,
        called_at=None,
        counter=None,
        day=day,
        seq=ordinal,
        prefix=prefix,
        ordinal=ordinal,
        due_at=at + service.target_wait,
        rank_seq=ordinal,
        people_ahead=3,
        quote_minutes=6,
        quote_low=4,
        quote_high=9,
    )


def make_snapshot(
    plan: HallPlan | None = None, *, at: datetime = MORNING, open_counters: int = 6
) -> HallSnapshot:
    """A busy morning: every service has another queue, the first counters are open."""
    plan = plan or make_plan()
    open_now = tuple(counter.number for counter in plan.counters[:open_counters])
    lines = tuple(_line(service, index, open_now) for index, service in enumerate(plan.services))
    waiting = tuple(
        make_ticket(plan, f"{plan.services[0].prefix}{number:03d}", at) for number in range(1, 22)
    )
    return HallSnapshot(
        plan=plan,
        plan_version=1,
        day=date(2026, 11, 23),
        seq=40,
        at=at,
        services=lines,
        waiting=waiting,
        held=(),
        no_shows=(),
        calls=(),
        counters=tuple(
            CounterLine(counter, _state(counter.number, open_now), None) for counter in plan.counters
        ),
        unprinted=(),
    )


def _line(service: Service, index: int, open_now: tuple[int, ...]) -> ServiceLine:
    people = index * 3 % 11
    return ServiceLine(service, people, quoted(people, people * 2 if open_now else None), None, open_now)


def _state(number: int, open_now: tuple[int, ...]) -> CounterState:
    state = CounterState(number)
    return replace(state, status=CounterStatus.OPEN) if number in open_now else state
