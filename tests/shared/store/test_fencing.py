from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url, select

from operations import desk
from operations.cli import jiaohao
from shared.domain.clock import ManualClock
from shared.domain.errors import RefusalCode, Refused, StoreUnavailable
from shared.hall import Hall, create_hall, open_hall
from shared.store import tables
from shared.store.backup.files import backups_in
from shared.store.backup.making import make_backup
from shared.store.engine import make_engine, reading
from shared.store.fencing import FencingRefused, fence
from tools.testing.halls import NINE, small_plan


@pytest.fixture
def east(postgres_url: str, clock: ManualClock) -> Iterator[Hall]:
    """Two halls of one database, of which the west has a ticket."""
    with (
        create_hall(postgres_url, small_plan("west"), clock=clock) as west,
        create_hall(postgres_url, small_plan("east"), clock=clock) as east,
    ):
        west.issue("payment")
        yield east


@pytest.fixture
def role(postgres_url: str) -> Iterator[str]:
    """A role without any rights, gone after the test: roles belong to the whole server, which tests share."""
    name = f"role_{uuid4().hex[:12]}"
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {name} LOGIN".encode())
        yield name
        owner.execute(f"DROP OWNED BY {name}".encode())
        owner.execute(f"DROP ROLE {name}".encode())


def as_role(postgres_url: str, role: str) -> str:
    return make_url(postgres_url).set(username=role).render_as_string(hide_password=False)


def test_a_halls_programs_work_and_see_no_other_hall(
    east: Hall, postgres_url: str, role: str, clock: ManualClock
) -> None:
    fence(postgres_url, role, "east")
    fence(postgres_url, role, "east")
    url = as_role(postgres_url, role)
    with open_hall(url, clock=clock) as hall:
        assert hall.hall_id == "east", "the only one it can see"
        ticket = hall.issue("payment", print_at="kiosk-1", request_id="once")
        assert hall.issue("payment", print_at="kiosk-1", request_id="once") == ticket
        hall.add_clerk("1003", "李", "2468")
        hall.log_in(1, "1003", "2468")
        called = hall.call_next(1)
        assert called is not None
        assert called.id == ticket.id
        assert [call.number for call in hall.snapshot().calls] == [ticket.number]
        assert hall.verify().clean
    with pytest.raises(Refused) as refusal:
        open_hall(url, "west")
    assert refusal.value.code is RefusalCode.UNKNOWN_HALL
    engine = make_engine(url)
    with reading(engine) as connection:
        for table in tables.metadata.sorted_tables:
            seen = set(connection.execute(select(table.c.hall_id)).scalars())
            assert seen <= {"east"}, table.name
    engine.dispose()


def test_it_cannot_write_into_another_hall(east: Hall, postgres_url: str, role: str) -> None:
    fence(postgres_url, role, "east")
    with psycopg.connect(as_role(postgres_url, role).replace("+psycopg", ""), autocommit=True) as intruder:
        assert intruder.execute("UPDATE ticket SET calls = 9 WHERE hall_id = 'west'").rowcount == 0
        assert intruder.execute("DELETE FROM ticket").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            intruder.execute("INSERT INTO series VALUES ('west', '2026-11-23', 'Z', 1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            intruder.execute("UPDATE alembic_version SET version_num = '0'")


def test_who_reads_all_writes_nothing(east: Hall, postgres_url: str, role: str, clock: ManualClock) -> None:
    fence(postgres_url, role, None)
    url = as_role(postgres_url, role)
    with open_hall(url, "west", clock=clock) as west, open_hall(url, "east", clock=clock):
        assert len(west.tickets()) == 1
        assert west.verify().clean
        with pytest.raises(StoreUnavailable) as fault:
            west.issue("payment")
    assert fault.value.cause == "read_only"


def test_what_cannot_be_fenced(east: Hall, postgres_url: str, sqlite_url: str, role: str) -> None:
    with pytest.raises(FencingRefused, match="CREATE ROLE"):
        fence(postgres_url, "nobody_here", "east")
    with pytest.raises(FencingRefused, match="PostgreSQL"):
        fence(sqlite_url, role, None)
    with pytest.raises(Refused):
        fence(postgres_url, role, "north")


def test_the_command(east: Hall, postgres_url: str, role: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["fence", role, "--database", postgres_url, "--json"]
    assert desk.run(jiaohao, [*command, "--hall", "east"]) == 0
    assert json.loads(capsys.readouterr().out) == {"role": role, "hall": "east", "writes": True}
    assert desk.run(jiaohao, [*command, "--read-all"]) == 0
    assert json.loads(capsys.readouterr().out) == {"role": role, "hall": None, "writes": False}
    command[1] = "nobody_here"
    assert desk.run(jiaohao, [*command, "--read-all"]) == 4
    assert json.loads(capsys.readouterr().out)["error"] == "unknown_role"


def test_a_role_that_sees_one_hall_makes_no_backup_that_would_pass_for_the_whole(
    east: Hall, postgres_url: str, role: str, tmp_path: Path
) -> None:
    fence(postgres_url, role, "east")
    with pytest.raises(StoreUnavailable, match="row-level security"):
        make_backup(as_role(postgres_url, role), tmp_path, NINE)
    assert backups_in(tmp_path) == []
    assert make_backup(postgres_url, tmp_path, NINE).proof.tickets == 1
