"""How many numbers of a day were passed over, because a restored backup did not know who held them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the schema one step forward."""
    op.add_column(
        "hall_day", sa.Column("numbers_skipped", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
