"""What a hall sends to its store while it works, for tests of query plans and of round trips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

from shared.hall import Hall

Statement = tuple[str, Any]
"""The text of a statement and its parameters, those of many rows as a list."""


@contextmanager
def statements_of(hall: Hall) -> Iterator[list[Statement]]:
    """The statements that a hall sends from now on, in order, without BEGIN and COMMIT."""
    sent: list[Statement] = []

    def note(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Any,  # noqa: ANN401
        *_rest: object,
    ) -> None:
        if statement != "BEGIN":
            sent.append((statement, parameters))

    engine = hall._engine  # noqa: SLF001 - the public interface has no way to listen to the driver
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def work_through(hall: Hall) -> None:
    """Every kind of command and every read that screens repeat, in the small hall when nobody waits there."""
    tickets = [hall.issue("payment", print_at="kiosk-1", request_id=f"tap-{number}") for number in range(4)]
    hall.call_next(1, "next-1")
    hall.start(1)
    hall.call_next(1)
    hall.undo(1)
    hall.hold(1)
    hall.cancel(tickets[3].id)
    hall.call_next(2)
    hall.no_show(2)
    hall.return_ticket(hall.snapshot().no_shows[0].id)
    hall.announcements("lobby-1")
    hall.announcements("lobby-1")
    hall.papers_to_print("kiosk-1")
    hall.issue("payment", request_id="tap-0")
    hall.waiting()
    hall.board()


def messages_of(hall: Hall, work: Callable[[], object], record: Path) -> str:
    """What a hall and PostgreSQL say to each other during some work, as libpq writes it into a record."""
    with record.open("w") as file:

        def begin_record(driver: psycopg.Connection[Any], *_pool: object) -> None:
            driver.pgconn.trace(file.fileno())

        def end_record(driver: psycopg.Connection[Any], *_pool: object) -> None:
            driver.pgconn.untrace()

        engine = hall._engine  # noqa: SLF001 - as above
        event.listen(engine, "checkout", begin_record)
        event.listen(engine, "checkin", end_record)
        work()
        event.remove(engine, "checkout", begin_record)
        event.remove(engine, "checkin", end_record)
    return record.read_text()
