"""The tables. Every primary key, unique key and foreign key begins with `hall_id`.

So one database holds many halls, row-level security can fence them, and a distributed Postgres can shard by hall with
no change of schema. Constraints stand behind the code: a bug may raise, but it cannot call a customer twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from shared.domain.ticket import AT_COUNTER, TicketState

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment: `timestamptz` on Postgres, sortable ISO text without a zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a bug and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive moment reached the store: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give every moment back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """On SQLite the same in one step: a ticket has seven moments, and others wait while they are written."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """On SQLite the same in one step."""
        return _moment_in if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _text_of(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"a naive moment reached the store: {moment!r}")
    return moment.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")


def _moment_in(text_of: str | None) -> datetime | None:
    return None if text_of is None else datetime.fromisoformat(text_of).replace(tzinfo=UTC)


def _one_of(column: str, values: object) -> str:
    names = ", ".join(f"'{value}'" for value in sorted(str(value) for value in values))  # type: ignore[attr-defined]
    return f"{column} IN ({names})"


AT_COUNTER_SQL = _one_of("state", AT_COUNTER)
WAITING_SQL = "state = 'waiting'"
SENT_SQL = "state = 'waiting' AND target_counter IS NOT NULL"
CALLED_SQL = "called_seq IS NOT NULL"
ASIDE_SQL = "state IN ('held', 'no_show')"
UNPRINTED_SQL = "state IN ('failed', 'queued', 'sent')"
TO_PRINT_SQL = "state IN ('failed', 'queued')"
UNRATED_SQL = "state = 'finished' AND rating IS NULL"
OPEN_DAY_SQL = "closed_at IS NULL"

hall = Table(
    "hall",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("plan_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

hall_plan = Table(
    "hall_plan",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("loaded_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)

hall_day = Table(
    "hall_day",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("plan_version", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("numbers_skipped", Integer, nullable=False, server_default=text("0")),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)
Index(
    "ix_hall_day_open",
    hall_day.c.hall_id,
    hall_day.c.day,
    sqlite_where=text(OPEN_DAY_SQL),
    postgresql_where=text(OPEN_DAY_SQL),
)

series = Table(
    "series",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prefix", String(4), primary_key=True),
    Column("last_ordinal", Integer, nullable=False),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)

ticket = Table(
    "ticket",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", String(12), primary_key=True),
    Column("prefix", String(4), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("service", String(64), nullable=False),
    Column("priority", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("rank_seq", Integer, nullable=False),
    Column("called_at", UtcDateTime),
    Column("called_seq", Integer),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("counter", Integer),
    Column("clerk", String(32)),
    Column("calls", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("target_counter", Integer),
    Column("appointed_for", UtcDateTime),
    Column("people_ahead", Integer, nullable=False),
    Column("quote_minutes", Integer),
    Column("quote_low", Integer),
    Column("quote_high", Integer),
    Column("language", String(8), nullable=False),
    Column("rating", Integer, CheckConstraint("rating BETWEEN 0 AND 5", name="rating")),
    UniqueConstraint("hall_id", "day", "prefix", "ordinal").ddl_if(dialect="sqlite"),
    UniqueConstraint("hall_id", "day", "seq").ddl_if(dialect="sqlite"),
    CheckConstraint(_one_of("state", TicketState), name="state"),
    CheckConstraint(f"NOT ({AT_COUNTER_SQL}) OR counter IS NOT NULL", name="counter"),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)

Index(
    "uq_ticket_open_at_counter",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.counter,
    unique=True,
    sqlite_where=text(AT_COUNTER_SQL),
    postgresql_where=text(AT_COUNTER_SQL),
)
Index(
    "ix_ticket_waiting",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.service,
    ticket.c.due_at,
    ticket.c.rank_seq,
    sqlite_where=text(WAITING_SQL),
    postgresql_where=text(WAITING_SQL),
)
Index(
    "ix_ticket_aside",
    ticket.c.hall_id,
    ticket.c.day,
    sqlite_where=text(ASIDE_SQL),
    postgresql_where=text(ASIDE_SQL),
)
Index(
    "ix_ticket_unrated",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.counter,
    sqlite_where=text(UNRATED_SQL),
    postgresql_where=text(UNRATED_SQL),
)
Index(
    "ix_ticket_sent",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.target_counter,
    sqlite_where=text(SENT_SQL),
    postgresql_where=text(SENT_SQL),
)
Index(
    "ix_ticket_called",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.called_seq,
    sqlite_where=text(CALLED_SQL),
    postgresql_where=text(CALLED_SQL),
)
# Of a day that it knows nothing of, PostgreSQL believes that any index beginning with hall and day finds a single row
# of it; to look for a number it then took one of these two, and read the whole day. Their condition is always true, but
# no statement says so: therefore they check, and are never read. SQLite goes by the columns and needs no such thing.
Index(
    "uq_ticket_prefix_ordinal",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.prefix,
    ticket.c.ordinal,
    unique=True,
    postgresql_where=text("ordinal > 0"),
).ddl_if(dialect="postgresql")
Index(
    "uq_ticket_seq",
    ticket.c.hall_id,
    ticket.c.day,
    ticket.c.seq,
    unique=True,
    postgresql_where=text("seq > 0"),
).ddl_if(dialect="postgresql")

event = Table(
    "event",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("command", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("ticket", String(12)),
    Column("counter", Integer),
    Column("clerk", String(32)),
    Column("detail", JSON(none_as_null=True)),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)
Index("ix_event_ticket", event.c.hall_id, event.c.day, event.c.ticket, event.c.seq)
Index("ix_event_counter", event.c.hall_id, event.c.day, event.c.counter, event.c.seq)

request = Table(
    "request",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("request_id", String(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("command", Integer, nullable=False),
    Column("what", String(160), nullable=False),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)

counter = Table(
    "counter",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("status", String(8), nullable=False),
    Column("reason", String(200)),
    Column("clerk", String(32)),
    Column("since", UtcDateTime),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)

clerk = Table(
    "clerk",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("badge", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("pin_hash", String(200), nullable=False),
    Column("active", Boolean(name="active"), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)

screen_cursor = Table(
    "screen_cursor",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("screen", String(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)

device = Table(
    "device",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("machine", String(64), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("address", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("cause", String(32)),
    Column("detail", String(200), nullable=False),
    Column("tickets_left", Integer),
    Column("since", UtcDateTime, nullable=False),
    Column("last_error", String(32)),
    Column("last_error_at", UtcDateTime),
    Column("seen_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)

learned_waits = Table(
    "learned_waits",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("learned_at", UtcDateTime),
    Column("state", LargeBinary),
    Column("score", JSON(none_as_null=True)),
    ForeignKeyConstraint(["hall_id", "day"], ["hall_day.hall_id", "hall_day.day"]),
)
"""What quotes of a business day go by, learned from the days before it; `state` is compressed JSON, `score` how
good the quotes of the last week were."""

print_job = Table(
    "print_job",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("number", String(12), primary_key=True),
    Column("copy", Integer, primary_key=True),
    Column("printer", String(64), nullable=False),
    Column("state", String(8), nullable=False),
    Column("cause", String(32)),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["hall_id", "day", "number"], ["ticket.hall_id", "ticket.day", "ticket.number"]),
)
Index(
    "ix_print_job_to_print",
    print_job.c.hall_id,
    print_job.c.day,
    sqlite_where=text(TO_PRINT_SQL),
    postgresql_where=text(TO_PRINT_SQL),
)

lease = Table(
    "lease",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("mark", String(1), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("machine", String(64), nullable=False),
    Column("leased_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)

outage = Table(
    "outage",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("machine", String(64), primary_key=True),
    Column("since", UtcDateTime, primary_key=True),
    Column("until", UtcDateTime),
    Column("tickets", Integer, nullable=False),
    Column("finished", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)
Index("ix_outage_since", outage.c.hall_id, outage.c.since)

backup_run = Table(
    "backup_run",
    metadata,
    Column("hall_id", String(64), primary_key=True),
    Column("began_at", UtcDateTime, primary_key=True),
    Column("machine", String(64), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("outcome", String(32)),
    ForeignKeyConstraint(["hall_id"], ["hall.hall_id"]),
)
