"""Statements of the hot path: written with SQLAlchemy, compiled once, and sent by the driver's own cursor.

SQLAlchemy's own way through a statement (cache key, context, result object) costs several times what the driver needs,
and a hall's other commands wait meanwhile. Text, types and names of columns are SQLAlchemy's all the same; so are the
kinds of errors, and what listens to `before_cursor_execute` hears these statements too.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, cast

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError

from shared.store.engine import pipeline, raise_as_sqlalchemy

Processor = Callable[[Any], Any]
Values = Mapping[str, object]


class Prepared:
    """One statement. Its values are given by the names of its parameters, those of an INSERT by its columns.

    `on_postgresql` says the same in the way that PostgreSQL needs.
    """

    def __init__(
        self,
        statement: ClauseElement,
        columns: Iterable[str] | None = None,
        *,
        on_postgresql: ClauseElement | None = None,
    ) -> None:
        self._statement = statement
        self._on_postgresql = statement if on_postgresql is None else on_postgresql
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, Compiled] = {}

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """Send it and return its rows, named tuples of Python values."""
        try:
            compiled = self.on(connection)
            return compiled.fetched(compiled.send(connection, values))
        except connection.dialect.loaded_dbapi.Error as error:
            raise_as_sqlalchemy(connection, error)

    def row(self, connection: Connection, values: Values) -> Any:  # noqa: ANN401 - a named tuple of its own
        """Send it and return its only row, None without one."""
        rows = self.rows(connection, values)
        if len(rows) > 1:
            raise AssertionError(f"{len(rows)} rows answer what is true of one: {self._statement}")
        return rows[0] if rows else None

    def send(self, connection: Connection, values: Values) -> None:
        """Send it, without looking at what comes of it: in a pipeline that is told at its end."""
        try:
            self.on(connection).send(connection, values)
        except connection.dialect.loaded_dbapi.Error as error:
            raise_as_sqlalchemy(connection, error)

    def on(self, connection: Connection) -> Compiled:
        """The statement as the connection's engine understands it."""
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            postgresql = connection.dialect.name == "postgresql"
            statement = self._on_postgresql if postgresql else self._statement
            compiled = _compile(statement, connection.dialect, self._columns)
            self._compiled[connection.dialect.name] = compiled
        return compiled


class Question(NamedTuple):
    """A statement with its values."""

    statement: Prepared
    values: Values


def ask(connection: Connection, questions: Sequence[Question]) -> list[list[Any]]:
    """The rows of several statements, none of which depends on another's; on PostgreSQL one round trip for all."""
    if len(questions) == 1 or connection.dialect.name == "sqlite":
        return [statement.rows(connection, values) for statement, values in questions]
    sent: list[tuple[Compiled, Any]] = []
    _send(connection, questions, sent)
    return [compiled.fetched(cursor) for compiled, cursor in sent]


def ask_along(
    connection: Connection, first: Question, others: Sequence[Question]
) -> tuple[list[Any], list[list[Any]]]:
    """The rows of a statement, and on PostgreSQL in the same round trip those of others that run after it.

    Where the first finds nothing, nobody wants the others' rows, and what is wrong with them is not told.
    """
    if not others:
        return first.statement.rows(connection, first.values), []
    sent: list[tuple[Compiled, Any]] = []
    try:
        _send(connection, [first, *others], sent)
    except DBAPIError:
        answered = [compiled.fetched(cursor) for compiled, cursor in sent[:1] if cursor.pgresult is not None]
        if answered == [[]]:
            return [], []
        raise
    rows, *others_rows = [compiled.fetched(cursor) for compiled, cursor in sent]
    return rows, others_rows


def _send(connection: Connection, questions: Sequence[Question], sent: list[tuple[Compiled, Any]]) -> None:
    """Send questions in one pipeline, and keep each with its cursor."""
    try:
        with pipeline(connection):
            for statement, values in questions:
                compiled = statement.on(connection)
                sent.append((compiled, compiled.send(connection, values)))
    except connection.dialect.loaded_dbapi.Error as error:
        raise_as_sqlalchemy(connection, error)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement for one engine. `names` are those of positional parameters, None where the driver takes names.

    `in_order` puts values that are known by name into the places of the positional parameters.
    """

    text: str
    names: tuple[str, ...] | None
    in_order: Callable[[dict[str, Any]], tuple[Any, ...]]
    fixed: Values
    before: tuple[tuple[str, Processor], ...]
    row: Callable[[Iterable[Any]], Any]
    after: tuple[tuple[int, Processor], ...]

    def send(self, connection: Connection, values: Values) -> Any:  # noqa: ANN401 - a driver's own cursor
        """Send it; the cursor holds what comes of it."""
        filled: dict[str, Any] = {**self.fixed, **values}
        for name, processor in self.before:
            filled[name] = processor(filled[name])
        parameters: Any = filled if self.names is None else self.in_order(filled)
        driver: Any = connection.connection.driver_connection
        for listener in connection.engine.dispatch.before_cursor_execute:
            listener(connection, None, self.text, parameters, self, False)
        return driver.execute(self.text, parameters)

    def fetched(self, cursor: Any) -> list[Any]:  # noqa: ANN401 - a driver's own cursor
        """The rows that a cursor holds."""
        if not self.after:
            return [self.row(values) for values in cursor.fetchall()]
        rows = []
        for values in cursor.fetchall():
            made = list(values)
            for place, processor in self.after:
                made[place] = processor(made[place])
            rows.append(self.row(made))
        return rows


def _compile(statement: ClauseElement, dialect: Dialect, columns: list[str] | None) -> Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    before = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    answered: list[Any] = list(getattr(statement, "exported_columns", ()))
    row: Any = namedtuple("Row", [column.key for column in answered])  # type: ignore[misc]  # noqa: PYI024
    after = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in answered]
    names = tuple(compiled.positiontup) if compiled.positional else None
    return Compiled(
        text=str(compiled),
        names=names,
        in_order=_in_order(names or ()),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        before=tuple((name, processor) for name, processor in before.items() if processor is not None),
        row=row._make,
        after=tuple((place, processor) for place, processor in enumerate(after) if processor is not None),
    )


def _in_order(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    if len(names) < 2:
        return lambda filled: tuple(filled[name] for name in names)
    return cast("Callable[[dict[str, Any]], tuple[Any, ...]]", itemgetter(*names))
