"""Papers that are to be printed are found without those that nobody confirmed: of these a day may have thousands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TO_PRINT = sa.text("state IN ('failed', 'queued')")


def upgrade() -> None:
    """Take the schema one step forward."""
    op.drop_index("ix_print_job_unprinted", "print_job")
    op.create_index(
        "ix_print_job_to_print",
        "print_job",
        ["hall_id", "day"],
        unique=False,
        sqlite_where=_TO_PRINT,
        postgresql_where=_TO_PRINT,
    )
