"""The schema's version: bringing a store up to date under a lock, and refusing one that is newer than the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Connection,
    Engine,
    column,
    exists,
    inspect,
    literal,
    literal_column,
    select,
    table,
    text,
)

from shared.domain.errors import StoreUnavailable
from shared.store.engine import reading, writing

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST: Final = "0010"
"""The newest revision in `migrations`; written here, so that opening a hall need not load Alembic."""

_ADVISORY_LOCK = 0x4A69616F
"""Any number will do as long as every program asks for the same one ("Jiao")."""


SCHEMA_IS_OURS: Final = exists(
    select(literal_column("1"))
    .select_from(table("alembic_version"))
    .where(column("version_num") == literal(NEWEST))
)
"""A condition for statements that only programs of the store's own schema may carry out."""


def upgrade(engine: Engine, revision: str = NEWEST) -> None:
    """Create the schema or bring it up to date; of two programs that start at once the second waits and finds it done.

    `revision` stops at an earlier one, for tests of what comes after it.

    Raises:
        StoreUnavailable: `newer_schema`, when the store was written by a newer version of the programs.
    """
    with reading(engine) as connection:
        if _current(connection) == revision:
            return
    # Loaded only here: it takes longer than opening a hall that is up to date.
    from alembic import command

    with writing(engine) as connection:
        take_schema_lock(connection)
        _refuse_newer(_current(connection))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def upgrade_older(engine: Engine) -> None:
    """Bring a schema of an earlier version up to date, and leave a database without one alone.

    Raises:
        StoreUnavailable: `newer_schema`.
    """
    with reading(engine) as connection:
        current = _current(connection)
    if current is not None:
        upgrade(engine)


def take_schema_lock(connection: Connection) -> None:
    """Let one program at a time change the schema, or replace all content; on SQLite any writer is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def require_schema(engine: Engine) -> None:
    """Check that the programs and the store speak of the same schema.

    Raises:
        StoreUnavailable: `no_schema` when there is none or an older one, `newer_schema` when it is newer.
    """
    with reading(engine) as connection:
        require_schema_here(connection)


def require_schema_here(connection: Connection) -> None:
    """The same, within a transaction.

    Raises:
        StoreUnavailable: `no_schema`, `newer_schema`.
    """
    current = _current(connection)
    if current == NEWEST:
        return
    if current is None:
        raise StoreUnavailable("no_schema", "this database holds no hall yet; create one with: jiaohao init")
    _refuse_newer(current)
    message = "this database was made by an older version; bring it up to date with: jiaohao init"
    raise StoreUnavailable("no_schema", message)


def revisions() -> list[str]:
    """The revisions that these programs know, newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in revisions():
        message = f"this database has schema {current}, newer than these programs: update the programs on this machine"
        raise StoreUnavailable("newer_schema", message)
