from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy

if TYPE_CHECKING:
    from tools.testing.databases import DatabaseMaker


def test_a_database_is_empty_and_takes_tables(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        assert sqlalchemy.inspect(connection).get_table_names() == []
        connection.execute(sqlalchemy.text("CREATE TABLE ticket (number TEXT)"))
        assert sqlalchemy.inspect(connection).get_table_names() == ["ticket"]
    engine.dispose()


def test_two_databases_of_one_test_are_two(new_database: DatabaseMaker) -> None:
    assert new_database() != new_database()
