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
        return "RETURNING" in self.text or (self.text.startswith("SELECT") and "pg_notify" not in self.text)

    def filled(self, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a driver's own kinds
        """The parameters, with the known values in the place of the recorded ones."""
        values = {name: known.get(name, value) for name, value in self.values.items()}
        return values if self.names is None else tuple(values[name] for name in self.names)


def record(hall: Hall, command: Callable[[], object]) -> list[Statement]:
    """The statements that a command sends, in order; one for each row that is written."""
    sent: list[Statement] = []

    def note(_connection: object, _cursor: object, text: str, *rest: Any) -> None:  # noqa: ANN401
        parameters, context, many = rest
        if context is None or context.compiled is None:
            return
        names = _positions(context)
        for row in parameters if many else [parameters]:
            values = dict(row) if names is None else dict(zip(names, row, strict=True))
            sent.append(Statement(text, names, values))

    engine = hall._engine  # noqa: SLF001 - the public interface has no way to listen to the driver
    event.listen(engine, "before_cursor_execute", note)
    command()
    event.remove(engine, "before_cursor_execute", note)
    return sent


def _positions(context: Any) -> tuple[str, ...] | None:  # noqa: ANN401 - SQLAlchemy's own
    if not context.compiled.positional:
        return None
    compiled = context.compiled
    # A few parameters stand in the text itself, and `IN` takes one for each of its values.
    written_out = {compiled.bind_names[one] for one in compiled.literal_execute_params}
    expanded = context._expanded_parameters  # noqa: SLF001
    names = (name for name in compiled.positiontup if name not in written_out)
    return tuple(part for name in names for part in expanded.get(name, (name,)))


class Driver(Protocol):
    """A bare connection."""

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        ...

    def command(self) -> Any:  # noqa: ANN401 - a context
        """A transaction that writes."""
        ...

    def last_writes(self) -> Any:  # noqa: ANN401 - a context
        """What is sent together with the COMMIT, where the engine can."""
        ...


class SqliteDriver:
    """The `sqlite3` of the standard library, set as the hall sets it."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        cursor = self._connection.execute(statement.text, statement.filled(known))
        return cursor.fetchall() if statement.answers else []

    @contextmanager
    def command(self) -> Iterator[None]:
        """A transaction that writes."""
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")

    def last_writes(self) -> nullcontext[None]:
        """SQLite has no way to go."""
        return nullcontext()


class PostgresDriver:
    """`psycopg`, with the last writes and the COMMIT in one pipeline."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url.replace("+psycopg", ""))

    def run(self, statement: Statement, known: Mapping[str, Any]) -> list[Row]:
        """Send a statement and return its rows, if a command needs them."""
        cursor = self._connection.execute(statement.text.encode(), statement.filled(known))
        return cursor.fetchall() if statement.answers else []

    def command(self) -> nullcontext[None]:
        """The driver begins by itself."""
        return nullcontext()

    @contextmanager
    def last_writes(self) -> Iterator[None]:
        """One pipeline with the COMMIT at its end."""
        with self._connection.pipeline():
            yield
            self._connection.commit()


def bare_driver(database_url: str) -> Driver:
    """The driver below a hall's database."""
    if database_url.startswith("sqlite"):
        return SqliteDriver(str(make_url(database_url).database))
    return PostgresDriver(database_url)


def issue(driver: Driver, statements: list[Statement], prefix: str) -> None:
    """Issue a ticket by the recorded statements of `Hall.issue`."""
    known: Values = {"request_id": uuid4().hex}
    with driver.command():
        for statement in (one for one in statements if one.answers):
            rows = driver.run(statement, known)
            if "UPDATE hall_day" in statement.text:
                known |= dict.fromkeys(("seq", "rank_seq", "command"), rows[0][0])
            elif "last_ordinal" in statement.text:
                ordinal = (rows[0][3] or 0) + 1
                known |= dict.fromkeys(("ordinal", "last_ordinal"), ordinal)
                known |= dict.fromkeys(("number", "ticket"), ticket_number(prefix, ordinal))
        with driver.last_writes():
            for statement in (one for one in statements if not one.answers):
                driver.run(statement, known)


def call_next(driver: Driver, statements: list[Statement]) -> None:
    """End a service and call the next ticket by the recorded statements of `Hall.call_next`."""
    known: Values = {"request_id": uuid4().hex}
    seq, numbers = 0, ["", ""]
    with driver.command():
        for statement in (one for one in statements if one.answers):
            rows = driver.run(statement, known)
            if "UPDATE hall_day" in statement.text:
                seq = rows[0][0]
                known["command"] = seq
            elif "UNION ALL" in statement.text:
                here = next(row[0] for row in rows if row[3] in AT_COUNTER)
                numbers = [here, next(row[0] for row in rows if row[3] not in AT_COUNTER)]
        known |= dict.fromkeys(("called_seq", "new_seq"), seq + 1)
        tickets, events = iter(numbers), enumerate(numbers, seq)
        with driver.last_writes():
            for statement in (one for one in statements if not one.answers):
                own = dict(known)
                if statement.text.startswith("UPDATE ticket"):
                    own["of_number"] = next(tickets)
                elif statement.text.startswith("INSERT INTO event"):
                    own["seq"], own["ticket"] = next(events)
                driver.run(statement, own)
