"""A store of every earlier revision comes up to date with all it holds, whoever brings it there, and how many do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Date, DateTime, Engine, Integer, MetaData, Table, text

from shared.domain.clock import ManualClock
from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, open_hall
from shared.store.engine import make_engine, reading, writing
from shared.store.schema import NEWEST, require_schema, revisions, upgrade
from tools.testing.halls import NINE
from tools.testing.patience import PATIENCE_S

SAMPLES = Path(__file__).parents[2] / "data" / "stores"
ALL = list(reversed(revisions()))

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def sample_for(revision: str) -> tuple[str, str]:
    """The newest sample that is not younger than a revision: its own revision, and its rows as SQL."""
    known = max(path.stem for path in SAMPLES.glob("*.sql") if path.stem <= revision)
    return known, (SAMPLES / f"{known}.sql").read_text(encoding="utf-8")


def tables_of(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def rows_of(connection: Connection) -> Rows:
    return {
        table.name: [dict(row._mapping) for row in connection.execute(table.select())]
        for table in tables_of(connection)
    }


def insert_sample(connection: Connection, sample: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))
    for line in sample.splitlines():
        # Not `text`: a colon in a document is no parameter.
        connection.exec_driver_sql(
            line.replace("%", "%%") if connection.dialect.name == "postgresql" else line
        )


def fill_empty_tables(connection: Connection) -> None:
    """One row in each table that came after the sample, so that a later revision has something to lose there."""
    for table in tables_of(connection):
        if connection.execute(table.select().limit(1)).first() is None:
            connection.execute(table.insert().values(any_row(connection, table)))


def any_row(connection: Connection, table: Table) -> dict[str, object]:
    values: dict[str, object] = {
        column.name: any_value(column.type) for column in table.columns if not column.nullable
    }
    for foreign in table.foreign_key_constraints:
        parent = connection.execute(foreign.referred_table.select().limit(1)).one()
        for element in foreign.elements:
            values[element.parent.name] = parent._mapping[element.column.name]
    return values


def any_value(kind: object) -> object:
    """A value of a column's type; where a check allows only some, a sample of that revision has to be made."""
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, DateTime):
        return datetime(2026, 11, 23, 1, tzinfo=UTC if kind.timezone else None)
    return date(2026, 11, 23) if isinstance(kind, Date) else "x"


def assert_nothing_lost(before: Rows, after: Rows) -> None:
    """Every row is there, with the value of every column that is still there."""
    for table, rows in before.items():
        names = [name for name in rows[0] if name in after[table][0]]
        assert as_text(rows, names) == as_text(after[table], names), table


def as_text(rows: list[dict[str, Any]], names: list[str]) -> list[list[str]]:
    return sorted([str(row[name]) for name in names] for row in rows)


@pytest.mark.parametrize("revision", ALL)
def test_a_store_of_an_earlier_revision_comes_up_to_date_with_all_it_holds(
    engine: Engine, empty_database_url: str, revision: str
) -> None:
    known, sample = sample_for(revision)
    upgrade(engine, known)
    with writing(engine) as connection:
        insert_sample(connection, sample)
    upgrade(engine, revision)
    with writing(engine) as connection:
        fill_empty_tables(connection)
        before = rows_of(connection)
    assert all(before.values())
    upgrade(engine)
    require_schema(engine)
    with reading(engine) as connection:
        assert_nothing_lost(before, rows_of(connection))
    with open_hall(empty_database_url, clock=ManualClock(NINE)) as hall:
        report = hall.verify()
        assert report.differences == ()
        assert report.tickets == len(before["ticket"]) > 0


def test_the_hall_of_the_first_revision_goes_on_working(engine: Engine, empty_database_url: str) -> None:
    upgrade(engine, ALL[0])
    with writing(engine) as connection:
        insert_sample(connection, sample_for(ALL[0])[1])
    upgrade(engine)
    clock = ManualClock(datetime(2026, 11, 24, 1, 20, tzinfo=UTC))
    with open_hall(empty_database_url, clock=clock) as hall:
        assert hall.log_in(2, "1001", "2468").name == "王芳"
        again = hall.issue("payment", request_id="next-1")
        assert (again.number, again.quote_minutes) == ("B001", hall.ticket("20261124-B001").quote_minutes)
        assert hall.issue("payment").number == "B002"
        called = hall.call_next(1)
        assert called is not None
        assert called.number == "B001"
        assert hall.ticket("20261123-B005").issued_at == datetime(2026, 11, 23, 1, 1, tzinfo=UTC)
        assert hall.verify().differences == ()


def bring_up_to_date(database_url: str, together: Barrier) -> None:
    """One of several programs that start at the same moment after an update."""
    engine = make_engine(database_url)
    together.wait(PATIENCE_S)
    upgrade(engine)
    require_schema(engine)
    engine.dispose()


def test_processes_that_start_together_upgrade_once(engine: Engine, empty_database_url: str) -> None:
    upgrade(engine, ALL[0])
    with writing(engine) as connection:
        insert_sample(connection, sample_for(ALL[0])[1])
        before = rows_of(connection)
    starters = 2
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(starters)
    programs = [
        spawn.Process(target=bring_up_to_date, args=(empty_database_url, together)) for _ in range(starters)
    ]
    for program in programs:
        program.start()
    for program in programs:
        program.join(PATIENCE_S)
    assert [program.exitcode for program in programs] == [0] * starters
    with reading(engine) as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        assert_nothing_lost(before, rows_of(connection))
    assert found == [NEWEST]


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a schema would be neither the old one nor the new one."""
    upgrade(engine, ALL[0])
    with writing(engine) as connection:
        insert_sample(connection, sample_for(ALL[0])[1])
        before = rows_of(connection)
    from alembic import op

    def fail(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(op, "create_table", fail)
    with pytest.raises(ZeroDivisionError):
        upgrade(engine)
    monkeypatch.undo()
    with reading(engine) as connection:
        assert rows_of(connection) == before
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == ALL[0]
    upgrade(engine)
    require_schema(engine)


COMMANDS: dict[str, Callable[[Hall], object]] = {
    "issue": lambda hall: hall.issue("payment", request_id="tap"),
    "call": lambda hall: hall.call_next(1),
    "recall": lambda hall: hall.recall(2),
    "open": lambda hall: hall.open_counter(3),
}
# What a newer schema may have done to what a command asks about the day.
RENAMED = {"issue": ("series", "last_ordinal"), "call": ("counter", "since"), "recall": ("counter", "since")}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_program_that_runs_on_while_the_schema_gets_newer_stops_writing(hall: Hall, name: str) -> None:
    """Another machine was updated first, and `jiaohao init` was run there."""
    hall.issue("payment")
    hall.issue("payment")
    hall.call_next(2)
    engine = hall._engine
    before = hall.snapshot().seq
    table, column = RENAMED.get(name, ("hall_day", "numbers_skipped"))
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text(f"ALTER TABLE {table} RENAME COLUMN {column} TO newer"))
    with pytest.raises(StoreUnavailable, match="update the programs") as fault:
        COMMANDS[name](hall)
    assert fault.value.cause == "newer_schema"
    with writing(engine) as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME COLUMN newer TO {column}"))
    assert hall.snapshot().seq == before
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{NEWEST}'"))
    COMMANDS[name](hall)
    assert hall.snapshot().seq > before
