"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the schema one step forward."""
    op.create_table(
        "hall",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_hall")),
    )
    op.create_table(
        "clerk",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("badge", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(name="active"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.hall_id"], name=op.f("fk_clerk_hall")),
        sa.PrimaryKeyConstraint("hall_id", "badge", name=op.f("pk_clerk")),
    )
    op.create_table(
        "hall_day",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.hall_id"], name=op.f("fk_hall_day_hall")),
        sa.PrimaryKeyConstraint("hall_id", "day", name=op.f("pk_hall_day")),
    )
    with op.batch_alter_table("hall_day", schema=None) as batch_op:
        batch_op.create_index(
            "ix_hall_day_open",
            ["hall_id", "day"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "hall_plan",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.hall_id"], name=op.f("fk_hall_plan_hall")),
        sa.PrimaryKeyConstraint("hall_id", "version", name=op.f("pk_hall_plan")),
    )
    op.create_table(
        "screen_cursor",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("screen", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.hall_id"], name=op.f("fk_screen_cursor_hall")),
        sa.PrimaryKeyConstraint("hall_id", "screen", name=op.f("pk_screen_cursor")),
    )
    op.create_table(
        "counter",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"], name=op.f("fk_counter_hall_day")
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "number", name=op.f("pk_counter")),
    )
    op.create_table(
        "event",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("command", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ticket", sa.String(length=12), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"], name=op.f("fk_event_hall_day")
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "seq", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_counter", ["hall_id", "day", "counter", "seq"], unique=False)
        batch_op.create_index("ix_event_ticket", ["hall_id", "day", "ticket", "seq"], unique=False)

    op.create_table(
        "request",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("command", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"], name=op.f("fk_request_hall_day")
        ),
        sa.PrimaryKeyConstraint("hall_id", "request_id", name=op.f("pk_request")),
    )
    op.create_table(
        "series",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("last_ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"], name=op.f("fk_series_hall_day")
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "prefix", name=op.f("pk_series")),
    )
    op.create_table(
        "ticket",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("prefix", sa.String(length=4), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("priority", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rank_seq", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_seq", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("target_counter", sa.Integer(), nullable=True),
        sa.Column("appointed_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people_ahead", sa.Integer(), nullable=False),
        sa.Column("quote_minutes", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "NOT (state IN ('called', 'serving')) OR counter IS NOT NULL", name=op.f("ck_ticket_counter")
        ),
        sa.CheckConstraint(
            "state IN ('called', 'cancelled', 'expired', 'finished', 'held', 'no_show', 'serving', 'waiting')",
            name=op.f("ck_ticket_state"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"], name=op.f("fk_ticket_hall_day")
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "number", name=op.f("pk_ticket")),
        sa.UniqueConstraint(
            "hall_id", "day", "prefix", "ordinal", name=op.f("uq_ticket_hall_id_day_prefix_ordinal")
        ),
        sa.UniqueConstraint("hall_id", "day", "seq", name=op.f("uq_ticket_hall_id_day_seq")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ticket_aside",
            ["hall_id", "day"],
            unique=False,
            sqlite_where=sa.text("state IN ('held', 'no_show')"),
            postgresql_where=sa.text("state IN ('held', 'no_show')"),
        )
        batch_op.create_index("ix_ticket_called", ["hall_id", "day", "called_seq"], unique=False)
        batch_op.create_index(
            "ix_ticket_waiting",
            ["hall_id", "day", "service", "due_at", "rank_seq"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "uq_ticket_open_at_counter",
            ["hall_id", "day", "counter"],
            unique=True,
            sqlite_where=sa.text("state IN ('called', 'serving')"),
            postgresql_where=sa.text("state IN ('called', 'serving')"),
        )

    op.create_table(
        "print_job",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id", "day", "number"],
            ["ticket.hall_id", "ticket.day", "ticket.number"],
            name=op.f("fk_print_job_ticket"),
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "number", "copy", name=op.f("pk_print_job")),
    )
    with op.batch_alter_table("print_job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_print_job_unprinted",
            ["hall_id", "day", "printer"],
            unique=False,
            sqlite_where=sa.text("state IN ('failed', 'queued', 'sent')"),
            postgresql_where=sa.text("state IN ('failed', 'queued', 'sent')"),
        )
