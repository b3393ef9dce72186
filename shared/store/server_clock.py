"""The clock of a database server, by which the machines of its halls agree; a file has none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select


def server_now(connection: Connection) -> datetime | None:
    """The server's present moment; None where the store is a file.

    Raises:
        DBAPIError: as any statement does; call it within `reading` or `writing`.
    """
    if connection.dialect.name != "postgresql":
        return None
    moment: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return moment
