"""What customers say of their service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_UNRATED = "state = 'finished' AND rating IS NULL"


def upgrade() -> None:
    """Take the schema one step forward."""
    level = sa.CheckConstraint("rating BETWEEN 0 AND 5", name=op.f("ck_ticket_rating"))
    op.add_column("ticket", sa.Column("rating", sa.Integer(), level, nullable=True))
    op.create_index(
        "ix_ticket_unrated",
        "ticket",
        ["hall_id", "day", "counter"],
        unique=False,
        sqlite_where=sa.text(_UNRATED),
        postgresql_where=sa.text(_UNRATED),
    )
