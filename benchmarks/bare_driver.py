"""The same statements as the hall's, through the bare driver: the speed that the database itself allows.

The statements are recorded from a real command, so that they are the same ones whatever becomes of the command. What
changes from one command to the next (numbers, `seq`, request id) is put in by the name of the parameter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from sqlalchemy import event, make_url

from shared.domain.numbering import ticket_number
from shared.domain.ticket import AT_COUNTER
from shared.hall import Hall
from shared.store.prepared import Compiled

Row = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A recorded statement; `names` are those of its positional parameters, None where they are given by name."""

    text: str
    names: tuple[str, ...] | None
    values: Values

    @property
    def answers(self) -> bool:
        """Whether a command needs this statement's rows."""
        return "RETURNING" in self.text or (self.text.startswith("SELECT") and not self.tells_screens)

    @property
    def tells_screens(self) -> bool:
        """Whether this is what the hall sends behind its COMMIT: a transaction of its own that waits for no disk."""
        return "pg_notify" in self.text

    def filled(self, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a driver's own kinds
        """The parameters, with the known values in the place of the recorded ones."""
        values = {name: known.get(name, value) for name, value in self.values.items()}
        return values if self.names is None else tuple(values[name] for name in self.names)


def record(hall: Hall, command: Callable[[], object]) -> list[Statement]:
    """The statements that a command sends, in order."""
    sent: list[Statement] = []

    def note(_connection: object, _cursor: object, text: str, *rest: Any) -> None:  # noqa: ANN401
        parameters, prepared, _many = rest
        if isinstance(prepared, Compiled):
            names = prepared.names
            values = dict(parameters) if names is None else dict(zip(names, parameters, strict=True))
            sent.append(Statement(text, names, values))

    engine = hall._engine  # noqa: SLF001 - the public interface has no way to listen to the driver
    event.listen(engine, "before_cursor_execute", note)
    command()
    event.remove(engine, "before_cursor_execute", note)
    return sent


class Driver(Protocol):
    """A bare connection."""

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        ...

    def ask(self, statements: list[Statement], known: Mapping[str, Any]) -> list[list[Row]]:
        """The rows of several statements, none of which depends on another's."""
        ...

    def command(self) -> Any:  # noqa: ANN401 - a context
        """A transaction that writes."""
        ...

    def end(self, writes: list[tuple[Statement, Values]]) -> None:
        """Send the last writes together with the COMMIT, where the engine can."""
        ...


class SqliteDriver:
    """The `sqlite3` of the standard library, set as the hall sets it."""

    def __init__(self, path: str) -> None:
        # It has no turns to take: under eight of them one may wait long.
        self._connection = sqlite3.connect(path, timeout=120, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        cursor = self._connection.execute(statement.text, statement.filled(known))
        return cursor.fetchall() if statement.answers else []

    def ask(self, statements: list[Statement], known: Mapping[str, Any]) -> list[list[Row]]:
        """The rows of several statements, one after the other."""
        return [self.run(statement, known) for statement in statements]

    @contextmanager
    def command(self) -> Iterator[None]:
        """A transaction that writes."""
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")

    def end(self, writes: list[tuple[Statement, Values]]) -> None:
        """Send the last writes one after the other; SQLite has no way to go."""
        for statement, known in writes:
            self.run(statement, known)


class PostgresDriver:
    """`psycopg`, with the last writes and the COMMIT in one pipeline."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url.replace("+psycopg", ""))

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        cursor = self._connection.execute(statement.text.encode(), statement.filled(known))
        return cursor.fetchall() if statement.answers else []

    def ask(self, statements: list[Statement], known: Mapping[str, Any]) -> list[list[Row]]:
        """The rows of several statements, in one round trip."""
        with self._connection.pipeline():
            cursors = [self._connection.execute(one.text.encode(), one.filled(known)) for one in statements]
        return [cursor.fetchall() for cursor in cursors]

    def command(self) -> nullcontext[None]:
        """The driver begins by itself."""
        return nullcontext()

    def end(self, writes: list[tuple[Statement, Values]]) -> None:
        """Send the last writes, the COMMIT, and what tells the screens behind it, in one pipeline."""
        with self._connection.pipeline():
            for behind in (False, True):
                for statement, known in writes:
                    if statement.tells_screens is behind:
                        self.run(statement, known)
                if not behind:
                    self._connection.execute("COMMIT")


def bare_driver(database_url: str) -> Driver:
    """The driver below a hall's database."""
    if database_url.startswith("sqlite"):
        return SqliteDriver(str(make_url(database_url).database))
    return PostgresDriver(database_url)


def issue(driver: Driver, statements: list[Statement], prefix: str) -> None:
    """Issue a ticket by the recorded statements of `Hall.issue`."""
    known: Values = {"request_id": uuid4().hex}
    with driver.command():
        for question, rows in _take_day(driver, statements, known, ("seq", "rank_seq", "command")):
            if "last_ordinal" in question.text:
                ordinal = (rows[0][-1] or 0) + 1
                known |= dict.fromkeys(("ordinal", "last_ordinal"), ordinal)
                known |= dict.fromkeys(("number", "ticket"), ticket_number(prefix, ordinal))
        driver.end([(one, known) for one in statements if not one.answers])


def call_next(driver: Driver, statements: list[Statement]) -> None:
    """End a service and call the next ticket by the recorded statements of `Hall.call_next`."""
    known: Values = {"request_id": uuid4().hex}
    numbers = ["", ""]
    with driver.command():
        for question, rows in _take_day(driver, statements, known, ("command",)):
            if "UNION ALL" in question.text:
                here = next(row[0] for row in rows if row[3] in AT_COUNTER)
                numbers = [here, next(row[0] for row in rows if row[3] not in AT_COUNTER)]
        seq = known["command"]
        known |= dict.fromkeys(("called_seq", "new_seq"), seq + 1)
        tickets, events = iter(numbers), enumerate(numbers, seq)
        writes = []
        for statement in (one for one in statements if not one.answers):
            own = dict(known)
            if statement.text.startswith("UPDATE ticket"):
                own["of_number"] = next(tickets)
            elif statement.text.startswith("INSERT INTO event"):
                own["seq"], own["ticket"] = next(events)
            writes.append((statement, own))
        driver.end(writes)


def _take_day(
    driver: Driver, statements: list[Statement], known: Values, names: tuple[str, ...]
) -> list[tuple[Statement, list[Row]]]:
    """Take the day and claim the request; the `seq` becomes known by these names. Returns questions and rows."""
    taking, *questions = [one for one in statements if one.answers]
    claims = questions[0].text.startswith("INSERT INTO request")
    # Where the request is claimed by a statement of its own, nothing can be asked before the `seq` is known.
    [[taken], *answers] = driver.ask([taking] if claims else [taking, *questions], known)
    known |= dict.fromkeys(names, taken[0])
    if claims:
        driver.run(questions.pop(0), known)
        answers = driver.ask(questions, known)
    return list(zip(questions, answers, strict=True))
