from __future__ import annotations

import ast

import pytest

from tools.check_words import (
    Use,
    compare_languages,
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
    ("source", "text_id", "values", "is_beginning"),
    [
        ("words.say('kiosk-title')", "kiosk-title", NOTHING, False),
        ("self._words.say('kiosk-people', people=3)", "kiosk-people", PEOPLE, False),
        ("words.say('kiosk-people', **values)", "kiosk-people", None, False),
        ("words.say(f'state-{state}')", "state-", NOTHING, True),
    ],
)
def test_say_names_an_id_and_its_values(
    source: str, text_id: str, values: frozenset[str] | None, is_beginning: bool
) -> None:
    assert uses_in_python(source) == [Use(text_id, "kiosk/page:1", values, is_beginning)]


def test_say_with_a_choice_names_both_ids() -> None:
    uses = uses_in_python("words.say('kiosk-open' if is_open else 'kiosk-closed')")
    assert [use.text_id for use in uses] == ["kiosk-open", "kiosk-closed"]


def test_qml_names_ids_in_brackets() -> None:
    source = "Text {\n  text: words[\"kiosk-title\"]\n  b: root.words['state-' + state]\n  c: words[`priority-${x}`]\n}"
    assert list(qml_uses(source, PAGE)) == [
        Use("kiosk-title", "kiosk/page:2"),
        Use("state-", "kiosk/page:3", is_beginning=True),
        Use("priority-", "kiosk/page:4", is_beginning=True),
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
        (
            Use("kiosk-", "a.py:1", is_beginning=True),
            "a.py:1: an id beginning with 'kiosk-' is built here; list that in pyproject.toml",
        ),
    ],
)
def test_a_wrong_use_is_named(use: Use, complaint: str) -> None:
    assert list(wrong_uses([use], {"kiosk-people": PEOPLE}, ("state-",))) == [complaint]


@pytest.mark.parametrize("values", [PEOPLE, None])
def test_a_right_use_is_not_named(values: frozenset[str] | None) -> None:
    assert list(wrong_uses([Use("kiosk-people", "a.py:1", values)], {"kiosk-people": PEOPLE}, ())) == []


def test_an_id_that_nothing_names_is_named() -> None:
    needs = {
        "kiosk-said": NOTHING,
        "kiosk-in-a-table": NOTHING,
        "state-held": NOTHING,
        "kiosk-forgotten": NOTHING,
    }
    complaints = unused(needs, [Use("kiosk-said", "a.py:1")], {"kiosk-in-a-table"}, ("state-", "size-"))
    assert list(complaints) == [
        "zh: nothing uses kiosk-forgotten",
        "pyproject.toml: no id begins with 'size-'",
    ]
