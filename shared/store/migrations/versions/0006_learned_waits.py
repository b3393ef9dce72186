"""The quoted range of a ticket, and what quotes learned from past days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the schema one step forward."""
    op.add_column("ticket", sa.Column("quote_low", sa.Integer(), nullable=True))
    op.add_column("ticket", sa.Column("quote_high", sa.Integer(), nullable=True))
    op.create_table(
        "learned_waits",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"],
            ["hall_day.hall_id", "hall_day.day"],
            name=op.f("fk_learned_waits_hall_day"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", name=op.f("pk_learned_waits")),
    )
