"""The paper's template in a hall file: what it may say, and what is refused with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from shared.domain.plan import HallPlan, Localized, TicketField, TicketLayout
from shared.hall.hall_file import HallFileError, load_hall_file
from shared.hall.plan_document import plan_from_document, plan_to_document

HALL = """\
id = "h"
name = { zh = "厅", en = "Hall" }
timezone = "Asia/Shanghai"
TICKET
[[opening]]
days = ["mon"]
opens = 08:30:00
closes = 12:00:00
[[service]]
key = "payment"
prefix = "A"
name = { zh = "缴费", en = "Bills" }
target_wait_minutes = 10
typical_minutes = 4
[[priority]]
key = "ordinary"
name = { zh = "普通", en = "Ordinary" }
[[counter]]
number = 1
offers = ["payment"]
"""
FIRST_LINE = 4

Load = Callable[[str], HallPlan]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load_ticket(ticket: str) -> HallPlan:
        path = tmp_path / "hall.toml"
        path.write_text(HALL.replace("TICKET\n", ticket), encoding="utf-8")
        return load_hall_file(path)

    return load_ticket


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    """A black disc on nothing, four times as wide as it is tall."""
    picture = Image.new("RGBA", (800, 200))
    ImageDraw.Draw(picture).ellipse((300, 0, 500, 200), fill="black")
    picture.save(tmp_path / "logo.png")
    return tmp_path / "logo.png"


def complaints(load: Load, ticket: str) -> list[str]:
    with pytest.raises(HallFileError) as failure:
        load(ticket)
    return [f"{problem.line - FIRST_LINE + 1}: {problem.text}" for problem in failure.value.problems]


def test_without_a_table_the_paper_is_as_ever(load: Load) -> None:
    assert load("").ticket_layout == TicketLayout()
    assert load("[ticket]\n").ticket_layout == TicketLayout()


def test_a_whole_template(load: Load, logo: Path) -> None:
    plan = load(
        '[ticket]\nlogo = "logo.png"\nlogo_width_mm = 20\nfields = ["issued", "people"]\nqr = false\n'
        '[[ticket.promotion]]\ntext = { zh = "促销", en = "Sale" }\n'
        "first_day = 2026-12-01\nlast_day = 2026-12-31\n"
    )
    layout = plan.ticket_layout
    assert layout.logo is not None
    assert (layout.logo.width, layout.logo.height) == (160, 40)
    assert (layout.fields, layout.qr) == ((TicketField.ISSUED, TicketField.PEOPLE), False)
    (promotion,) = layout.promotions
    assert promotion.text == Localized("促销", "Sale")
    assert (promotion.first_day, promotion.last_day) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_logo_keeps_its_shape_and_what_is_transparent_is_paper(load: Load, logo: Path) -> None:
    bitmap = load('[ticket]\nlogo = "logo.png"\n').ticket_layout.logo
    assert bitmap is not None
    dots = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.bits)
    assert dots.size == (240, 60)
    assert dots.getbbox() == (90, 0, 150, 60)
    assert dots.getpixel((120, 30)) == 255


def test_the_logo_is_stored_with_the_plan(load: Load, logo: Path) -> None:
    plan = load('[ticket]\nlogo = "logo.png"\n')
    logo.unlink()
    document = plan_to_document(plan)
    assert plan_from_document(document).ticket_layout == plan.ticket_layout
    assert len(document) < 3000


def test_a_plan_stored_before_there_were_templates_is_read(load: Load) -> None:
    plan = load("")
    document = plan_to_document(plan)
    start = document.index(', "ticket_layout"')
    end = document.index("}", start) + 1
    assert plan_from_document(document[:start] + document[end:]) == plan


def test_the_first_promotion_that_holds_is_the_days(load: Load) -> None:
    text = "[[ticket.promotion]]\ntext = {{ zh = '{0}', en = '{0}' }}\n"
    layout = load(
        text.format("early")
        + "last_day = 2026-12-10\n"
        + text.format("late")
        + "first_day = 2026-12-10\nlast_day = 2026-12-20\n"
        + text.format("always")
        + "first_day = 2026-12-20\n"
    ).ticket_layout
    days = [date(2026, 12, day) for day in (1, 10, 11, 20, 21)]
    told = [promotion.text.en for day in days if (promotion := layout.promotion_on(day))]
    assert told == ["early", "early", "late", "late", "always"]
    assert TicketLayout().promotion_on(days[0]) is None


@pytest.mark.parametrize(
    ("ticket", "told"),
    [
        ('[ticket]\nheadr = { zh = "a", en = "b" }\n', "2: 'headr' is no key here: did you mean 'header'?"),
        ('[ticket]\nheader = { zh = "a" }\n', "2: ticket.header.en is missing: add it"),
        ("[ticket]\nqr = 1\n", "2: ticket.qr must be true or false"),
        (
            '[ticket]\nfields = ["people", "ppl"]\n',
            "2: ticket.fields.2 must be 'people', 'quote', 'counters' or",
        ),
        ('[ticket]\nfields = ["people", "people"]\n', "2: the field 'people' is named twice: once is enough"),
        ("[ticket]\nlogo_width_mm = 60\n", "2: ticket.logo_width_mm must be less than or equal to 46"),
        ('[ticket]\nlogo = "no.png"\n', "2: ticket.logo: no.png cannot be read"),
        (
            "[ticket]\n\n[[ticket.promotion]]\nfirst_day = 2026-12-01\n",
            "3: ticket.promotion.1.text is missing: add it",
        ),
        (
            '[[ticket.promotion]]\ntext = { zh = "a", en = "b" }\nfrist_day = 2026-12-01\n',
            "3: 'frist_day' is no key here: did you mean 'first_day'?",
        ),
        (
            '[[ticket.promotion]]\ntext = { zh = "a", en = "b" }\nfirst_day = "1 December"\n',
            "3: ticket.promotion.1.first_day must be a date without quotation marks",
        ),
        (
            '[[ticket.promotion]]\ntext = { zh = "a", en = "b", fr = "c" }\n',
            "2: 'fr' is no key here; the keys here are zh, en",
        ),
        (
            '[[ticket.promotion]]\ntext = { zh = "a", en = "b" }\nfirst_day = 2026-12-02\nlast_day = 2026-12-01\n',
            "4: last_day (2026-12-01) is before first_day (2026-12-02)",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(load: Load, ticket: str, told: str) -> None:
    (complaint,) = complaints(load, ticket)
    assert complaint.startswith(told)


def test_a_file_that_is_no_picture_is_told(load: Load, logo: Path) -> None:
    logo.write_text("<svg/>", encoding="utf-8")
    assert complaints(load, '[ticket]\n\nlogo = "logo.png"\n') == [
        "3: ticket.logo: logo.png is no picture: use PNG"
    ]


def test_a_logo_that_is_cut_short_is_told(load: Load, logo: Path) -> None:
    logo.write_bytes(logo.read_bytes()[:200])
    (complaint,) = complaints(load, '[ticket]\nlogo = "logo.png"\n')
    assert complaint.startswith("2: ticket.logo: logo.png cannot be read")


def test_a_logo_that_would_be_too_tall_is_told_with_a_width_that_fits(load: Load, logo: Path) -> None:
    Image.new("L", (300, 600), 0).save(logo)
    assert complaints(load, '[ticket]\nlogo = "logo.png"\n') == [
        "2: ticket.logo: logo.png would be 60 mm tall, the most is 30: set logo_width_mm = 15"
    ]
    Image.new("L", (30, 600), 0).save(logo)
    assert complaints(load, '[ticket]\nlogo = "logo.png"\n')[0].endswith("the most is 30: cut it")


def test_a_logo_of_too_many_bytes_or_dots_is_told(load: Load, logo: Path) -> None:
    Image.new("1", (5000, 5000), 0).save(logo)
    assert complaints(load, '[ticket]\nlogo = "logo.png"\n') == [
        "2: ticket.logo: logo.png has 5000 x 5000 dots: save it smaller"
    ]
    logo.write_bytes(bytes(2_000_001))
    assert complaints(load, '[ticket]\nlogo = "logo.png"\n') == [
        "2: ticket.logo: logo.png has more than 2 MB: save it smaller"
    ]


def test_a_logo_that_would_print_nothing_is_told(load: Load, logo: Path) -> None:
    Image.new("RGBA", (300, 100), (255, 255, 255, 255)).save(logo)
    (complaint,) = complaints(load, '[ticket]\nlogo = "logo.png"\n')
    assert "logo.png comes out white" in complaint
