"""A server that stands still while its machine keeps the connection alive is given up, and found again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from shared.domain.errors import StoreUnavailable
from shared.hall import Hall, Ticket, create_hall
from shared.store import patient_connection
from shared.store.backup.copying import unhurried
from shared.store.engine import make_engine, reading, writing
from tools.testing.cuttable_line import CuttableLine
from tools.testing.halls import small_plan
from tools.testing.patience import PATIENCE_S


@contextmanager
def silence(patch: pytest.MonkeyPatch, stop: Callable[[], None], line: CuttableLine) -> Iterator[None]:
    """No answer can come meanwhile, so giving up soon changes nothing but how long the test lasts."""
    stop()
    try:
        with patch.context() as impatient:
            impatient.setattr(patient_connection, "ANSWER_SECONDS", 0.2)
            yield
    finally:
        line.mend()


def insist(hall: Hall, request_id: str) -> Ticket:
    """Repeat a request until a busy machine has connected anew."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return hall.issue("payment", request_id=request_id)
        except StoreUnavailable:
            assert time.monotonic() < deadline, "the server was not found again"


@pytest.mark.parametrize(
    "ask",
    [lambda hall: hall.issue("payment", request_id="tap-1"), Hall.snapshot, lambda hall: hall.call_next(1)],
    ids=["ticket", "picture", "call"],
)
@pytest.mark.parametrize("hangs", [CuttableLine.freeze, CuttableLine.hold_answers], ids=["hangs", "is mute"])
def test_a_hall_gives_up_a_server_that_never_answers(
    line: CuttableLine,
    monkeypatch: pytest.MonkeyPatch,
    ask: Callable[[Hall], object],
    hangs: Callable[[CuttableLine], None],
) -> None:
    with create_hall(line.url, small_plan()) as hall:
        hall.issue("payment")
        with silence(monkeypatch, lambda: hangs(line), line), pytest.raises(StoreUnavailable) as lost:
            ask(hall)
        assert lost.value.cause == "unreachable"
        assert insist(hall, "tap-1") == insist(hall, "tap-1")
        assert hall.verify().clean


def create_thing(engine: Engine, patch: pytest.MonkeyPatch, line: CuttableLine) -> None:
    """Begin a change, and hear nothing more of it."""
    with writing(engine) as connection:
        connection.execute(text("SELECT 1"))
        with silence(patch, line.hold_answers, line):
            connection.execute(text("CREATE TABLE thing (name text)"))


def test_an_answer_that_stays_away_in_the_middle_of_a_transaction_ends_it(
    line: CuttableLine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, other = make_engine(line.url), make_engine(postgres_url)
    with pytest.raises(StoreUnavailable, match="has not answered"):
        create_thing(engine, monkeypatch, line)
    with reading(other) as connection:
        assert connection.execute(text("SELECT to_regclass('thing')")).scalar_one() is None
    engine.dispose()
    other.dispose()


def test_work_that_takes_its_time_is_waited_for_and_the_next_is_not(postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    waits = []
    for takes_its_time in (True, False):
        with reading(engine) as connection:
            if takes_its_time:
                unhurried(connection)
            driver = connection.connection.driver_connection
            assert isinstance(driver, patient_connection.PatientConnection)
            waits.append((driver, driver.takes_its_time))
    engine.dispose()
    (first, first_waits), (second, second_waits) = waits
    assert first is second, "the same connection, from the pool"
    assert (first_waits, second_waits) == (True, False)
