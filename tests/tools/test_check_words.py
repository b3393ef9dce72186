from __future__ import annotations

import ast

import pytest

from tools.check_words import (
    Use,
    compare_languages,
    python_mentions,
    python_uses,
    qml_complaints,
    qml_uses,
    unused,
    wrong_uses,
)
from tools.sources import ROOT

NOTHING: frozenset[str] = frozenset()
PEOPLE = frozenset({"people"})
PAGE = ROOT / "kiosk" / "page"


def uses_in_python(source: str) -> list[Use]:
    return list(python_uses(ast.parse(source), PAGE))


@pytest.mark.parametrize(
    ("english", "complaint"),
    [
        ({"kiosk-people": PEOPLE}, "en/kiosk.ftl: kiosk-title is missing"),
        (
            {"kiosk-people": PEOPLE, "kiosk-title": NOTHING, "kiosk-old": NOTHING},
            "zh/kiosk.ftl: kiosk-old is missing",
        ),
        (
            {"kiosk-people": NOTHING, "kiosk-title": NOTHING},
            "kiosk.ftl: kiosk-people needs people in zh, no values in en",
        ),
    ],
)
def test_languages_that_differ_are_named(english: dict[str, frozenset[str]], complaint: str) -> None:
    chinese = {"kiosk": {"kiosk-people": PEOPLE, "kiosk-title": NOTHING}}
    assert list(compare_languages(chinese, {"kiosk": english})) == [complaint]


def test_an_id_in_two_rooms_is_named() -> None:
    both = {"kiosk": {"common-back": NOTHING}, "common": {"common-back": NOTHING}}
    assert list(compare_languages(both, both)) == ["zh: common-back stands in two rooms"]


@pytest.mark.parametrize(
    ("source", "use"),
    [
        ("words.say('kiosk-title')", Use("kiosk-title", "kiosk/page:1", NOTHING)),
        ("self._words.say('kiosk-people', people=3)", Use("kiosk-people", "kiosk/page:1", PEOPLE)),
        ("words.say('kiosk-people', **values)", Use("kiosk-people", "kiosk/page:1", None)),
        ("words.say(f'state-{state}')", Use("state-*", "kiosk/page:1", NOTHING)),
        ("words.say(f'{room}-quote-soon')", Use("*-quote-soon", "kiosk/page:1", NOTHING)),
    ],
)
def test_say_names_an_id_and_its_values(source: str, use: Use) -> None:
    assert uses_in_python(source) == [use]


def test_say_with_a_choice_names_both_ids() -> None:
    uses = uses_in_python("words.say('kiosk-open' if is_open else 'kiosk-closed')")
    assert [use.text_id for use in uses] == ["kiosk-open", "kiosk-closed"]


def test_qml_names_ids_in_brackets() -> None:
    source = "Text {\n  text: words[\"kiosk-title\"]\n  b: root.words['state-' + state]\n  c: words[`priority-${x}`]\n}"
    assert list(qml_uses(source, PAGE)) == [
        Use("kiosk-title", "kiosk/page:2"),
        Use("state-*", "kiosk/page:3"),
        Use("priority-*", "kiosk/page:4"),
    ]


def test_qml_must_not_ask_for_texts_in_other_ways() -> None:
    complaints = list(qml_complaints('a: words.title\nb: qsTr("Title")', PAGE))
    assert [complaint.partition(" — ")[0] for complaint in complaints] == [
        "kiosk/page:1: words.title",
        "kiosk/page:2: qsTr",
    ]


@pytest.mark.parametrize(
    ("use", "complaint"),
    [
        (Use("kiosk-gone", "a.py:1"), "a.py:1: there is no text 'kiosk-gone'"),
        (Use("kiosk-people", "a.py:1", NOTHING), "a.py:1: kiosk-people needs people, gets no values"),
        (Use("state-*", "a.py:1"), "a.py:1: 'state-*' names no family of ids"),
        (Use("kiosk-*", "a.py:1"), "a.py:1: 'kiosk-*' names no family of ids"),
    ],
)
def test_a_wrong_use_is_named(use: Use, complaint: str) -> None:
    assert list(wrong_uses([use], {"kiosk-people": PEOPLE}, {"kiosk"})) == [complaint]


@pytest.mark.parametrize(
    "use",
    [
        Use("kiosk-people", "a.py:1", PEOPLE),
        Use("kiosk-people", "a.py:1", None),
        Use("*-people", "a.py:1"),
    ],
)
def test_a_right_use_is_not_named(use: Use) -> None:
    assert list(wrong_uses([use], {"kiosk-people": PEOPLE}, {"kiosk"})) == []


def test_an_id_that_nothing_names_is_named() -> None:
    needs = dict.fromkeys(["kiosk-said", "kiosk-listed", "state-held", "kiosk-forgotten"], NOTHING)
    uses = [Use("kiosk-said", ""), Use("state-*", ""), Use("kiosk-*", ""), Use("*", "")]
    uses += python_mentions(ast.parse("TEXTS = {1: 'kiosk-listed'}"), PAGE)
    assert list(unused(needs, uses, {"kiosk"})) == ["zh: nothing uses kiosk-forgotten"]


def test_an_f_string_anywhere_names_a_family() -> None:
    uses = list(python_mentions(ast.parse("text_id = f'state-{state}'"), PAGE))
    assert list(unused({"state-held": NOTHING}, uses, {"kiosk"})) == []
