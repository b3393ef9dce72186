from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy

from shared.store.engine import make_engine
from shared.store.plans import hall_ids
from shared.store.schema import require_schema
from shared.store.tables import metadata

if TYPE_CHECKING:
    from tools.testing.databases import DatabaseMaker


def tables_in(url: str) -> list[str]:
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        found = sqlalchemy.inspect(connection).get_table_names()
    engine.dispose()
    return found


def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    assert tables_in(empty_database_url) == []


def test_a_database_has_the_newest_schema_and_no_hall(database_url: str) -> None:
    assert set(tables_in(database_url)) == {*metadata.tables, "alembic_version"}
    engine = make_engine(database_url)
    require_schema(engine)
    assert hall_ids(engine) == ()
    engine.dispose()


def test_two_databases_of_one_test_are_two(new_database: DatabaseMaker) -> None:
    assert new_database() != new_database()
