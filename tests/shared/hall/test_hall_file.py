"""Every mistake that an installer can make in a hall file is named with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from shared.domain.plan import HallPlan, Localized, Opening
from shared.hall.hall_file import HallFileError, load_hall_file

EXAMPLE = Path(__file__).parents[3] / "docs" / "hall.example.toml"

GOOD = """\
id = "renmin-road"
name = { zh = "人民路营业厅", en = "Renmin Road" }
timezone = "Asia/Shanghai"
closed_on = [2027-02-06, 2027-01-01]

[ticket]
header = { zh = "欢迎", en = "Welcome" }

[[opening]]
days = ["mon", "sat"]
opens = 08:30:00
closes = 12:00:00

[[opening]]
days = ["mon"]
opens = 13:00:00
closes = 18:00:00

[[service]]
key = "payment"
prefix = "A"
name = { zh = "缴费", en = "Bills" }
target_wait_minutes = 10
typical_minutes = 4.5

[[service]]
key = "complaint"
prefix = "TS"
name = { zh = "投诉", en = "Complaints" }
target_wait_minutes = 3
typical_minutes = 11

[[priority]]
key = "ordinary"
name = { zh = "普通", en = "Ordinary" }

[[priority]]
key = "senior"
name = { zh = "长者", en = "Senior" }
head_start_minutes = 10

[[counter]]
number = 2
offers = ["payment", "complaint"]
penalty_minutes = { payment = 5 }
barrier_free = true

[[counter]]
number = 1
name = { zh = "一号", en = "One" }
offers = ["payment"]

[[notice]]
title = { zh = "资费", en = "Tariffs" }
body = { zh = "每月 50 元\\n含安装", en = "50 a month" }
"""

Load = Callable[[str], HallPlan]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_text(text: str) -> HallPlan:
        path = tmp_path / "hall.toml"
        path.write_text(text, encoding="utf-8")
        return load_hall_file(path)

    return load_text


@pytest.fixture
def mistakes(load: Load) -> Callable[[str], list[tuple[int, str]]]:
    """Loads a bad text and returns the lines and texts of what is wrong."""

    def mistakes_in(text: str) -> list[tuple[int, str]]:
        with pytest.raises(HallFileError) as raised:
            load(text)
        return [(problem.line, problem.text) for problem in raised.value.problems]

    return mistakes_in


def line_of(text: str, part: str, occurrence: int = 1) -> int:
    """The line on which something stands for the n-th time."""
    return [number for number, line in enumerate(text.splitlines(), 1) if part in line][occurrence - 1]


def test_a_good_file_becomes_a_plan(load: Load) -> None:
    plan = load(GOOD)
    assert (plan.id, plan.timezone, plan.rollover) == ("renmin-road", "Asia/Shanghai", time(4))
    assert plan.closed_on == (date(2027, 1, 1), date(2027, 2, 6))
    assert plan.service_limit == timedelta(minutes=20)
    payment = plan.service("payment")
    assert (payment.target_wait, payment.typical_minutes) == (timedelta(minutes=10), 4.5)
    assert plan.priority("senior").head_start == timedelta(minutes=10)
    assert [counter.number for counter in plan.counters] == [1, 2]
    assert plan.counter(2).offers == {"payment": timedelta(minutes=5), "complaint": timedelta(0)}
    assert plan.counter(2).barrier_free
    assert plan.counter(2).name == Localized("2 号窗口", "Counter 2")
    assert plan.openings == (
        Opening(0, time(8, 30), time(12)),
        Opening(5, time(8, 30), time(12)),
        Opening(0, time(13), time(18)),
    )
    assert plan.ticket_header.en == "Welcome"
    assert plan.notices[0].body.zh == "每月 50 元\n含安装"


def test_the_example_is_a_whole_telecom_hall() -> None:
    plan = load_hall_file(EXAMPLE)
    names = [service.name.zh for service in plan.services]
    assert names == [
        "开户入网", "缴费充值", "套餐变更", "宽带业务", "补换卡",
        "故障报修", "业务咨询", "投诉", "终端销售", "政企客户",
    ]  # fmt: skip
    assert {plan.service(key).target_wait for key in ("enquiry", "complaint")} == {timedelta(minutes=3)}
    assert [counter.number for counter in plan.counters] == list(range(1, 9))
    assert [counter.number for counter in plan.counters if counter.barrier_free] == [2]
    keys = {priority.key for priority in plan.priorities}
    assert keys == {"ordinary", "senior", "disabled", "vip", "appointment"}
    assert plan.notices
    assert plan.nearest_hall.zh


@pytest.mark.parametrize(
    ("right", "wrong", "where", "said"),
    [
        ('id = "renmin-road"', 'id = "Renmin Road"', "id =", "id must be small letters"),
        ('timezone = "Asia/Shanghai"', 'timezone = "Shanghai"', "timezone", "is no time zone"),
        ('timezone = "Asia/Shanghai"', 'timezone = "../etc"', "timezone", "is no time zone"),
        ('name = { zh = "缴费", en = "Bills" }', 'name = { zh = "缴费" }', '"缴费"', "name.en is missing"),
        ('name = { zh = "缴费", en = "Bills" }', 'name = "Bills"', '"Bills"', "must be written like { zh ="),
        ("target_wait_minutes = 10", 'target_wait_minutes = "10"', '"10"', "a number without quotation"),
        ("target_wait_minutes = 10", "target_wait_minutes = 0", "minutes = 0", "greater than 0"),
        ("target_wait_minutes = 10", "target_wait_minutes = nan", "nan", "less than or equal to 600"),
        ("target_wait_minutes = 10", "target_wait = 10", "target_wait = 10", "'target_wait_minutes'?"),
        ("head_start_minutes = 10", "head_start_minutes = -1", "-1", "greater than or equal to 0"),
        ('prefix = "A"', 'prefix = "a"', '"a"', "prefix must be one or two capital letters"),
        ('prefix = "A"', 'prefix = "ABC"', '"ABC"', "prefix must be one or two capital letters"),
        ('prefix = "TS"', 'prefix = "A"', 'prefix = "A"', "prefix A is used by an earlier service"),
        ('key = "complaint"', 'key = "payment"', 'key = "payment"', "key payment is used by an earlier"),
        ('key = "senior"', 'key = "ordinary"', 'key = "ordinary"', "used by an earlier priority"),
        ('key = "ordinary"', 'key = "normal"', "[[priority]]", "a priority class with key = 'ordinary'"),
        ("number = 1", "number = 2", "number = 2", "number 2 is used by an earlier counter"),
        ("number = 1", "number = 0", "number = 0", "greater than or equal to 1"),
        ('offers = ["payment"]', 'offers = ["payments"]', '["payments"]', "did you mean 'payment'?"),
        ('offers = ["payment"]', 'offers = ["x"]', '["x"]', "the services are payment, complaint"),
        ('offers = ["payment"]', "offers = []", "offers = []", "must not be empty"),
        ('"payment", "complaint"]', '"payment"]', "[[service]]", "no counter offers 'complaint'"),
        ("penalty_minutes = { payment = 5 }", "penalty_minutes = { x = 5 }", "x = 5", "does not offer it"),
        ("barrier_free = true", 'barrier_free = "yes"', "barrier_free", "must be true or false"),
        ("barrier_free = true", "barrierfree = true", "barrierfree", "did you mean 'barrier_free'?"),
        ("closes = 12:00:00", "closes = 08:00:00", "closes = 08", "must be later than opens (08:30)"),
        ("opens = 13:00:00", "opens = 11:59:00", "opens = 11:59", "the hours on mon overlap"),
        ("opens = 13:00:00", 'opens = "13:00"', '"13:00"', "a time of day without quotation marks"),
        ('days = ["mon"]', 'days = ["monday"]', '"monday"', "'mon'"),
        ("closed_on = [2027-02-06,", 'closed_on = ["2027-02-06",', "closed_on", "a date without quotation"),
        ('header = { zh = "欢迎", en = "Welcome" }', "headline = 1", "headline", "did you mean 'header'?"),
        ('zh = "资费", en = "Tariffs"', 'zh = "资费", en = ""', '"资费"', "must not be empty"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    mistakes: Callable[[str], list[tuple[int, str]]], right: str, wrong: str, where: str, said: str
) -> None:
    assert GOOD.count(right) == 1, "the test does not change what it means to change"
    text = GOOD.replace(right, wrong)
    lines = {number for number, line in enumerate(text.splitlines(), 1) if where in line}
    found = [line for line, problem in mistakes(text) if said in problem]
    assert found, mistakes(text)
    assert lines >= set(found)


def test_a_repeated_value_is_named_where_it_is_repeated(
    mistakes: Callable[[str], list[tuple[int, str]]],
) -> None:
    text = GOOD.replace('prefix = "TS"', 'prefix = "A"')
    assert mistakes(text)[0][0] == line_of(text, 'prefix = "A"', occurrence=2)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(
    mistakes: Callable[[str], list[tuple[int, str]]],
) -> None:
    text = (
        GOOD.replace("Asia/Shanghai", "Mars/Base")
        .replace('prefix = "TS"', 'prefix = "t"')
        .replace("head_start_minutes = 10", "head_start = 10")
        .replace('offers = ["payment"]', 'offers = ["paymnet"]')
    )
    lines = [line for line, _problem in mistakes(text)]
    assert lines == [
        line_of(text, part) for part in ("Mars/Base", 'prefix = "t"', "head_start = 10", "paymnet")
    ]


def test_a_mistake_of_form_has_no_echoes(mistakes: Callable[[str], list[tuple[int, str]]]) -> None:
    text = GOOD.replace('offers = ["payment", "complaint"]', 'offers = "payment"')
    assert [line for line, _problem in mistakes(text)] == [line_of(text, 'offers = "payment"')]


def test_a_missing_table_is_named(mistakes: Callable[[str], list[tuple[int, str]]]) -> None:
    text = GOOD[: GOOD.index("[[counter]]")]
    assert mistakes(text) == [(1, "counter is missing: add it (see docs/hall.example.toml)")]


def test_a_syntax_error_is_named_with_its_line(mistakes: Callable[[str], list[tuple[int, str]]]) -> None:
    text = GOOD.replace('prefix = "A"', "prefix = A")
    ((line, problem),) = mistakes(text)
    assert line == line_of(text, "prefix = A")
    assert problem.startswith("not valid TOML")


def test_a_file_that_ends_in_the_middle_is_named_at_its_end(
    mistakes: Callable[[str], list[tuple[int, str]]],
) -> None:
    text = GOOD + 'closing = "'
    assert mistakes(text)[0][0] == len(text.splitlines())


def test_lines_are_right_behind_texts_and_lists_over_several_lines(
    mistakes: Callable[[str], list[tuple[int, str]]],
) -> None:
    text = GOOD.replace(
        'offers = ["payment", "complaint"]',
        'offers = [ # a "comment [[\n  "payment",\n  "complaint",\n]\nname = { zh = """\nnumber = 9\n""", en = "Two" }',
    ).replace("number = 1", "number = 2000")
    assert mistakes(text) == [
        (line_of(text, "number = 2000"), "counter.2.number must be less than or equal to 999")
    ]


def test_the_message_is_what_an_editor_can_open(load: Load, tmp_path: Path) -> None:
    with pytest.raises(HallFileError) as raised:
        load(GOOD.replace("Asia/Shanghai", "Moon").replace("number = 1", "number = 2"))
    lines = str(raised.value).splitlines()
    assert [line.partition(" ")[0] for line in lines] == [
        f"{tmp_path / 'hall.toml'}:{line}:" for line in (3, line_of(GOOD, "number = 1"))
    ]


def test_a_file_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(HallFileError, match=r"hall\.toml:1: cannot be read"):
        load_hall_file(tmp_path / "hall.toml")
    (tmp_path / "hall.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HallFileError, match="cannot be read"):
        load_hall_file(tmp_path / "hall.toml")


def test_the_same_file_gives_the_same_plan(load: Load) -> None:
    assert load(GOOD) == load(GOOD)
