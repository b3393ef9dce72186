"""Lines found in generated TOML agree with where they were written; each way to write a place is tried by name."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.hall.toml_lines import Place, line_of, toml_lines


def line_by_place(text: str) -> dict[Place, int]:
    """The lines of a text that must be TOML."""
    tomllib.loads(text)
    return toml_lines(text)


def test_keys_and_tables_have_the_lines_they_stand_on() -> None:
    text = 'id = "hall"\n\n# a comment = 1\n[ticket]  # paper\n  header = 1\n[ticket.footer]\nzh = 2\n'
    assert line_by_place(text) == {
        (): 1,
        ("id",): 1,
        ("ticket",): 4,
        ("ticket", "header"): 5,
        ("ticket", "footer"): 6,
        ("ticket", "footer", "zh"): 7,
    }


def test_tables_of_an_array_are_counted_also_within_each_other() -> None:
    text = "[[a]]\nk = 1\n[[a.b]]\nk = 2\n[[a.b]]\nk = 3\n[[ a ]]\n[a.c]\nk = 4\n[[a.b]]\nk = 5\n"
    lines = line_by_place(text)
    assert lines["a", 0, "k"] == 2
    assert lines["a", 0, "b", 0, "k"] == 4
    assert lines["a", 0, "b", 1, "k"] == 6
    assert lines["a", 1] == 7
    assert lines["a", 1, "c", "k"] == 9
    assert lines["a", 1, "b", 0, "k"] == 11


@pytest.mark.parametrize(
    "value",
    [
        '"""\nx = 2\n[t]\n"""',
        "'''\nx = 2\n[t]\n'''",
        '"""ends in quotes\n""""',
        '"""ends in two\n"""""',
        '"""an escaped one \\"""\n[t]\n"""',
        '"""\\\n  folded \\\n  [t]"""',
        "'''it's\n''it'''",
        "[\n  1, # ]\n  2,\n]",
        '[\n  "]", \'[\',\n  ["""\n]"""],\n]',
        '"[" # ]',
        "'{\"'",
        '"\\"["',
        '"\\\\"',
        "{ a = [1,\n 2], b = '}' }",
        '""',
        "''",
        '""""""',
        '"a # b"',
        '"\u2028"',
        '"""\x85\u2029\n"""',
    ],
)
def test_whatever_a_value_holds_the_next_key_has_its_own_line(value: str) -> None:
    lines = line_by_place(f"first = {value}\nnext = 1\n[table]\nlast = 2\n")
    after = value.count("\n") + 2
    assert lines == {
        (): 1,
        ("first",): 1,
        ("next",): after,
        ("table",): after + 1,
        ("table", "last"): after + 2,
    }


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("bare-key_1", "bare-key_1"),
        ('"in quotes"', "in quotes"),
        ("'literal'", "literal"),
        ('"a.b"', "a.b"),
        ('"a]b"', "a]b"),
        ('"a=b#"', "a=b#"),
        (r'"say \"hi\""', 'say "hi"'),
        (r'"\u53F7"', "号"),
        ('"\'"', "'"),
        ('""', ""),
    ],
)
def test_every_way_to_write_a_key(written: str, key: str) -> None:
    assert line_by_place(f"\n{written} = 1\n")[(key,)] == 2
    assert line_by_place(f"\n[{written}]\n")[(key,)] == 2
    assert line_by_place(f"\n[[ {written} ]] # one\n")[key, 0] == 2
    assert line_by_place(f"\n{written} . inner = 1\n")[key, "inner"] == 2
    assert line_by_place(f"\n[outer.{written}]\n")["outer", key] == 2


def test_a_dotted_key_gives_its_line_to_what_it_stands_in() -> None:
    lines = line_by_place('\nname.zh = "厅"\nname.en = "Hall"\n')
    assert (lines[("name",)], lines["name", "zh"], lines["name", "en"]) == (2, 2, 3)


def test_windows_line_ends_count_once() -> None:
    assert line_by_place("a = 1\r\nb = '''\r\n'''\r\nc = 2\r\n")[("c",)] == 4


def test_a_value_without_a_line_has_that_of_what_is_around_it() -> None:
    lines = line_by_place("\n[[service]]\nname = { zh = 1 }\n")
    assert line_of(lines, ("service", 0, "name", "zh")) == 3
    assert line_of(lines, ("service", 0, "prefix")) == 2
    assert line_of(lines, ("counter", 5, "number")) == 1


# -- generated documents ---------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab \"'[]{}#=,.\\号\u2028"), max_size=8)
NAMES = st.text(st.sampled_from("ab.\"'] 号#="), max_size=4)


def basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@st.composite
def multiline_texts(draw: st.DrawFn) -> str:
    lines = draw(st.lists(TEXTS, min_size=1, max_size=3))
    return '"""' + "\n".join(basic(line)[1:-1] for line in lines) + '"""'


@st.composite
def multiline_literals(draw: st.DrawFn) -> str:
    lines = draw(st.lists(TEXTS.map(lambda text: text.replace("'", "")), min_size=1, max_size=3))
    return "'''" + "\n".join(lines) + "'''"


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    breaks = st.sampled_from(["", " ", "\n", " # ] ' \" [\n", "\n\n"])
    items = draw(st.lists(values, max_size=3))
    return "[" + "".join(f"{draw(breaks)}{item}{draw(breaks)}," for item in items) + draw(breaks) + "]"


def inline_table(items: list[str]) -> str:
    return "{ " + ", ".join(f"k{place} = {item}" for place, item in enumerate(items)) + " }"


SCALARS = st.one_of(
    st.sampled_from(["1", "true", "1.5", "08:30:00", "2027-01-01"]),
    TEXTS.map(basic),
    TEXTS.map(lambda text: "'" + text.replace("'", "") + "'"),
    multiline_texts(),
    multiline_literals(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(arrays(inner), st.lists(inner, max_size=2).map(inline_table)),
    max_leaves=5,
)


@dataclass
class Written:
    """A TOML text as it grows, and where each thing was put."""

    text: str = ""
    lines: dict[Place, int] = field(default_factory=dict)

    def add(self, place: Place, text: str) -> None:
        self.lines[place] = self.text.count("\n") + 1
        self.text += text + "\n"


@st.composite
def documents(draw: st.DrawFn) -> Written:
    written = Written()
    indents = st.sampled_from(["", " ", "\t"])
    endings = st.sampled_from(["", " # [x] = 1", "\n", "\n# y = ['\n"])

    def add_keys(table: Place) -> None:
        for key in draw(st.lists(NAMES, max_size=3, unique=True)):
            line = f"{draw(indents)}{basic(key)} = {draw(VALUES)}{draw(endings)}"
            written.add((*table, f"{key}"), line)

    add_keys(())
    for number, name in enumerate(draw(st.lists(NAMES, max_size=3, unique=True))):
        # The names of keys and tables must not collide: a number in front makes them differ.
        table = f"{number}t{name}"
        if draw(st.booleans()):
            written.add((table,), f"{draw(indents)}[{basic(table)}]{draw(endings)}")
            add_keys((table,))
            continue
        for place in range(draw(st.integers(1, 3))):
            written.add((table, place), f"[[ {basic(table)} ]]{draw(endings)}")
            add_keys((table, place))
            if draw(st.booleans()):
                written.add((table, place, "in-it"), f"{draw(indents)}[{basic(table)}.in-it]{draw(endings)}")
                add_keys((table, place, "in-it"))
    return written


def step(values: Any, part: str | int) -> Any:
    return values[part]


@given(documents())
def test_lines_found_are_lines_written(written: Written) -> None:
    values = tomllib.loads(written.text)
    found = toml_lines(written.text)
    for place, line in written.lines.items():
        reduce(step, place, values)
        assert found[place] == line
    more = set(found) - set(written.lines)
    assert all(place == () or any(known[: len(place)] == place for known in written.lines) for place in more)
