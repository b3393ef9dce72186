"""Indexes that stay right on a day that PostgreSQL has no statistics of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CALLED = "called_seq IS NOT NULL"
_SENT = "state = 'waiting' AND target_counter IS NOT NULL"


def upgrade() -> None:
    """Take the schema one step forward."""
    op.drop_index("ix_ticket_called", "ticket")
    _create_partial("ix_ticket_called", "called_seq", _CALLED)
    _create_partial("ix_ticket_sent", "target_counter", _SENT)
    if op.get_context().dialect.name == "postgresql":
        _make_postgres_blind_to_days()


def _create_partial(name: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(
        name, "ticket", ["hall_id", "day", column], unique=False, sqlite_where=where, postgresql_where=where
    )


def _make_postgres_blind_to_days() -> None:
    """Keep the planner from believing that a new day holds one row.

    What it learns of past days says that another day hardly occurs. Without any statistics of the column it takes each
    day for the two-hundredth part of the table, so that it always prefers the index that says most.
    """
    for old, new, columns in (
        ("uq_ticket_hall_id_day_prefix_ordinal", "uq_ticket_prefix_ordinal", ["prefix", "ordinal"]),
        ("uq_ticket_hall_id_day_seq", "uq_ticket_seq", ["seq"]),
    ):
        op.drop_constraint(old, "ticket", type_="unique")
        always = sa.text(f"{columns[-1]} > 0")
        op.create_index(new, "ticket", ["hall_id", "day", *columns], unique=True, postgresql_where=always)
    gathered = sa.text(
        "SELECT tablename FROM pg_stats WHERE schemaname = current_schema() AND attname = 'day'"
    )
    known = set(op.get_bind().execute(gathered).scalars())
    for table in ("ticket", "event", "request", "print_job"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN day SET STATISTICS 0")
        if table in known:
            # Naming the type again forgets what an ANALYZE has gathered; the table is not rewritten.
            op.execute(f"ALTER TABLE {table} ALTER COLUMN day TYPE date")
