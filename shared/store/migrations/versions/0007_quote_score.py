"""How good the quotes of the last week were, beside what was learned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the schema one step forward."""
    op.add_column("learned_waits", sa.Column("score", sa.JSON(), nullable=True))
