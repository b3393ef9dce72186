from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from shared.domain.errors import StoreUnavailable
from shared.store.engine import make_engine, reading, writing
from shared.store.schema import NEWEST, require_schema, revisions, upgrade
from shared.store.tables import metadata
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_database_url)
    yield engine
    engine.dispose()


def of_engine(engine: Engine) -> Callable[..., bool]:
    """Tells what is meant for this engine: `compare_metadata` knows nothing of `ddl_if`."""

    def include(item: Any, *_names: object) -> bool:
        only = getattr(item, "_ddl_if", None)
        return only is None or only.dialect == engine.dialect.name

    return include


def test_migrations_equal_the_tables(engine: Engine) -> None:
    upgrade(engine)
    with reading(engine) as connection:
        opts = {"compare_type": True, "include_object": of_engine(engine)}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def conditions_of(engine: Engine) -> dict[str, object]:
    """What `compare_metadata` does not look at: checks, and the conditions of partial indexes."""
    found: dict[str, object] = {}
    inspector = inspect(engine)
    for table in metadata.tables:
        found[table] = sorted(str(check["name"]) for check in inspector.get_check_constraints(table))
        for index in inspector.get_indexes(table):
            where = index.get("dialect_options", {}).get(f"{engine.dialect.name}_where")
            found[str(index["name"])] = (index["column_names"], bool(index["unique"]), str(where))
    return found


def test_checks_and_partial_indexes_are_those_of_the_tables_too(
    new_empty_database: Callable[[], str],
) -> None:
    migrated, made = make_engine(new_empty_database()), make_engine(new_empty_database())
    upgrade(migrated)
    with writing(made) as connection:
        metadata.create_all(connection)
    assert conditions_of(migrated) == conditions_of(made)
    migrated.dispose()
    made.dispose()


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    tables = inspect(engine).get_table_names()
    upgrade(engine)
    require_schema(engine)
    assert inspect(engine).get_table_names() == tables


def test_programs_that_start_at_once_both_find_the_schema(empty_database_url: str) -> None:
    starters = 4
    together = Barrier(starters)

    def start(_number: int) -> None:
        engine = make_engine(empty_database_url)
        together.wait(PATIENCE_S)
        try:
            upgrade(engine)
            require_schema(engine)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(starters) as pool:
        assert list(pool.map(start, range(starters))) == [None] * starters


def test_a_store_without_a_schema_says_what_to_do(engine: Engine) -> None:
    with pytest.raises(StoreUnavailable, match="jiaohao init") as fault:
        require_schema(engine)
    assert fault.value.cause == "no_schema"


@pytest.mark.parametrize("opened_with", [upgrade, require_schema])
def test_a_newer_schema_is_refused_and_left_alone(
    engine: Engine, opened_with: Callable[[Engine], None]
) -> None:
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="update the programs") as fault:
        opened_with(engine)
    assert fault.value.cause == "newer_schema"
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_there_is_one_newest_revision() -> None:
    assert revisions()[0] == NEWEST


def test_every_key_begins_with_the_hall(engine: Engine) -> None:
    upgrade(engine)
    inspector = inspect(engine)
    leading: dict[str, str] = {}
    for table in metadata.tables:
        leading[f"{table} primary key"] = inspector.get_pk_constraint(table)["constrained_columns"][0]
        for unique in inspector.get_unique_constraints(table):
            leading[f"{table} {unique['name']}"] = unique["column_names"][0]
        for index in inspector.get_indexes(table):
            leading[f"{table} {index['name']}"] = str(index["column_names"][0])
        for foreign in inspector.get_foreign_keys(table):
            leading[f"{table} to {foreign['referred_table']}"] = foreign["constrained_columns"][0]
            leading[f"{table} in {foreign['referred_table']}"] = foreign["referred_columns"][0]
    assert len(leading) > 3 * len(metadata.tables)
    assert {name: column for name, column in leading.items() if column != "hall_id"} == {}
